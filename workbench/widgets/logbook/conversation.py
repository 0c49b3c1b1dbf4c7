"""What the logbook's page may ask."""

from __future__ import annotations

from typing import Any

from workbench.widgets import working
from workbench.widgets.logbook import reading
from workbench.widgets.logbook.texts import texts

__all__ = ["Conversation"]


class Conversation(working.Conversation):
    """One logbook's page and its study. What is written has its edit for an id, so it is logged once."""

    def _on_open(self) -> dict[str, Any]:
        return {
            "texts": texts(),
            "draftKey": self._study.draft_key(),
            "title": self._study.settings.title,
            "study": self._study.settings.id,
            "settings": list(self._study.log_settings()),
            "people": reading.people(self._study),
            **reading.framework(self._study),
            **reading.around(self._study),
        }

    def _on_since(self, seq: int) -> dict[str, Any]:
        if self._study.store.newest.seq == seq:
            return {"seq": seq, "open": self._study.vault.is_open}
        return reading.around(self._study)

    def _on_entries(self, before: list[str] | None = None, setting: str = "", words: str = "", part: str = "") -> Any:
        return reading.entries(self._study, before, setting=setting, words=words, part=part)

    def _on_entry(self, entry: str) -> dict[str, Any]:
        return reading.entry(self._study.log_entry(entry), reading.held_by_entry(self._study))

    def _on_preunderstanding(self) -> dict[str, Any]:
        return reading.preunderstanding(self._study)

    # --- what one holds ---

    def _on_add_hypothesis(self, edit: str, words: str, **values: Any) -> str:
        return self._study.add_hypothesis(words, id=edit, **values)

    def _on_turn_hypothesis(self, edit: str, hypothesis: str, standing: str, **values: Any) -> str:
        return self._study.turn_hypothesis(hypothesis, standing, id=edit, **values)

    def _on_cite(self, edit: str, hypothesis: str, other: str) -> str:
        return self._study.cite(hypothesis, other, edit=edit)

    def _on_unlink(self, edit: str, link: str) -> None:
        self._study.unlink(link, edit=edit)

    # --- writing ---

    def _on_draft(self, draft: str, item: dict[str, Any]) -> None:
        self._study.keep_log_draft(draft, item)

    def _on_drop_draft(self, draft: str) -> None:
        self._study.drop_log_draft(draft)

    def _on_log(self, edit: str, item: dict[str, Any]) -> dict[str, Any]:
        made = self._study.log(**item, id=edit)
        self._study.drop_log_draft(edit)
        return {"waits": made is None}

    def _on_afterthought(self, edit: str, entry: str, words: str) -> dict[str, Any]:
        return {"waits": self._study.add_afterthought(entry, words, id=edit) is None}

    def _on_reword(self, edit: str, passage: str, words: str, after: list[str]) -> dict[str, Any]:
        return {"waits": self._study.word_anew(passage, words, after=after, id=edit) is None}

    def _on_ask_back(self, edit: str, entry: str, question: str, whom: str, due: str) -> dict[str, Any]:
        return {"waits": self._study.ask_back(entry, question, whom=whom, due=due, id=edit) is None}

    def _on_answer_back(self, edit: str, question: str, outcome: str) -> dict[str, Any]:
        return {"waits": self._study.answer_back(question, outcome, id=edit) is None}
