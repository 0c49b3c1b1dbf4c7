"""Who took part in the research, and in what; co-researchers' own words as data; what the methods chapter asks for."""

from __future__ import annotations

from datetime import date

from workbench import review
from workbench.errors import BadInput
from workbench.locale import _, using_language
from workbench.privacy import Decide, accept_certain
from workbench.review import SECTION_LABELS, records
from workbench.review.records import Presence
from workbench.store import new_id, now
from workbench.store import records as store_records
from workbench.study.base import checked_day
from workbench.study.comparing import Comparing
from workbench.study.material import Imported, Material

__all__ = ["Participating"]


class Participating(Material, Comparing):
    """What the researcher records of those she researches with."""

    def pledge(self, code: str, day: str | None = None) -> None:
        """Note the day (None: today) on which somebody pledged confidentiality, by code or role."""
        who, at = self._who(code), checked_day(day, date.today())
        if at > date.today().isoformat():
            raise BadInput(_("{day} is yet to come. Choose a day that has been.").format(day=at))
        with self.store.act("pledge recorded", None) as act:
            records.pledge(act.connection, who, at)

    def take_part(self, code: str, source: str, part: str = "present") -> None:
        """Note that somebody was `present` at a conversation, `led` it, or `analysed` it."""
        if part not in review.PART_LABELS:
            known = ", ".join(review.PART_LABELS)
            raise BadInput(_("A part is one of {known}, not {part}.").format(known=known, part=part))
        who, where = self._who(code), self.source(source)
        with self.store.act("presence recorded", where.id) as act:
            records.add_presence(act.connection, Presence(who, where.id, part))

    def _who(self, code: str) -> str:
        if not code.strip():
            raise BadInput(_("Say who: a code or a role."))
        self._refuse_identifiers(code.strip())
        return code.strip()

    def account(self, section: str, words: str, decide: Decide = accept_certain) -> None:
        """Write what a section of the report on participation says; an earlier account is kept. Raises VaultLocked."""
        if section not in SECTION_LABELS:
            known = ", ".join(SECTION_LABELS)
            raise BadInput(_("A section is one of {known}, not {section}.").format(known=known, section=section))
        if not words.strip():
            raise BadInput(_("Write some words first."))
        register = self.register()
        with self.store.act("account written", None) as act:
            self._take_review_words(act, register, decide, section, self.store.actor, words, now())

    def accounts(self) -> dict[str, str]:
        """What was last written of each section of the report on participation, by section."""
        with self.store.read() as connection:
            written = {one: records.texts_about(connection, one) for one in SECTION_LABELS}
        return {section: texts[-1][1] for section, texts in written.items() if texts}

    def own_words(self, code: str, decide: Decide = accept_certain) -> Imported:
        """Make a co-research source of what somebody wrote in rounds, but for what is in one already; it stays linked.

        They must be an informant with a consent of their own. Raises VaultLocked, NotFound for a code the study does
        not know, and BadInput where there is no consent or nothing new.
        """
        person = self._informant(code)
        if person.consent not in {"anonymous", "reserved", "named"} or person.declined:
            raise BadInput(
                _("{code} has not consented to own words being data. Record the consent first.").format(code=code)
            )
        linked = {end for link in self.links() for end in (link.one, link.other)}
        with self.store.read() as connection:
            mine = [one for one in records.answers_of(connection, reviewer=code) if one.words and one.id not in linked]
        if not mine:
            raise BadInput(_("{code} wrote nothing that is not in a source already.").format(code=code))
        text = "\n".join(f"{code}: {' '.join(one.words.split())}" for one in mine)
        with using_language(self.settings.language):
            name = self._free_name(_("{code}, own words").format(code=code))
        made = self._source_of(text, "co_research", name, new_id(), [person.id], decide)
        with self.store.act("linked", made.id) as act:
            for one in mine:
                store_records.add_link(act.connection, new_id(), made.id, one.id, self.store.actor)
        return made
