"""What the review page may ask, and what it is shown, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

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
            "study": desk.round.id,
            "kind": desk.round.kind,
            "blind": desk.round.blind,
            "contact": desk.contact,
            "themes": [{"id": one.id, "label": str(one.label)} for one in framework.themes],
            "effects": [{"id": one.id, "label": str(one.label)} for one in framework.effects],
            "determinants": [{"id": one.id, "label": str(one.label)} for one in framework.determinants],
            "items": self._on_items(),
        }

    def _on_items(self) -> list[dict[str, Any]]:
        return [self._seen(one) for one in self._study.items()]

    def _on_answer(self, edit: str, item: str, stance: str, **said: Any) -> list[dict[str, Any]]:
        self._study.answer(item, stance, id=edit, **said)
        return self._on_items()

    def _seen(self, one: Seen) -> dict[str, Any]:
        return {
            "id": one.item.id, "hard": one.item.hard, "about": one.item.about,
            "passages": [_excerpt(passage) for passage in one.passages], "claims": list(one.claims),
            "reading": self._in_words(one.reading) if one.reading else "",
            "answers": [self._answer(answer) for answer in one.answers],
        }  # fmt: skip

    def _answer(self, one: Answer) -> dict[str, Any]:
        return {
            "stance": one.stance, "reading": self._in_words(one.reading) if one.reading else "", "words": one.words,
            "at": format_date(datetime.fromisoformat(one.created).astimezone()), "blind": one.seen is None,
        }  # fmt: skip

    def _in_words(self, reading: Mapping[str, str]) -> str:
        return in_words(self._study.framework, reading).lower()


def _excerpt(shown: Excerpt) -> dict[str, Any]:
    lines = [[line.speaker, line.start, line.text] for line in shown.lines]
    return {"start": shown.start, "end": shown.end, "lines": lines}
