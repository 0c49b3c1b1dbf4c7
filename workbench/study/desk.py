"""A co-researcher's façade: one person, one round, and nothing of the study beside it."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from workbench import coding, review
from workbench.coding import records as coding_records
from workbench.errors import BadInput, NotFound, Refused
from workbench.locale import _
from workbench.privacy import accept_certain
from workbench.review import records
from workbench.safeguards import excerpts
from workbench.store import now
from workbench.study.reviewing import Reviewing, sealed_link

__all__ = ["Desk", "Seen", "bind", "desk_of"]

MOST_SHOWN = 5  # passages under a statement
NOWHERE: dict[str, Any] = {"text_id": None, "start": None, "end": None}


@dataclass(frozen=True)
class Seen:
    """What a co-researcher sees of one thing: the words, the reading where it may be seen by now, and own answers.

    A coding has one passage, a statement some of those it rests on. `claims` are the statement itself or, in a check of
    own quotes, what rests on the passage.
    """

    item: review.Item
    passages: tuple[excerpts.Excerpt, ...]
    reading: dict[str, str] | None
    claims: tuple[str, ...]
    answers: tuple[review.Answer, ...]


class Desk:
    """What one co-researcher may do in one round. The vault, other rounds and others' answers are not there."""

    def __init__(self, study: Reviewing, invitation: review.Invitation) -> None:
        self._study = study
        self.invitation = invitation
        self.round = study.round(invitation.round_id)
        self.reviewer = invitation.reviewer

    @property
    def framework(self) -> Any:
        """The words of the framework: themes, effects, determinants."""
        return self._study.framework

    @property
    def contact(self) -> str:
        """Whom one can talk to when a passage is hard."""
        return self._study.settings.review_contact

    def holds(self, link: str) -> bool:
        """Say whether this is the link that the desk was opened by."""
        return secrets.compare_digest(self.invitation.link, sealed_link(link))

    def draft_key(self) -> str:
        """A key for what this person's browser keeps until it is sent."""
        return self._study.vault.own_key(f"drafts-review-{self.invitation.id}")

    def was_done(self, edit: str) -> bool:
        """Say whether an answer with this id is there."""
        with self._study.store.read() as connection:
            return bool(records.answers_of(connection, id=edit))

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
        found = []
        for item in items:
            said = tuple(self._with_waiting(one) for one in mine if one.item_id == item.id)
            passages = tuple(shown[one] for one in rests.get(item.subject, (item.subject,)) if one in shown)
            if passages and not any(one.stance in review.TAKING_AWAY for one in said):
                subject = stated.get(item.subject) or codings[item.subject]
                reading = review.reading_of(subject)
                may_see = not self.round.blind or any(one.stance in review.STANCES for one in said)
                found.append(Seen(item, passages, reading if may_see else None, self._claims(item, stated), said))
        return found

    def _claims(self, item: review.Item, stated: Mapping[str, coding.Statement]) -> tuple[str, ...]:
        """The statement that is looked at; in a check of own quotes, those that rest on the passage."""
        if item.about == "statement":
            return (stated[item.subject].text,)
        if not self.round.informant:
            return ()
        return tuple(one.text for one in stated.values() if item.subject in one.codings)

    def _with_waiting(self, one: review.Answer) -> review.Answer:
        """Return an answer with its words, which its writer sees before they are screened."""
        if one.words:
            return one
        waiting = self._study.vault.open_as(f"review-{self.reviewer}", f"inbox/{one.id}-review")
        return one if waiting is None else records.Answer(**{**one.__dict__, "words": json.loads(waiting)["words"]})

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

    def _keep(self, identity: str, words: str, at: str, values: dict[str, Any]) -> None:
        with self._study.store.act("answered", values["item_id"], actor=self.reviewer) as act:
            records.add_answer(act.connection, identity, **values, reviewer=self.reviewer, created=at)
            if words.strip():
                register = self._study._register_if_open()
                self._study._take_review_words(act, register, accept_certain, identity, self.reviewer, words, at)

    def _refuse_late(self) -> None:
        current = self._study.round(self.round.id)
        if current.closed or (current.deadline and current.deadline < date.today().isoformat()):
            raise Refused(_("The round is closed: it takes no more answers. What you said before is kept."))

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


def desk_of(study: Reviewing, device: str) -> Desk:
    """Return the desk of whoever holds a device's secret, which is its invitation's id and random; raises Refused."""
    identity, _dot, secret = device.partition(".")
    with study.store.read() as connection:
        found = records.invitation_of(connection, id=identity)
    if found is None or not found.device or not secrets.compare_digest(found.device, sealed_link(secret)):
        raise Refused(_("This device has no place in the round. Open your personal link."))
    _refuse_ended(found)
    return Desk(study, found)


def bind(study: Reviewing, link: str) -> str:
    """Tie a personal link to the device that opens it first; returns the device's secret. Raises Refused."""
    with study.store.act("link bound", None) as act:
        found = records.invitation_of(act.connection, link=sealed_link(link))
        if found is None:
            raise Refused(_("This link leads nowhere. Ask whoever sent it for a new one."))
        _refuse_ended(found)
        if found.device:
            raise Refused(_("This link is in use on another device. Ask whoever sent it for a new one."))
        secret = secrets.token_urlsafe(32)
        records.change_invitation(act.connection, found.id, device=sealed_link(secret))
        act.subject = found.round_id
    return f"{found.id}.{secret}"


def _refuse_ended(invitation: review.Invitation) -> None:
    if invitation.withdrawn or invitation.expires < now():
        raise Refused(_("This link is no longer good. Ask whoever sent it for a new one."))
