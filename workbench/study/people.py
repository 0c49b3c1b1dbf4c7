"""Informants: who they are, what they consented to, and taking their words out again."""

from __future__ import annotations

from collections.abc import Container, Sequence
from pathlib import Path

from workbench import material
from workbench.coding import records as coding_records
from workbench.errors import BadInput
from workbench.locale import _, using_language
from workbench.material import records as material_records
from workbench.pathways import records as networks
from workbench.pathways.courses import records as courses
from workbench.privacy import (
    Entry,
    Register,
    read_register_csv,
)
from workbench.safeguards import consent, masking, withdrawal
from workbench.store import Act, new_id
from workbench.study.base import Base
from workbench.tables.records import Coverage, Segment, segments

__all__ = ["People"]


class People(Base):
    """What the researcher does about people."""

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

    def set_consent(self, code: str, given: str, scopes: Sequence[str] | None = None) -> list[str]:
        """Record an informant's consent anew; raises NotFound for a code the study does not know.

        Editions that hold what the consent no longer covers are taken down; returns their ids.
        """
        from workbench.publishing.shelf import editions_with, take_down

        chosen = tuple(scopes) if scopes else consent.default_scopes(given)
        consent.check(given, chosen)
        person = self._informant(code)
        if person.consent == "withdrawn":
            raise BadInput(
                _("{code} has withdrawn. Their words are gone; a new consent needs a new informant.").format(code=code)
            )
        with self.store.act("consent recorded", person.id, consent=given, scopes=list(chosen)) as act:
            material_records.set_consent(act.connection, person.id, given, chosen)
        held = editions_with(self.folder, self._in_editions(person.id, person.scopes - set(chosen)))
        take_down(self.folder, held)
        return held

    def _in_editions(self, identity: str, scopes: Container[str]) -> set[str]:
        """The ids of what an edition is made from by some scopes of an informant: sources, networks and courses."""
        found: set[str] = set()
        with self.store.read() as connection:
            if "interview" in scopes or "quotes" in scopes:
                found |= {one.source_id for one in material.holdings(connection, identity)}
            if "sharing" in scopes:
                found |= {*networks.networks_of(connection, identity), *courses.courses_of(connection, identity)}
        return found

    def learn_names(self, file: Path, informant: str | None = None) -> int:
        """Add a CSV file's names to the register, and mask them wherever they stand already; returns how many masks."""
        people = {person.code: person.id for person in self.informants()}
        entries = read_register_csv(file, people, people[informant] if informant else None)
        with self.store.act("register extended", None, entries=len(entries)) as act:
            masked = self._learn(act, entries)
        self.store.scrub()
        return masked

    def mask_word(self, word: str, replacement: str, kind: str = "person") -> tuple[int, list[str]]:
        """Mask a name that slipped through, everywhere: texts, quotes, memos, what undo remembers, the search index.

        Returns how many places were masked, and the editions that hold the word. Raises VaultLocked.
        """
        from workbench.publishing.shelf import editions_saying

        word, replacement = " ".join(word.split()), " ".join(replacement.split())
        if len(word) < 2 or not replacement:
            raise BadInput(_("Choose the name, and say what is to stand in its place."))
        if word.casefold() in replacement.casefold():
            raise BadInput(_("What stands in its place must not hold the name itself."))
        entry = Entry(new_id(), word, (), kind, replacement)
        with self.store.act("register extended", None, entries=1) as act:
            masked = self._learn(act, [entry])
        self.store.scrub()
        return masked, editions_saying(self.folder, Register([entry]))

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
        # A passage with several codings is one quote.
        return list({(s.source, s.start, s.end): s for s in found if s.coding_id in ids}.values())

    def withdraw(self, code: str, *, dry_run: bool = False) -> withdrawal.Receipt:
        """Take an informant's words out of the study, the vault and the editions that hold them."""
        from workbench.publishing.shelf import editions_with, take_down

        person = self._informant(code)
        with self.store.read() as connection:
            receipt = withdrawal.holdings(connection, person.id)
        if person.consent == "withdrawn" and not any(receipt.removed.values()):
            raise BadInput(_("{code} has withdrawn already, and nothing of theirs is left.").format(code=code))
        held = editions_with(self.folder, self._in_editions(person.id, consent.SCOPES))
        if not dry_run:
            with self.store.act("informant withdrawn", person.id) as act, using_language(self.settings.language):
                receipt = withdrawal.withdraw(act.connection, self.vault, person.id)
                act.details.update(receipt.removed)
            self.store.scrub()
            take_down(self.folder, held)
        receipt.editions_withdrawn = held
        return receipt
