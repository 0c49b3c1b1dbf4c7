"""What the page of independent coding may ask, and what it is shown. Offsets are code points of the named version."""

from __future__ import annotations

from typing import Any

from workbench.locale import _
from workbench.review.independent import OwnCoding
from workbench.study.coding_desk import CodingDesk, ToCode
from workbench.widgets import working
from workbench.widgets.coder import texts as coder
from workbench.widgets.coder.reading import code, framework, packed
from workbench.widgets.independent.texts import texts

__all__ = ["Conversation"]


class Conversation(working.Conversation[CodingDesk]):
    """One co-researcher's page and desk."""

    changing = frozenset({"undo", "redo"})

    def _on_open(self) -> dict[str, Any]:
        desk = self._study
        return {
            "texts": {**coder.texts(), **texts()},
            "draftKey": desk.draft_key(),
            "title": desk.round.title,
            "study": desk.place,
            "contact": desk.contact,
            "closed": desk.closed,
            **framework(desk.framework),
            **self._around(),
            "seq": desk.touched_since(0)[0],
        }

    def shown(self) -> dict[str, Any]:
        """Return all that the page shows, its texts too, for a file that asks nobody."""
        whole = self._on_open()
        return {**whole, "shown": {one["id"]: self._on_source(one["id"]) for one in whole["sources"]}}

    def _around(self) -> dict[str, Any]:
        """What stands around the text."""
        desk = self._study
        sources = desk.sources()
        return {
            "sources": [_to_code(one) for one in sources],
            "codes": [code(one) for one in desk.codes() if not one.retired],
            "actor": desk.reviewer,
            "shares": {one.id: one.share for one in sources},
        }

    def _on_shares(self) -> dict[str, int]:
        return {one.id: one.share for one in self._study.sources()}

    def _on_source(self, source: str, row: int = 0) -> dict[str, Any]:
        seq, _touched = self._study.touched_since(0)
        shown = self._study.read(source)
        (name,) = (one.name for one in self._study.sources() if one.id == source)
        return {
            "id": source, "name": name, "textId": shown.text_id, "text": shown.text,
            "rows": [
                [one.start, one.end, shown.labels.get(one.speaker_id or "", ""), one.time or "", one.line]
                for one in shown.rows
            ],
            "codings": [packed(one) for one in self._study.own_codings(source)],
            "near": [0, len(shown.text)], "seq": seq,
        }  # fmt: skip

    def _on_since(self, seq: int, source: str | None = None) -> dict[str, Any]:
        newest, touched = self._study.touched_since(seq)
        if newest == seq:
            return {"seq": seq}
        around, here = self._around(), {one.id: one for one in self._mine(source)}
        there = source is not None and source in around["shares"]
        return {
            **around, "seq": newest, "reload": False,
            "text": self._study.read(source).text_id if source and there else None,
            "codings": [packed(one) for one in here.values()], "gone": [one for one in touched if one not in here],
        }  # fmt: skip

    def _mine(self, source: str | None) -> list[OwnCoding]:
        return self._study.own_codings(source) if source else []

    def _on_code(self, edit: str, passages: list[dict[str, Any]], claim: dict[str, Any]) -> list[list[Any]]:
        places = [(one["source"], one["start"], one["end"], one["text"]) for one in passages]
        return [packed(one) for one in self._study.code(places, edit=edit, **claim)]

    def _on_change(self, edit: str, coding: str, **values: Any) -> list[Any]:
        return packed(self._study.change(coding, edit=edit, **values))

    def _on_remove(self, edit: str, codings: list[str]) -> None:
        self._study.remove(codings, edit=edit)

    def _on_undo(self) -> dict[str, Any]:
        return {"done": _("Undone.") if self._study.undo() else _("There is nothing to undo."), "coding": None}

    def _on_redo(self) -> dict[str, Any]:
        return {"done": _("Done again.") if self._study.redo() else _("There is nothing to redo."), "coding": None}

    def _on_say(self, edit: str, source: str, stance: str, words: str = "") -> dict[str, Any]:
        self._study.say(source, stance, words=words, id=edit)
        return self._around()


def _to_code(one: ToCode) -> dict[str, Any]:
    return {
        "id": one.id, "name": one.name, "kindLabel": _("you are done with it") if one.done else "", "group": "",
        "words": one.words, "hard": one.item.hard, "done": one.done,
    }  # fmt: skip
