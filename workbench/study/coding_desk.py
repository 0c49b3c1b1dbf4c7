"""A co-researcher's façade for independent coding: the sources of one round, and what this person codes in them.

How the researcher, or anybody else, coded them is not there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from workbench import coding, review
from workbench.errors import BadInput, NotFound, Overtaken
from workbench.locale import _
from workbench.material import laying
from workbench.material import records as material
from workbench.review import independent, records
from workbench.review.independent import KINDS, OWN_CODING, OwnCoding
from workbench.safeguards import excerpts
from workbench.store import new_id, now
from workbench.store import records as store_records
from workbench.store.history import Revision
from workbench.store.records import Connection
from workbench.study.seat import NOWHERE, Seat

__all__ = ["CodingDesk", "ToCode"]

_ID = re.compile(r"[0-9a-f-]{36}")
_SAID = (*review.TAKING_AWAY[:2], review.READ, "wonder")  # what can be said of a text


@dataclass(frozen=True)
class ToCode:
    """A source of the round: `share` is how much of what may be read this person has coded, in per cent."""

    item: review.Item
    id: str
    name: str
    words: int
    share: int
    done: bool


class Shown(NamedTuple):
    """A source as it may be read: its text in which withheld words are blanks, rows, and who speaks, by speaker's id.

    Rows that are withheld are `[start, start)`.
    """

    text_id: str
    text: str
    rows: Sequence[laying.Row]
    labels: Mapping[str, str]


class CodingDesk(Seat):
    """What one co-researcher may do in a round of independent coding."""

    def sources(self) -> list[ToCode]:
        """The sources to code, in order; what was taken away, or may be read no more, is not among them."""
        with self._study.store.read() as connection:
            items = self._items(connection)
            said = records.answers_of(connection, item_id=[one.id for one in items], reviewer=self.reviewer)
            known = {one.id: one for one in material.list_sources(connection)}
            readable = excerpts.readable_sources(connection, [one.subject for one in items if one.subject in known])
            found = []
            for item in items:
                stances = {one.stance for one in said if one.item_id == item.id}
                if item.subject not in readable or stances.intersection(review.TAKING_AWAY):
                    continue
                shown = self._shown(connection, item.subject)
                read = sum(row.end - row.start for row in shown.rows)
                source, coded = known[item.subject], independent.covered(self._own(connection, item.subject))
                share = min(100, max(bool(coded), round(100 * coded / read)))
                found.append(ToCode(item, source.id, source.name, source.words, share, review.READ in stances))
        return found

    def codes(self) -> list[coding.Code]:
        """The codebook, but for codes in which only words stand that may not be read."""
        with self._study.store.read() as connection:
            return excerpts.readable_codes(connection)

    def read(self, source_id: str) -> Shown:
        """A source of the round as it may be read; raises NotFound for another."""
        self._to_code(source_id)
        with self._study.store.read() as connection:
            return self._shown(connection, source_id)

    def own_codings(self, source_id: str | None = None) -> list[OwnCoding]:
        """What this person coded, in one source or all, where it may still be read."""
        there = {one.id for one in self.sources()}
        with self._study.store.read() as connection:
            return [one for one in self._own(connection, source_id) if one.source_id in there]

    def code(
        self, passages: Sequence[tuple[str, int, int, str]], *, effect: str, determinant: str, theme: str = "",
        code: str | None = None, edit: str,
    ) -> list[OwnCoding]:  # fmt: skip
        """Code passages in one act, each a source and `[start, end)` in code points of a text version.

        `code` is a code's id, whose theme wins over `theme`. Raises Refused when the round takes no more, BadInput for
        words that are not shown, Overtaken for words that a correction took out.
        """
        self._refuse_late()
        claim = self._claim(code, theme) | {
            "effect": self.framework.effect(effect).id, "determinant": self.framework.determinant(determinant).id,
        }  # fmt: skip
        made = []
        for source_id, start, end, text_id in passages:
            item = self._to_code(source_id).item
            place = self._place(source_id, text_id, start, end)
            made.append((new_id(), {"item_id": item.id, "coder": self.reviewer, **place, **claim, "gone": False}))
        with self._study.store.act("coded in a round", self.round.id, edit=edit, actor=self.reviewer) as act:
            act.touch(OWN_CODING, *(identity for identity, _values in made))
            for identity, values in made:
                independent.change(act.connection, identity, values, edit)
        return self._these([identity for identity, _values in made])

    def change(self, coding_id: str, *, edit: str, **values: Any) -> OwnCoding:
        """Give an own coding another effect, determinant, theme, code (`code_id`) or edges (`start`, `end`)."""
        self._refuse_late()
        (before,) = self._these([coding_id])
        for dimension in ("effect", "determinant"):
            if dimension in values:
                values[dimension] = getattr(self.framework, dimension)(values[dimension]).id
        if values.get("code_id") or "theme" in values:
            values |= self._claim(values.get("code_id"), values.get("theme", ""))
        text_id, start, end = (values.pop(name, getattr(before, name)) for name in ("text_id", "start", "end"))
        values |= self._place(before.source_id, text_id, start, end)
        with self._study.store.act("coding in a round changed", self.round.id, edit=edit, actor=self.reviewer) as act:
            act.touch(OWN_CODING, coding_id)
            independent.change(act.connection, coding_id, values, edit)
        return self._these([coding_id])[0]

    def remove(self, ids: Sequence[str], *, edit: str) -> None:
        """Take own codings away."""
        self._refuse_late()
        self._these(ids)
        with self._study.store.act("coding in a round removed", self.round.id, edit=edit, actor=self.reviewer) as act:
            act.touch(OWN_CODING, *ids)
            for identity in ids:
                independent.change(act.connection, identity, {"gone": True}, edit)

    def undo(self) -> list[Revision]:
        """Take back one's own newest act of coding; returns what was put back."""
        self._refuse_late()
        return self._study.store.undo(KINDS, sure=True, actor=self.reviewer)

    def redo(self) -> list[Revision]:
        """Take back one's own newest undo."""
        self._refuse_late()
        return self._study.store.redo(KINDS, actor=self.reviewer)

    def was_done(self, edit: str) -> bool:
        """Say whether an act of coding, or an answer, with this id is there."""
        with self._study.store.read() as connection:
            return bool(store_records.revisions_of(connection, edit)) or super().was_done(edit)

    def touched_since(self, seq: int) -> tuple[int, set[str]]:
        """The newest act's number, and the ids of own codings that changed after act number `seq`."""
        with self._study.store.read() as connection:
            touched = store_records.touched_since(connection, seq, self.reviewer)
        return self._study.store.newest.seq, {thing for kind, thing in touched if kind == OWN_CODING.name}

    def say(self, source_id: str, stance: str, *, words: str = "", id: str) -> None:
        """Say of a source that it is `known`, `hard`, `read` to its end, or what one makes one `wonder`."""
        self._refuse_late()
        if stance not in _SAID:
            raise BadInput(_("That can't be said of a text."))
        item = self._to_code(source_id).item
        self._keep(id, words, now(), {"item_id": item.id, "stance": stance, "reading": None, "seen": None, **NOWHERE})

    def take(self, given: Mapping[str, Any], *, at: str, claimed: str) -> Literal["new", "known", "gone"]:
        """Take a change of a coding, or what was said of a text, elsewhere and at that time; says what came of it.

        Changes come in any order and any number of times: the latest of a coding stands, by the time that the other
        machine `claimed`, wrong as its clock may be. Its words are looked for in
        the text as it is by now; where they are not found, the coding is `gone`. Raises ValueError for what is no
        change.
        """
        identity, source_id, coding_id = (str(given.get(key, "")) for key in ("id", "source", "coding"))
        if not _ID.fullmatch(identity) or (coding_id and not _ID.fullmatch(coding_id)):
            raise ValueError(identity)
        with self._study.store.read() as connection:
            item = next((one for one in self._items(connection) if one.subject == source_id), None)
        if self.was_done(identity):
            return "known"
        if item is None:
            return "gone"
        if not coding_id:
            if given["stance"] not in _SAID:
                raise ValueError(identity)
            said = {"item_id": item.id, "stance": given["stance"], "reading": None, "seen": None, **NOWHERE}
            self._keep(identity, str(given["words"]), at, said)
            return "new"
        values = self._stated(item, given["state"])
        if values is None:
            return "gone"
        with self._study.store.act("coded in a round", self.round.id, edit=identity, actor=self.reviewer) as act:
            act.touch(OWN_CODING, coding_id)
            put = independent.put(
                act.connection, coding_id, values, independent.stamp(identity, claimed), self.reviewer
            )
        return "new" if put else "known"

    def _stated(self, item: review.Item, state: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """What a change makes of a coding, None where its words are found no more."""
        if state is None:
            return {"gone": True}
        place = self._found(item.subject, int(state["start"]), str(state["words"]))
        if place is None:
            return None
        claim = self._claim(state["code_id"], state["theme"])
        claim |= {name: getattr(self.framework, name)(state[name]).id for name in ("effect", "determinant")}
        return {"item_id": item.id, "coder": self.reviewer, "gone": False, **place, **claim}

    def _found(self, source_id: str, start: int, words: str) -> dict[str, Any] | None:
        """Where words stand that were shown: where they stood, or at the only place that has them."""
        with self._study.store.read() as connection:
            shown = self._shown(connection, source_id)
        places = [found.start() for found in re.finditer(re.escape(words), shown.text)] if words.strip() else []
        at = places[0] if len(places) == 1 else start
        return {"text_id": shown.text_id, "start": at, "end": at + len(words)} if at in places else None

    def _items(self, connection: Connection) -> list[review.Item]:
        return records.items_of(connection, self.round.id)

    def _to_code(self, source_id: str) -> ToCode:
        for one in self.sources():
            if one.id == source_id:
                return one
        raise NotFound(_("That text is no longer there to read."))

    def _shown(self, connection: Connection, source_id: str) -> Shown:
        text_id = material.newest_text(connection, source_id)
        rows, text = excerpts.readable_rows(connection, source_id, text_id)
        labels = {voice.id: voice.label for voice in material.speakers_of(connection, source_id)}
        return Shown(text_id, text, rows, labels)

    def _own(self, connection: Connection, source_id: str | None = None) -> list[OwnCoding]:
        mine = independent.own_codings(connection, self.round.id, coder=self.reviewer)
        return [one for one in mine if source_id in (None, one.source_id)]

    def _these(self, ids: Sequence[str]) -> list[OwnCoding]:
        mine = {one.id: one for one in self.own_codings()}
        if not mine.keys() >= set(ids):
            raise NotFound(_("That coding is no longer there: somebody has removed it."))
        return [mine[identity] for identity in ids]

    def _claim(self, code: str | None, theme: str) -> dict[str, str | None]:
        if not code:
            return {"code_id": None, "theme": self.framework.theme(theme).id}
        for one in self.codes():
            if one.id == code and not one.retired:
                return {"code_id": code, "theme": one.theme}
        raise NotFound(_("That code is no longer in use."))

    def _place(self, source_id: str, text_id: str, start: int, end: int) -> dict[str, Any]:
        """Where a passage stands in the newest version; raises where it holds words that are not shown."""
        with self._study.store.read() as connection:
            known = dict(material.versions_of(connection, source_id))
            if text_id not in known or not 0 <= start < end <= len(known[text_id]):
                raise BadInput(_("Select some words first."))
            place = coding.standing(connection, text_id, start, end)
            if place is None:
                raise Overtaken(_("The text was corrected meanwhile, and those words are no longer there."))
            newest, start, end = place
            shown = self._shown(connection, source_id)
        if any(row.start == row.end and start <= row.start < end for row in shown.rows):
            raise BadInput(_("Select words that are shown."))
        if not shown.text[start:end].strip():
            raise BadInput(_("Select some words first."))
        return {"text_id": newest, "start": start, "end": end}
