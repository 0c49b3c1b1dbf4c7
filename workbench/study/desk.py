"""A co-researcher's façade: one person, one round, and nothing of the study beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from workbench import coding, review
from workbench.coding import records as coding_records
from workbench.errors import BadInput, NotFound
from workbench.locale import _
from workbench.material import records as material_records
from workbench.review import records
from workbench.safeguards import excerpts
from workbench.store import now
from workbench.study.coding_desk import CodingDesk
from workbench.study.reviewing import Reviewing
from workbench.study.seat import NOWHERE, Seat, invitation_of_device

__all__ = ["Desk", "Seen", "desk_at", "desk_of"]

MOST_SHOWN = 5  # passages under a statement


@dataclass(frozen=True)
class Seen:
    """What a co-researcher sees of one thing: the words, the reading where it may be seen by now, and own answers.

    A coding has one passage, a statement some of those it rests on. `claims` are the statement itself or, in a check of
    own quotes, what rests on the passage. It is `hard` where words are shown that somebody marked as hard, be it as
    context of others. Own words are not among the answers: they come back with names replaced, and who writes a name
    would learn whether the study knows it.
    """

    item: review.Item
    hard: bool
    passages: tuple[excerpts.Excerpt, ...]
    reading: dict[str, str] | None
    claims: tuple[str, ...]
    answers: tuple[review.Answer, ...]


@dataclass(frozen=True)
class _Away:
    """What somebody had taken away: hard words wherever they are shown, and all words of whom they recognised."""

    places: frozenset[tuple[str, int]]
    voices: frozenset[str]

    @classmethod
    def of(
        cls, said: Sequence[review.Answer], passages: Mapping[str, list[excerpts.Excerpt]],
        voices: Sequence[material_records.Speaker],
    ) -> _Away:  # fmt: skip
        def passages_of(stances: Collection[str]) -> list[excerpts.Excerpt]:
            return [passage for one in said if one.stance in stances for passage in passages.get(one.item_id, ())]

        recognised = {line.voice for passage in passages_of(["known"]) for line in passage.own}
        informants = {one.informant_id for one in voices if one.id in recognised and one.informant_id}
        asking = {one.id for one in voices if one.interviewer}
        theirs = recognised | {one.id for one in voices if one.informant_id in informants}
        return cls(frozenset(_places(passages_of(["known", "hard"]))), frozenset(theirs - asking - {""}))

    def leaves(self, passages: Iterable[excerpts.Excerpt]) -> tuple[excerpts.Excerpt, ...]:
        return tuple(left for one in passages if (left := excerpts.without(one, self.places, self.voices)))


def _places(passages: Iterable[excerpts.Excerpt]) -> set[tuple[str, int]]:
    """Where the lines stand that hold passages."""
    return {place for one in passages for place in one.places(one.own)}


class Desk(Seat):
    """What one co-researcher may do in a round where readings are looked at."""

    def items(self) -> list[Seen]:
        """What there is to look at, in order; what was taken away, or may be read no more, is not among it."""
        with self._study.store.read() as connection:
            items = records.items_of(connection, self.round.id)
            mine = records.answers_of(connection, item_id=[one.id for one in items], reviewer=self.reviewer)
            stated = {one.id: one for one in coding_records.list_statements(connection)}
            wanted = {item.subject for item in items}
            rests = {one: stated[one].codings[:MOST_SHOWN] for one in wanted if one in stated}
            wanted.update(*rests.values())
            codings = {one.id: one for one in coding_records.list_codings(connection, id=list(wanted))}
            shown = excerpts.excerpts(connection, codings.values(), self.round.informant)
            voices = material_records.speakers_of(connection)
        passages = {
            item.id: [shown[one] for one in rests.get(item.subject, (item.subject,)) if one in shown] for item in items
        }
        hard = _places(passage for item in items if item.hard for passage in passages[item.id])
        away = _Away.of(mine, passages, voices)
        found = []
        for item in items:
            said = tuple(replace(one, words="") for one in mine if one.item_id == item.id)
            left = away.leaves(passages[item.id])
            if left and not any(one.stance in review.TAKING_AWAY for one in said):
                subject = stated.get(item.subject) or codings[item.subject]
                may_see = not self.round.blind or any(one.stance in review.STANCES for one in said)
                reading = review.reading_of(subject) if may_see else None
                noted = any(not hard.isdisjoint(one.places(one.lines)) for one in left)
                found.append(Seen(item, noted, left, reading, self._claims(item, stated), said))
        return found

    def _claims(self, item: review.Item, stated: Mapping[str, coding.Statement]) -> tuple[str, ...]:
        """The statement that is looked at; in a check of own quotes, those that rest on the passage."""
        if item.about == "statement":
            return (stated[item.subject].text,)
        if not self.round.informant:
            return ()
        return tuple(one.text for one in stated.values() if item.subject in one.codings)

    def answer(
        self, item: str, stance: str, *, words: str = "", reading: dict[str, str] | None = None,
        start: int | None = None, end: int | None = None, id: str,
    ) -> None:  # fmt: skip
        """Say what one thinks of a coding, or have it taken away; an earlier answer stays beside this one.

        `reading` is another theme, effect and determinant; `[start, end)` are other words, in code points of the text.
        Raises Refused when the round takes no more answers, NotFound for what is not shown to this person.
        """
        self._refuse_late()
        away = review.TAKING_AWAY if self.round.informant else review.TAKING_AWAY[:2]
        if stance not in (*review.STANCES, *away):
            raise BadInput(_("An answer is one of {known}.").format(known=", ".join(review.STANCES)))
        shown = next((one for one in self.items() if one.item.id == item), None)
        if shown is None:
            raise NotFound(_("That passage is no longer there to look at."))
        if not shown.reading and stance == "agree":
            raise BadInput(_("You have not seen the other reading yet: say how you read it."))
        chosen = self._reading(reading) if stance == "differ" or not shown.reading else None
        place = self._place(shown.passages[0], start, end) if len(shown.passages) == 1 else NOWHERE
        values = {"item_id": item, "stance": stance, "reading": chosen, "seen": shown.reading, **place}
        self._keep(id, words, now(), values)

    def take(
        self, answer: Mapping[str, Any], *, seen: dict[str, str] | None, at: str, marked: tuple[int, str] | None
    ) -> Literal["new", "known", "gone"]:  # fmt: skip
        """Take an answer that was given elsewhere, at that time, to what was `seen` there; says what came of it.

        What can be looked at no more can still have been answered; only what was withdrawn is gone. `marked` are other
        words, with the offset at which they stood: they are looked for in the passage as it is by now, and stand with
        the answer's own where they are not found.
        """
        identity, item, stance, words = (str(answer[key]) for key in ("id", "item", "stance", "words"))
        if not re.fullmatch(r"[0-9a-f-]{36}", identity) or stance not in (*review.STANCES, *review.TAKING_AWAY):
            raise ValueError(identity)
        if self.was_done(identity):
            return "known"
        with self._study.store.read() as connection:
            if item not in {one.id for one in records.items_of(connection, self.round.id)}:
                return "gone"
        chosen = self._reading(answer.get("reading")) if stance == "differ" or not seen else None
        place = self._found(item, *marked) if marked else NOWHERE
        if marked and place is NOWHERE:
            words = f"{words}\n\n«{marked[1]}»".strip()
        self._keep(identity, words, at, {"item_id": item, "stance": stance, "reading": chosen, "seen": seen, **place})
        return "new"

    def _found(self, item: str, start: int, words: str) -> dict[str, Any]:
        """Where marked words stand now: at the same place, or at the only one that has them."""
        for passage in (one.passages[0] for one in self.items() if one.item.id == item and len(one.passages) == 1):
            places = [
                line.start + found.start()
                for line in passage.lines for found in re.finditer(re.escape(words), line.text or "")
            ]  # fmt: skip
            at = places[0] if len(places) == 1 else start
            if at in places:
                return {"text_id": passage.text_id, "start": at, "end": at + len(words)}
        return NOWHERE

    def _reading(self, given: dict[str, str] | None) -> dict[str, str] | None:
        if not given:
            return None
        return {key: getattr(self.framework, key)(given[key]).id for key in ("theme", "effect", "determinant")}

    def _place(self, shown: excerpts.Excerpt, start: int | None, end: int | None) -> dict[str, Any]:
        if start is None or end is None:
            return NOWHERE
        inside = any(
            line.text is not None and line.start <= start < end <= line.start + len(line.text) for line in shown.lines
        )
        if not inside:
            raise BadInput(_("Mark words that are shown, in one line."))
        return {"text_id": shown.text_id, "start": start, "end": end}


def desk_at(study: Reviewing, invitation: review.Invitation) -> Desk | CodingDesk:
    """Return the desk of an invitation: what it is for decides what may be done there."""
    independent = study.round(invitation.round_id).kind == review.INDEPENDENT
    return CodingDesk(study, invitation) if independent else Desk(study, invitation)


def desk_of(study: Reviewing, device: str) -> Desk | CodingDesk:
    """Return the desk of whoever holds a device's secret; raises Refused."""
    return desk_at(study, invitation_of_device(study, device))
