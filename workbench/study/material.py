"""Sources and references."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unicodedata import normalize

from workbench import coding, material
from workbench.errors import BadInput, NotFound, Overtaken
from workbench.locale import _, using_language
from workbench.material import records as material_records
from workbench.material.differences import shift_between
from workbench.material.readers import Read
from workbench.material.references import read_references
from workbench.privacy import (
    Decide,
    Decision,
    Finding,
    accept_certain,
    read_register_csv,
    screen,
    typed,
)
from workbench.privacy import records as privacy_records
from workbench.safeguards import masking
from workbench.store import Act
from workbench.study.base import Base, for_the_user
from workbench.tables import thesis

__all__ = ["Imported", "Material"]


@dataclass(frozen=True)
class Imported:
    """What `import` tells of one file. `already` says that the content was there before; nothing was added then."""

    id: str
    name: str
    kind: str
    words: int
    turns: int
    speakers: list[dict[str, str | None]]
    masked: int
    to_review: int
    notices: tuple[str, ...] = ()
    already: bool = False


class Material(Base):
    """What the researcher does with material."""

    def import_files(
        self,
        files: Sequence[Path],
        kind: str,
        *,
        informants: Sequence[str] = (),
        speakers: Mapping[str, str] | None = None,
        register: Path | None = None,
        reference: str | None = None,
        name: str | None = None,
        decide: Decide = accept_certain,
        progress: Callable[[Path], None] = lambda _file: None,
    ) -> list[Imported]:
        """Read files into the study; all are read before any is stored, so a faulty one leaves the study as it was.

        `informants` are codes of those behind the files, `speakers` maps labels as they stand there to codes.
        """
        if kind not in material.KINDS:
            raise BadInput(
                _("There is no kind of source {kind}. There are: {known}.").format(
                    kind=kind, known=", ".join(material.KINDS)
                )
            )
        self._sweep()
        people = {person.code: person.id for person in self.informants()}
        behind = [self._takes_part(code).id for code in informants]
        # A label that is an informant's code says itself who speaks.
        given = {code: code for code in informants or people} | dict(speakers or {})
        mapped = {label: (code, self._informant(code).id) for label, code in given.items()}
        for code in (speakers or {}).values():
            self._takes_part(code)
        reference_id = self._reference(reference).id if reference else None
        names = self.register()
        if register is not None:
            names = names.with_new(read_register_csv(register, people))
        codes = {identity: code for code, identity in people.items()}
        ready = []
        for file in files:
            progress(file)
            content = material.read(file)
            with using_language(self.settings.language):
                ready.append((file, material.prepare(content, kind, names, mapped, for_the_user(decide), codes)))
        with using_language(self.settings.language):
            if register is not None:
                with self.store.act("register extended", None) as act:
                    act.details["masked"] = masking.mask_everywhere(act.connection, names)
                    names.save(self.vault)
            return [self._store(file, incoming, kind, name, reference_id, behind) for file, incoming in ready]

    def _sweep(self) -> None:
        """Destroy raw files that a crash between sealing and storing left in the vault without their source."""
        if not self._orphans():
            return
        with self.store.act("leftovers destroyed") as act:  # nobody is between the two while an act is ours
            orphans = self._orphans()
            act.details["files"] = sum(self.vault.discard(name) for name in orphans)

    def _orphans(self) -> set[str]:
        with self.store.read() as connection:
            kept = material_records.all_ids(connection)
        return {name for name in self.vault.names("raw") if name.removeprefix("raw/") not in kept}

    def _source_of(
        self, text: str, kind: str, name: str, file: str, behind: Sequence[str], decide: Decide
    ) -> Imported:  # fmt: skip
        """Make a source of words that stand in the study already; informants `behind` it are given by id.

        Speakers are known by informants' codes. Raises VaultLocked.
        """
        codes = {person.id: person.code for person in self.informants()}
        mapped = {code: (code, identity) for identity, code in codes.items()}
        read = Read(text.encode(), text)
        with using_language(self.settings.language):
            incoming = material.prepare(read, kind, self.register(), mapped, for_the_user(decide), codes)
            return self._store(Path(f"{file}.txt"), incoming, kind, name, None, list(behind))

    def _free_name(self, base: str) -> str:
        """A name that no source has: this one, else with a number behind it."""
        taken = {source.name for source in self.sources()}
        names = (base, *(f"{base} {number}" for number in range(2, len(taken) + 3)))
        return next(name for name in names if name not in taken)

    def _store(
        self, file: Path, incoming: material.Incoming, kind: str, name: str | None, reference_id: str | None,
        informants: list[str],
    ) -> Imported:  # fmt: skip
        with self.store.read() as connection:
            there = material_records.find_by_hash(connection, incoming.content_hash)
        if there is not None:
            return self._imported(there, incoming.notices, already=True)
        with self.store.act("source imported") as act:
            chosen = self._source_name(act, file, kind, name)
            source_id, text_id = material.save(act.connection, incoming, chosen, kind, reference_id, informants)
            privacy_records.add_screened(act.connection, text_id, incoming.screened.masks, incoming.screened.open)
            self.vault.seal(f"raw/{source_id}", json.dumps({"file": file.name}).encode() + b"\n" + incoming.content)
            self.vault.seal(f"raw/{text_id}", incoming.raw.encode())
            act.subject = source_id
            act.details.update(kind=kind, sha256=incoming.content_hash, masks=len(incoming.screened.masks))
        return self._imported(chosen, incoming.notices, already=False)

    def _imported(self, name: str, notices: tuple[str, ...], *, already: bool) -> Imported:
        source = self.source(name)
        codes = {person.id: person.code for person in self.informants()}
        with self.store.read() as connection:
            voices = material_records.speakers_of(connection, source.id)
            turns = [t for t in material_records.turns_of(connection, source.text_id) if t.number]
            masked = len(privacy_records.masks_of(connection, source.text_id))
            waiting = privacy_records.open_findings(connection).get(source.text_id, 0)
        return Imported(
            id=source.id,
            name=source.name,
            kind=source.kind,
            words=source.words,
            turns=len(turns),
            speakers=[
                {
                    "label": voice.label or codes.get(voice.informant_id or "", ""),
                    "role": "interviewer" if voice.interviewer else "informant",
                    "informant": codes.get(voice.informant_id or ""),
                }
                for voice in voices
            ],
            masked=masked,
            to_review=waiting,
            notices=notices,
            already=already,
        )

    def _source_name(self, act: Act, file: Path, kind: str, name: str | None) -> str:
        taken = {source.name for source in material_records.list_sources(act.connection)}
        if name is not None:
            self._refuse_identifiers(name)
            if name in taken:
                raise BadInput(_("There is a source called {name} already. Choose another name.").format(name=name))
            return name
        codes = {person.code.casefold() for person in material_records.list_informants(act.connection)}
        base = material.safe_name(file, lambda word: word.casefold() in codes)
        if base is not None and base not in taken:
            return base
        base = base or _(thesis.KIND_LABELS[kind])
        number = 1
        while f"{base} {number}" in taken:
            number += 1
        return f"{base} {number}"

    def map_speakers(self, name: str, speakers: Mapping[str, str]) -> None:
        """Say which informants a source's speakers are, by the labels that the study shows."""
        source = self.source(name)
        with self.store.act("speakers mapped", source.id) as act:
            voices = {voice.label: voice for voice in material_records.speakers_of(act.connection, source.id)}
            for label, code in speakers.items():
                if label not in voices:
                    raise NotFound(
                        _("Nobody is called {label} in {name}. There are: {known}.").format(
                            label=label, name=name, known=", ".join(voices)
                        )
                    )
                material_records.map_speaker(act.connection, voices[label].id, self._takes_part(code).id)

    def correct(self, name: str, file: Path, decide: Decide = accept_certain) -> tuple[int, list[coding.Coding]]:
        """Store a corrected transcript as a new version; returns how many codings moved, and those that could not."""
        source, content = self.source(name), material.read(file)
        with using_language(self.settings.language), self.store.act("text corrected", source.id) as act:
            act.touch(coding.TEXT, source.id)
            voices = material_records.speakers_of(act.connection, source.id)
            codes = {person.id: person.code for person in material_records.list_informants(act.connection)}
            known = {
                v.label: (v.label if v.label else codes[v.informant_id], v.informant_id)
                for v in voices
                if v.informant_id
            }
            incoming = material.prepare(content, source.kind, self.register(), known, for_the_user(decide), codes)
            by_label = {voice.label: voice.id for voice in voices}
            ids = {
                id(v): by_label[v.label]
                if v.label in by_label
                else material_records.add_speaker(act.connection, source.id, v.label, v.interviewer, v.informant)
                for v in incoming.voices
            }
            whole = [voice.id for voice in voices if not voice.label]
            text_id = material.add_version(act.connection, source.id, incoming, ids, whole)
            privacy_records.add_screened(act.connection, text_id, incoming.screened.masks, incoming.screened.open)
            self.vault.seal(f"raw/{text_id}", incoming.raw.encode())
            turns = material_records.turns_of(act.connection, text_id)
            moved, lost = coding.carry(act, coding.CODING, source.text_id, text_id, turns)
            act.details.update(text=text_id, moved=moved, lost=[c.id for c in lost])
        return moved, lost

    def correct_passage(
        self,
        source: str,
        start: int,
        end: int,
        words: str,
        *,
        text_id: str | None = None,
        edit: str | None = None,
        decide: Decide = accept_certain,
    ) -> tuple[int, list[coding.Coding]]:
        """Replace `[start, end)` of a source's text by other words, as a new version.

        Returns how many codings moved along, and those that wait to be placed by hand. Raises VaultLocked, for new
        words are screened, and BadInput where the text was corrected by somebody else meanwhile, or would be empty.
        """
        chosen, register = self.source(source), self.register()
        with self.store.act("text corrected", chosen.id, edit=edit) as act, using_language(self.settings.language):
            old_id = material_records.newest_text(act.connection, chosen.id)
            if (
                material_records.version(act.connection, text_id or old_id).says
                != material_records.version(act.connection, old_id).says
            ):
                raise Overtaken(_("The text was corrected meanwhile. Look at it as it is now, then correct it."))
            old = material_records.text_of(act.connection, old_id)
            if not 0 <= start <= end <= len(old):
                raise BadInput(_("Select some words first."))
            screened = screen(normalize("NFC", words), register, for_the_user(decide))
            new = old[:start] + screened.text + old[end:]
            if new == old:
                return 0, []
            if not new.strip():
                raise BadInput(_("A text can't be empty."))
            shift = shift_between(old[start:end], screened.text, start)
            act.touch(coding.TEXT, chosen.id)
            text_id = material.revise(act.connection, old_id, new, shift, (start, end))
            privacy_records.repeat(act.connection, old_id, text_id, shift)
            at = [replace(mask, start=mask.start + start, end=mask.end + start) for mask in screened.masks]
            before = privacy_records.masks_of(act.connection, old_id)
            waiting = [replace(f, start=f.start + start, end=f.end + start) for f in screened.open]
            privacy_records.add_screened(act.connection, text_id, [typed(mask, start, before) for mask in at], waiting)
            turns = material_records.turns_of(act.connection, text_id)
            moved, lost = coding.carry(act, coding.CODING, old_id, text_id, turns, shift)
            act.details.update(text=text_id, moved=moved, lost=[one.id for one in lost])
        return moved, lost

    def _screened_title(self, reference: dict[str, Any]) -> str:
        """A title may name whom the register knows; a published author's name stands."""
        authors = reference["author"].casefold()

        def decide(text: str, finding: Finding) -> Decision:
            word = text[finding.start : finding.end].casefold().rstrip("s'’")
            return "keep" if reference["public"] and word in authors else accept_certain(text, finding)

        with using_language(self.settings.language):
            return screen(reference["title"], self.register(), decide).text

    def import_references(self, file: Path) -> int:
        """Read references from BibTeX or CSL JSON; returns how many. A key known already is brought up to date."""
        found = read_references(file)
        with self.store.act("references imported", None, count=len(found)) as act:
            for reference in found:
                reference["title"] = self._screened_title(reference)
                material_records.add_reference(act.connection, **reference)
        return len(found)
