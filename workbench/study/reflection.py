"""Preunderstanding: what was held before the study, and how it moved."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import NAMESPACE_OID, uuid5

from workbench.coding import records as coding_records
from workbench.errors import BadInput, NotFound
from workbench.journal import records as journal_records
from workbench.locale import _, using_language
from workbench.privacy import Decide, Register, accept_certain, screen
from workbench.privacy import records as privacy_records
from workbench.reflection import TURNS, Hypothesis, records
from workbench.reflection.prompts import Prompt, Situation, choose, read_prompts
from workbench.review import records as review_records
from workbench.store import Act, new_id, now
from workbench.store import records as store_records
from workbench.study.base import Base, checked_day, for_the_user

__all__ = ["Reflection"]


class Reflection(Base):
    """What the researcher does about what she believes."""

    def prompt(self, role: str = "", words: str = "") -> Prompt | None:
        """The question to oneself that comes with an entry as it stands, None for none; raises BrokenTemplate."""
        with self.store.read() as connection:
            asked = records.asked(connection, self.store.actor)
        situation = Situation(self.settings.own_organisation, role, words)
        return choose(read_prompts(self.folder), situation, asked, date.today())

    def note_asked(self, prompt: str) -> None:
        """Note that a question to oneself was asked today: it rests for a while now."""
        if prompt not in {one.id for one in read_prompts(self.folder).prompts}:
            raise NotFound(_("There is no question {id}.").format(id=prompt))
        with self.store.act("question asked", None) as act:
            records.note_asked(act.connection, prompt, self.store.actor, date.today().isoformat())

    def hypotheses(self) -> list[Hypothesis]:
        """What is held to promote and to inhibit, with its story, in the order in which it was written down."""
        with self.store.read() as connection:
            return records.list_hypotheses(connection)

    def hypothesis(self, identity: str) -> Hypothesis:
        """The hypothesis with this id; raises NotFound."""
        for one in self.hypotheses():
            if one.id == identity:
                return one
        raise NotFound(_("No hypothesis has the id {id}.").format(id=identity))

    def add_hypothesis(
        self, words: str, *, effect: str, determinant: str, grounds: str = "", new: bool = False,
        day: str | None = None, id: str | None = None, decide: Decide = accept_certain,
    ) -> str:  # fmt: skip
        """Write down what is held, and on what grounds; returns its id. `new`: it came during the study.

        `day` is a date (None: today). What is sent again under the same `id` is written once. Raises VaultLocked, for
        words are screened, and BadInput without words or for a day that can't be.
        """
        if not words.strip():
            raise BadInput(_("Write some words first."))
        cell = self.framework.effect(effect).id, self.framework.determinant(determinant).id
        identity, register = id or new_id(), self.register()
        if there := next((one for one in self.hypotheses() if one.id == identity), None):
            if there.story[0].words == self._masked(words, register):
                return identity
            identity = str(uuid5(NAMESPACE_OID, identity + words))  # another device went on with the same draft
        with self.store.act("hypothesis written", identity) as act:
            records.add_hypothesis(act.connection, identity, *cell)
            self._turn(act, register, decide, identity, "new" if new else "before", day, words, grounds)
        return identity

    def _masked(self, words: str, register: Register) -> str:
        with using_language(self.settings.language):
            return screen(words.strip(), register).text

    def turn_hypothesis(
        self, hypothesis: str, standing: str, *, words: str = "", grounds: str = "", day: str | None = None,
        id: str | None = None, decide: Decide = accept_certain,
    ) -> str:  # fmt: skip
        """Say what became of a hypothesis: `held`, `nuanced` or `given_up`; returns the turn's id.

        `words` are those it is held in from now on (empty: as before), `grounds` say why; the day can't lie before the
        last turn's. Raises VaultLocked.
        """
        if standing not in TURNS:
            raise BadInput(
                _("A hypothesis is {known}, not {what}.").format(known=", ".join(TURNS), what=standing)
            )  # fmt: skip
        found, register = self.hypothesis(hypothesis), self.register()
        if standing == "nuanced" and not words.strip():
            raise BadInput(_("Write how you see it now."))
        if checked_day(day, date.today()) < found.story[-1].day:
            raise BadInput(
                _("The story has gone on to {day} already. Choose a later day.").format(day=found.story[-1].day)
            )
        turn = id or new_id()
        if any(one.id == turn for one in found.story):
            return turn
        with self.store.act("hypothesis turned", hypothesis) as act:
            self._turn(act, register, decide, hypothesis, standing, day, words, grounds, turn)
        return turn

    def cite(self, hypothesis: str, other: str, *, edit: str | None = None) -> str:
        """Link a hypothesis to what speaks for or against it: a log entry, a coding, a co-researcher's answer …

        Returns the link's id; linked already, it is not linked again.

        Raises NotFound where the study has nothing with that id.
        """
        self.hypothesis(hypothesis)
        with self.store.read() as connection:
            known = (
                journal_records.entry_of(connection, other)
                or coding_records.list_codings(connection, id=other)
                or review_records.answers_of(connection, id=other)
            )
        named = {*(s.id for s in self.sources()), *(c.id for c in self.codebook()), *(p.id for p in self.informants())}
        if not known and other not in named:
            raise NotFound(_("Nothing in the study has the id {id}.").format(id=other))
        for link in self.links(hypothesis):
            if other in (link.one, link.other):
                return link.id
        return self._link(hypothesis, other, edit)

    def cited(self, hypothesis: str) -> list[str]:
        """The ids of what a hypothesis is linked to."""
        return [link.other if link.one == hypothesis else link.one for link in self.links(hypothesis)]

    def remove_hypothesis(self, identity: str) -> None:
        """Take a hypothesis away with its whole story and what it was linked to; raises NotFound."""
        self.hypothesis(identity)
        with self.store.act("hypothesis removed", identity) as act:
            privacy_records.forget(act.connection, records.remove_hypothesis(act.connection, identity))
            store_records.remove_links(act.connection, [identity])

    def _turn(
        self, act: Act, register: Register, decide: Decide, hypothesis: str, standing: str, day: str | None, words: str,
        grounds: str, turn: str | None = None,
    ) -> None:  # fmt: skip
        turn = turn or new_id()
        values = {"id": turn, "standing": standing, "day": checked_day(day, date.today())}
        if values["day"] > (date.today() + timedelta(days=1)).isoformat():  # somebody elsewhere may be a day ahead
            raise BadInput(_("{day} is yet to come. Choose a day that has been.").format(day=values["day"]))
        records.add_turn(act.connection, hypothesis, {**values, "author": self.store.actor, "created": now()})
        for part, said in (("words", words), ("grounds", grounds)):
            if said.strip():
                with using_language(self.settings.language):
                    screened = screen(said.strip(), register, for_the_user(decide))
                identity = new_id()
                records.add_text(act.connection, identity, turn, part, screened.text)
                privacy_records.add_screened(act.connection, identity, screened.masks, screened.open)
