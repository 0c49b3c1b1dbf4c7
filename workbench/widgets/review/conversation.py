"""What the review page may ask, and what it is shown, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from workbench.framework import Member
from workbench.locale import format_date
from workbench.review import Answer, in_words
from workbench.safeguards.excerpts import Excerpt
from workbench.study.desk import Desk, Seen
from workbench.widgets import working
from workbench.widgets.review.texts import texts

__all__ = ["Conversation"]


class Conversation(working.Conversation[Desk]):
    """One co-researcher's page and desk. An answer has its edit for an id, so it is given once."""

    def _on_open(self) -> dict[str, Any]:
        return {"texts": texts(), "draftKey": self._study.draft_key(), **self.shown()}

    def shown(self) -> dict[str, Any]:
        """Return what the page shows, but for its texts."""
        desk, framework = self._study, self._study.framework
        return {
            "title": desk.round.title,
            "study": desk.place,
            "kind": desk.round.kind,
            "blind": desk.round.blind,
            "contact": desk.contact,
            "closed": desk.closed,
            "themes": _choices(framework.themes),
            "effects": _choices(framework.effects),
            "determinants": _choices(framework.determinants),
            "items": self._on_items(),
        }

    def _on_items(self) -> list[dict[str, Any]]:
        return [self._seen(one) for one in self._study.items()]

    def _on_answer(self, edit: str, item: str, stance: str, **said: Any) -> list[dict[str, Any]]:
        self._study.answer(item, stance, id=edit, **said)
        return self._on_items()

    def _seen(self, one: Seen) -> dict[str, Any]:
        return {
            "id": one.item.id, "hard": one.hard, "about": one.item.about,
            "passages": [_excerpt(passage) for passage in one.passages], "claims": list(one.claims),
            "reading": self._in_words(one.reading) if one.reading else "",
            "answers": [self._answer(answer, one) for answer in one.answers],
        }  # fmt: skip

    def _answer(self, one: Answer, seen: Seen) -> dict[str, Any]:
        return {
            "id": one.id, "stance": one.stance, "reading": self._in_words(one.reading) if one.reading else "",
            "marked": next((words for passage in seen.passages if (words := _marked(one, passage))), ""),
            "at": format_date(datetime.fromisoformat(one.created).astimezone()), "blind": one.seen is None,
        }  # fmt: skip

    def _in_words(self, reading: Mapping[str, str]) -> str:
        return in_words(self._study.framework, reading).lower()


def _choices(members: Sequence[Member]) -> list[dict[str, str]]:
    return [{"id": one.id, "label": str(one.label), "means": str(one.definition or "")} for one in members]


def _marked(one: Answer, passage: Excerpt) -> str:
    """The other words that an answer marked, where they are still shown."""
    if one.start is None or one.end is None or one.text_id != passage.text_id:
        return ""
    for line in passage.lines:
        if line.text is not None and line.start <= one.start < one.end <= line.start + len(line.text):
            return line.text[one.start - line.start : one.end - line.start]
    return ""


def _excerpt(shown: Excerpt) -> dict[str, Any]:
    lines = [[line.speaker, line.start, line.text, line.voice] for line in shown.lines]
    return {"text": shown.text_id, "start": shown.start, "end": shown.end, "lines": lines}
