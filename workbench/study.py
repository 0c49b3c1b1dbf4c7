"""The researcher's façade: everything that she may do with a study, one method each.

The reader's façade is `workbench.publishing.edition.Edition`, built from an edition folder and nothing else.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from workbench import coding, material
from workbench.coding import records as coding_records
from workbench.errors import BadInput, GateClosed, NotFound, VaultLocked
from workbench.framework import Framework, read_framework
from workbench.locale import _, ngettext, user_language, using_language
from workbench.material import records as material_records
from workbench.material.references import read_references
from workbench.privacy import (
    Decide,
    Decision,
    Entry,
    Finding,
    Register,
    Vault,
    accept_certain,
    read_register_csv,
    screen,
)
from workbench.privacy import records as privacy_records
from workbench.publishing.building import Frozen, Published, build, freeze_segment
from workbench.reading import read_rows
from workbench.resources import resource
from workbench.safeguards import consent, gate, masking, withdrawal
from workbench.settings import Settings, read_settings, write_settings
from workbench.store import Act, Store, Verdict, new_id
from workbench.store import records as store_records
from workbench.tables import thesis
from workbench.tables.records import Coverage, Segment, segments
from workbench.tables.table import Table

__all__ = ["Imported", "Study"]


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


# The overview shows these.
IN_EVERY_EDITION = ("matrix", "themes", "methods", "informants")


class Study:
    """One study: a folder with its store, and its vault elsewhere."""

    def __init__(
        self, folder: Path, passphrase: Callable[[], str | None] = lambda: None, actor: str = "researcher"
    ) -> None:
        """Open the study in `folder`; `passphrase` is asked when an act needs the vault and it is locked.

        Raises NotFound where there is no study, BadInput for a broken study.toml or store.
        """
        self.folder = folder
        self.settings = read_settings(folder)
        self.vault = Vault(self.settings.vault_folder(folder), passphrase)
        self.store = Store(self.settings.store_url(folder), self.vault.head, actor)

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        title: str = "",
        language: str = "nb",
        framework: str = "collaboration",
        store: str = "sqlite:///study.db",
        vault: Path | None = None,
        passphrase: str | None,
    ) -> Study:
        """Make a study folder and its vault; nothing is left behind when that fails."""
        if (folder / "study.toml").exists():
            raise BadInput(_("There is a study in {folder} already.").format(folder=folder))
        chosen = read_framework(framework)
        identity = new_id()
        title = title or folder.resolve().name
        settings = Settings.model_validate(
            {"id": identity, "title": title, "language": language, "store": store,
             "vault": str(vault.resolve()) if vault else ""}
        )  # fmt: skip
        place = settings.vault_folder(folder)
        was_there = folder.exists()
        Vault.create(place, passphrase)
        try:
            (folder / "exports").mkdir(parents=True, exist_ok=True)
            shipped = resource("templates", "frameworks", f"{framework}.yaml")
            shutil.copyfile(shipped if shipped.is_file() else framework, folder / settings.framework)
            write_settings(folder, settings)
            study = cls(folder)
            with study.store.act("study created", identity, framework=chosen.id):
                pass
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            (folder / "study.toml").unlink(missing_ok=True)
            if not was_there:
                shutil.rmtree(folder, ignore_errors=True)
            raise
        return study

    @classmethod
    def here(cls) -> Study:
        """The study that a notebook was started in: `WORKBENCH_STUDY`, else the folder it runs in."""
        return cls(Path(os.environ.get("WORKBENCH_STUDY", ".")))

    @cached_property
    def framework(self) -> Framework:
        """The study's framework, from its own copy."""
        return read_framework(str(self.folder / self.settings.framework))

    def register(self) -> Register:
        """The register, for a moment in memory; raises VaultLocked."""
        return Register.load(self.vault)

    # --- people ------------------------------------------------------------------------------------------------------

    def informants(self) -> list[material.Informant]:
        """All informants by code."""
        with self.store.read() as connection:
            return material_records.list_informants(connection)

    def add_informant(
        self,
        code: str,
        group: str,
        *,
        recruitment: str = "",
        given: str | None = None,
        scopes: Sequence[str] | None = None,
        declined: bool = False,
        register: Path | None = None,
    ) -> str:
        """Add an informant with consent `given` and its scopes (the usual ones where None); returns the id.

        `register` names the person in a CSV file; the names go to the vault, never to the store.
        """
        chosen = tuple(scopes) if scopes else consent.default_scopes(given)
        consent.check(given, chosen)
        for value in (code, group, recruitment):
            self._refuse_identifiers(value)
        if any(person.code == code for person in self.informants()):
            raise BadInput(_("There is an informant with the code {code} already.").format(code=code))
        entries: list[Entry] = []
        with self.store.act("informant added", None, consent=given, scopes=list(chosen)) as act:
            act.subject = identity = material_records.add_informant(
                act.connection, code=code, group=group, recruitment=recruitment or None, declined=declined
            )
            material_records.set_consent(act.connection, identity, given, chosen)
            if register is not None:
                entries = read_register_csv(register, {code: identity}, identity)
                self._learn(act, entries)
        return identity

    def set_consent(self, code: str, given: str, scopes: Sequence[str] | None = None) -> None:
        """Record an informant's consent anew; raises NotFound for a code the study does not know."""
        chosen = tuple(scopes) if scopes else consent.default_scopes(given)
        consent.check(given, chosen)
        person = self._informant(code)
        if person.consent == "withdrawn":
            raise BadInput(
                _("{code} has withdrawn. Their words are gone; a new consent needs a new informant.").format(code=code)
            )
        with self.store.act("consent recorded", person.id, consent=given, scopes=list(chosen)) as act:
            material_records.set_consent(act.connection, person.id, given, chosen)

    def learn_names(self, file: Path, informant: str | None = None) -> int:
        """Add a CSV file's names to the register, and mask them wherever they stand already; returns how many masks."""
        people = {person.code: person.id for person in self.informants()}
        entries = read_register_csv(file, people, people[informant] if informant else None)
        with self.store.act("register extended", None, entries=len(entries)) as act:
            return self._learn(act, entries)

    def _learn(self, act: Act, entries: Sequence[Entry]) -> int:
        register = self.register().with_new(entries)
        with using_language(self.settings.language):
            added = masking.mask_everywhere(act.connection, register)
        act.details["masked"] = added
        register.save(self.vault)
        return added

    def quotes(self, code: str) -> list[Segment]:
        """An informant's own quotes, for approval."""
        with self.store.read() as connection:
            person = self._informant(code)
            mine = {s.id for s in material_records.speakers_of(connection) if s.informant_id == person.id}
            every = frozenset(s.id for s in material_records.speakers_of(connection))
            all_sources = frozenset(s.id for s in material_records.list_sources(connection))
            ids = {c.id for c in coding_records.list_codings(connection) if mine & set(c.speakers)}
            found = segments(connection, Coverage(all_sources, every, every))
            return [segment for segment in found if segment.coding_id in ids]

    def withdraw(self, code: str, *, dry_run: bool = False) -> withdrawal.Receipt:
        """Take an informant's words out of the study, the vault and the editions that hold them."""
        from workbench.publishing.shelf import editions_with, take_down

        person = self._informant(code)
        with self.store.read() as connection:
            sources = {w.source_id for w in material.holdings(connection, person.id)}
        held = editions_with(self.folder, sources)
        if dry_run:
            with self.store.read() as connection:
                receipt = withdrawal.holdings(connection, person.id)
        else:
            with self.store.act("informant withdrawn", person.id) as act, using_language(self.settings.language):
                receipt = withdrawal.withdraw(act.connection, self.vault, person.id)
                act.details.update(receipt.removed)
            take_down(self.folder, held)
        receipt.editions_withdrawn = held
        return receipt

    def _informant(self, code: str) -> material.Informant:
        for person in self.informants():
            if person.code == code:
                return person
        raise NotFound(_("No informant has the code {code}.").format(code=code))

    # --- material ----------------------------------------------------------------------------------------------------

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
        people = {person.code: person.id for person in self.informants()}
        behind = [self._informant(code).id for code in informants]
        # A label that is an informant's code says itself who speaks.
        given = {code: code for code in informants or people} | dict(speakers or {})
        mapped = {label: (code, self._informant(code).id) for label, code in given.items()}
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
                ready.append((file, material.prepare(content, kind, names, mapped, _for_the_user(decide), codes)))
        with using_language(self.settings.language):
            if register is not None:
                with self.store.act("register extended", None) as act:
                    act.details["masked"] = masking.mask_everywhere(act.connection, names)
                    names.save(self.vault)
            return [self._store(file, incoming, kind, name, reference_id, behind) for file, incoming in ready]

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

    def sources(self) -> list[material.Source]:
        """All sources by name."""
        with self.store.read() as connection:
            return material_records.list_sources(connection)

    def source(self, name: str) -> material.Source:
        """The source called `name` (or with that id); raises NotFound."""
        for source in self.sources():
            if name in (source.name, source.id):
                return source
        raise NotFound(_("There is no source called {name}. “workbench sources list” shows all.").format(name=name))

    def text(self, name: str) -> str:
        """The newest pseudonymised text of a source."""
        source = self.source(name)
        with self.store.read() as connection:
            return material_records.text_of(connection, source.text_id)

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
                material_records.map_speaker(act.connection, voices[label].id, self._informant(code).id)

    def correct(self, name: str, file: Path, decide: Decide = accept_certain) -> tuple[int, list[coding.Coding]]:
        """Store a corrected transcript as a new version; returns how many codings moved, and those that could not."""
        source, content = self.source(name), material.read(file)
        with using_language(self.settings.language), self.store.act("text corrected", source.id) as act:
            voices = material_records.speakers_of(act.connection, source.id)
            codes = {person.id: person.code for person in material_records.list_informants(act.connection)}
            known = {
                v.label: (v.label if v.label else codes[v.informant_id], v.informant_id)
                for v in voices
                if v.informant_id
            }
            incoming = material.prepare(content, source.kind, self.register(), known, _for_the_user(decide), codes)
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
            old = material_records.text_of(act.connection, source.text_id)
            moved, lost = coding.carry(
                act.connection,
                coding.Place(source.id, source.text_id, old),
                coding.Place(source.id, text_id, incoming.screened.text),
                material_records.turns_of(act.connection, text_id),
            )
            act.details.update(text=text_id, moved=moved, lost=[c.id for c in lost])
        return moved, lost

    def import_references(self, file: Path) -> int:
        """Read references from BibTeX or CSL JSON; returns how many. A key known already is brought up to date."""
        found = read_references(file)
        with self.store.act("references imported", None, count=len(found)) as act:
            for reference in found:
                material_records.add_reference(act.connection, **reference)
        return len(found)

    def references(self) -> list[material.Reference]:
        """All references by key."""
        with self.store.read() as connection:
            return material_records.list_references(connection)

    def _reference(self, key: str) -> material.Reference:
        for reference in self.references():
            if reference.key == key:
                return reference
        raise NotFound(_("No reference has the key {key}. Import it first.").format(key=key))

    # --- words that come in by themselves ----------------------------------------------------------------------------

    def _refuse_identifiers(self, *words: str) -> None:
        """Raise BadInput when short words that are meant as names of things hold an identifier."""
        register = self.register()
        for word in words:
            if screen(word, register).masks:
                raise BadInput(
                    _("A name or number that identifies somebody stands in what you gave. Choose other words.")
                )

    def _register_if_open(self) -> Register | None:
        try:
            return self.register()
        except VaultLocked:
            return None

    def _take_words(
        self, act: Act, register: Register | None, decide: Decide, kind: str, about: str, words: str, **place: Any
    ) -> str | None:  # fmt: skip
        """Screen free text and store it; where the vault is locked it waits, sealed, in the inbox. Returns its id.

        `kind` is `memo` (with its `author`) or `statement` (with its cell), `about` the id of what it stands on.
        """
        if register is None:
            item = {"kind": kind, "about": about, "words": words, **place}
            self.vault.seal(f"inbox/{new_id()}", json.dumps(item, ensure_ascii=False).encode())
            return None
        with using_language(self.settings.language):
            screened = screen(words, register, _for_the_user(decide))
        if kind == "memo":
            identity = store_records.add_memo(act.connection, about, screened.text, **place)
        else:
            identity = coding_records.add_statement(act.connection, screened.text, **place)
            if about:
                coding_records.support(act.connection, identity, about)
        privacy_records.add_screened(act.connection, identity, screened.masks, screened.open)
        return identity

    def screen_inbox(self, decide: Decide = accept_certain) -> int:
        """Screen and store what waits in the inbox; returns how many. Raises VaultLocked."""
        register, done = self.register(), 0
        for name, item in list(self.vault.inbox()):
            values = dict(item)
            with self.store.act("inbox screened") as act:
                kind, about, words = (str(values.pop(key)) for key in ("kind", "about", "words"))
                act.subject = self._take_words(act, register, decide, kind, about, words, **values)
            self.vault.discard(name)
            done += 1
        return done

    def add_memo(self, about: str, words: str, decide: Decide = accept_certain) -> str | None:
        """Add a memo on anything that has an id; returns its id, None while it waits in the inbox."""
        with self.store.read() as connection:
            known = {source.id for source in material_records.list_sources(connection)}
            known |= {c.id for c in coding_records.list_codings(connection)}
            known |= {s.id for s in coding_records.list_statements(connection)}
            known |= {code["id"] for code in coding_records.list_codes(connection)}
            known |= {person.id for person in material_records.list_informants(connection)}
        if about not in known:
            raise NotFound(_("Nothing in the study has the id {id}.").format(id=about))
        with self.store.act("memo added", about) as act:
            register = self._register_if_open()
            return self._take_words(act, register, decide, "memo", about, words, author=self.store.actor)

    def memos(self) -> list[store_records.Memo]:
        """All memos, oldest first."""
        with self.store.read() as connection:
            return store_records.list_memos(connection)

    # --- coding ------------------------------------------------------------------------------------------------------

    def import_codings(
        self, file: Path, *, source: str | None = None, coder: str = "researcher", partial: bool = False
    ) -> tuple[int, coding.Refused]:
        """Store the codings of a CSV file; returns how many, and the rows refused. All or nothing unless `partial`.

        A row that says what a coding there says already is counted in `already`, and not stored twice.
        """
        rows = list(read_rows(file))
        register = self._register_if_open()

        def mask(quote: str) -> str:
            with using_language(self.settings.language):
                return screen(quote, register).text if register else quote

        with self.store.read() as connection:
            places = {
                s.name: coding.Place(s.id, s.text_id, material_records.text_of(connection, s.text_id))
                for s in material_records.list_sources(connection)
            }
        if source is not None:
            source = self.source(source).name
        codes = {code["name"] for code in self.codebook()}
        for _number, cells in rows:
            cells["code"] = mask(cells.get("code", ""))
        good, refused = coding.check_rows(rows, places, self.framework, mask, source)
        if register is None:
            good = [row for row in good if self._may_stand(row, codes, refused)]
        there = {coding.mark(one) for one in self.codings()}
        new: dict[tuple[str | int, ...], coding.CodingRow] = {}
        for ready in good:
            claim = coding.mark_of_row(ready, ready.coder or coder)
            if claim not in there:
                new.setdefault(claim, ready)
        refused.already, good = len(good) - len(new), list(new.values())
        if not good or (len(refused) and not partial):
            return 0, refused
        with self.store.act("codings imported", None, count=len(good)) as act:
            turns: dict[str, list[material.StoredTurn]] = {}
            for row in good:
                text_id = row.place.text_id
                if text_id not in turns:
                    turns[text_id] = material_records.turns_of(act.connection, text_id)
                who = row.coder or coder
                identity = coding.add(act.connection, row, who, turns[text_id])
                if row.statement:
                    cell = {"theme": row.theme, "effect": row.effect, "determinant": row.determinant}
                    self._take_words(act, register, accept_certain, "statement", identity, row.statement, **cell)
                if row.memo:
                    self._take_words(act, register, accept_certain, "memo", identity, row.memo, author=who)
        return len(good), refused

    def _may_stand(self, row: coding.CodingRow, codes: set[str], refused: coding.Refused) -> bool:
        """A code's name can't wait in the inbox: while the vault is locked, only those there are may be used."""
        if not row.code or row.code in codes:
            return True
        refused.invalid.append({"row": row.row, "why": _("the code is new, and the vault is locked")})
        return False

    def codings(self, *, source: str | None = None, theme: str | None = None, **where: str) -> list[coding.Coding]:
        """Codings in the order of their source and place, narrowed by source, theme, effect, determinant, coder."""
        if source is not None:
            where["source_id"] = self.source(source).id
        if theme is not None:
            where["theme"] = self.framework.theme(theme).id
        with self.store.read() as connection:
            return coding_records.list_codings(connection, **where)

    def statements(self) -> list[coding.Statement]:
        """All statements in the order of their cells."""
        with self.store.read() as connection:
            return coding_records.list_statements(connection)

    def add_statement(
        self, words: str, *, theme: str, effect: str, determinant: str, codings: Iterable[str] = (),
        decide: Decide = accept_certain,
    ) -> str | None:  # fmt: skip
        """Write a statement into a cell, supported by codings given by id; returns its id, None while it waits."""
        framework = self.framework
        cell = {
            "theme": framework.theme(theme).id,
            "effect": framework.effect(effect).id,
            "determinant": framework.determinant(determinant).id,
        }
        known = {c.id for c in self.codings()}
        supports = list(codings)
        for identity in supports:
            if identity not in known:
                raise NotFound(_("There is no coding {id}.").format(id=identity))
        with self.store.act("statement written") as act:
            register = self._register_if_open()
            act.subject = statement = self._take_words(act, register, decide, "statement", "", words, **cell)
            for identity in supports:
                if statement is not None:
                    coding_records.support(act.connection, statement, identity)
        return statement

    def order_statements(self, effect: str, determinant: str, ids: Sequence[str]) -> None:
        """Put the statements of a cell in this order; raises BadInput unless all of them are named, each once."""
        cell = (self.framework.determinant(determinant).id, self.framework.effect(effect).id)
        here = [s.id for s in self.statements() if (s.determinant, s.effect) == cell]
        if sorted(here) != sorted(ids):
            raise BadInput(_("Name every statement of the cell once. It holds {n}.").format(n=len(here)))
        with self.store.act("statements ordered", None, order=list(ids)) as act:
            for position, identity in enumerate(ids, start=1):
                coding_records.place_statement(act.connection, identity, position)

    def codebook(self) -> list[dict[str, Any]]:
        """The codes under their themes."""
        with self.store.read() as connection:
            return coding_records.list_codes(connection)

    def import_codebook(self, file: Path) -> int:
        """Read codes from a CSV file `theme,name[,definition]`; returns how many."""
        rows = []
        for number, row in read_rows(file):
            if not row.get("name") or not row.get("theme"):
                raise BadInput(
                    _("{file}, row {row}: the columns “theme” and “name” must be filled.").format(
                        file=file.name, row=number
                    )
                )
            self._refuse_identifiers(row["name"], row.get("definition", ""))
            rows.append((self.framework.theme(row["theme"]).id, row["name"], row.get("definition") or None))
        with self.store.act("codebook imported", None, count=len(rows)) as act:
            for theme, name, definition in rows:
                coding_records.add_code(act.connection, theme, name, definition)
        return len(rows)

    # --- what comes out ----------------------------------------------------------------------------------------------

    def table(self, name: str) -> Table:
        """A thesis table over what consent covers; raises NotFound with the names there are."""
        with using_language(self.settings.language), self.store.read() as connection:
            context = thesis.Context(connection, self.framework, consent.coverage(connection))
            return thesis.build(name, context)

    def segments(self, statement: str | None = None, **where: str) -> list[Segment]:
        """The covered segments behind a statement, or a cell, theme or source given by column."""
        with self.store.read() as connection:
            return segments(connection, consent.coverage(connection), statement, **where)

    def allowed(self) -> gate.Allowed:
        """Names that may stand: of informants who consented to be named, and of cited authors."""
        named = {person.id for person in self.informants() if person.consent == "named"}
        entries = {entry.id for entry in self.register().entries if entry.informant in named}
        with self.store.read() as connection:
            settled = not privacy_records.open_findings(connection)
        return gate.Allowed(frozenset(entries), tuple(self.references()), settled)

    def waiting(self) -> list[tuple[str, str, str]]:
        """What holds findings that nobody has settled: its id, what it is called, and its text."""
        with self.store.read() as connection:
            return masking.waiting(connection)

    def settle(self, decide: Decide, name: str | None = None) -> int:
        """Put every open finding to a person, or those of one source; returns how many were settled."""
        settled = 0
        for owner, called, text in self.waiting():
            if name is None or called == name:
                with self.store.act("findings settled", owner) as act:
                    act.details["settled"] = done = masking.settle(act.connection, owner, text, decide)
                    settled += done
        return settled

    def check(self, files: Sequence[Path], *, show: bool = False) -> list[dict[str, Any]]:
        """What the gate finds in files; raises VaultLocked."""
        register, allowed = self.register(), self.allowed()
        with using_language(self.settings.language):
            return [found for file in files for found in gate.check_file(file, register, allowed, show)]

    def freeze(self, tables: Sequence[str] = (), title: str = "") -> Frozen:
        """What an edition is made from, as things stand: all tables, or those named and what every edition needs."""
        wanted = list(dict.fromkeys([*IN_EVERY_EDITION, *(tables or thesis.names(self.framework))]))
        with using_language(self.settings.language), self.store.read() as connection:
            covered = consent.coverage(connection)
            context = thesis.Context(connection, self.framework, covered)
            made = [thesis.build(name, context) for name in wanted]
            shown = {s.id for s, _counts in context.statements()}
            supports: dict[str, list[str]] = {}
            for statement in coding_records.list_statements(connection):
                for identity in statement.codings if statement.id in shown else ():
                    supports.setdefault(identity, []).append(statement.id)
            frozen = [
                freeze_segment(segment, supports.get(segment.coding_id, []), _(thesis.KIND_LABELS[segment.kind]))
                for segment in segments(connection, covered)
            ]
            trail = store_records.audit_rows(connection, store_records.newest_seq(connection) - 1)
        return Frozen(
            title=title or self.settings.title,
            language=self.settings.language,
            head=trail[-1].hash,
            as_of=trail[-1].at,
            tables=made,
            segments=frozen,
            sources=sorted(covered.sources),
        )

    def publish(
        self, tables: Sequence[str] = (), title: str = "", progress: Callable[[str], None] = lambda _text: None
    ) -> Published:
        """Make an edition; raises GateClosed with every finding, or VaultLocked, and writes nothing then."""
        register, allowed = self.register(), self.allowed()
        if found := gate.check_bytes("title.txt", (title or self.settings.title).encode(), register, allowed):
            raise GateClosed(_("The title names somebody. Choose another, here or in study.toml."), found)
        return build(self.folder, self.freeze(tables, title), register, allowed, progress)

    def verify(self) -> Verdict:
        """Hold the audit trail against itself and the head; then every quote against its text."""
        verdict = self.store.verify()
        with self.store.read() as connection:
            texts: dict[str, str] = {}
            wrong = 0
            for one in coding_records.list_codings(connection):
                if one.text_id not in texts:
                    texts[one.text_id] = material_records.text_of(connection, one.text_id)
                text = texts[one.text_id]
                wrong += text[one.start : one.end] != one.quote
        if wrong:
            verdict.faults.append(
                ngettext("{n} coding does not fit its text", "{n} codings do not fit their text", wrong).format(n=wrong)
            )
        return verdict


def _for_the_user(decide: Decide) -> Decide:
    """Return `decide` asking in the user's language, while masks are written in the study's."""

    def asked(text: str, finding: Finding) -> Decision:
        with using_language(user_language()):
            return decide(text, finding)

    return asked
