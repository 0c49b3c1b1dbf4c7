"""What the logbook's page may ask."""

from __future__ import annotations

import base64
from typing import Any

from workbench.study import Study
from workbench.study.attaching import LARGEST
from workbench.widgets import working
from workbench.widgets.logbook import reading
from workbench.widgets.logbook.texts import texts

__all__ = ["Conversation"]

PART = 524_288  # bytes of a file in one message


class Conversation(working.Conversation[Study]):
    """One logbook's page and its study. What is written has its edit for an id, so it is logged once."""

    changing = frozenset({"observe", "remove_hypothesis"})

    def __init__(self, study: Study) -> None:
        super().__init__(study)
        self._arriving: dict[str, dict[int, bytes]] = {}

    def _on_open(self) -> dict[str, Any]:
        return {
            "texts": texts(),
            "draftKey": self._study.draft_key(),
            "title": self._study.settings.title,
            "study": self._study.settings.id,
            "settings": list(self._study.log_settings()),
            "largest": LARGEST,
            "people": reading.people(self._study),
            **reading.framework(self._study),
            **reading.around(self._study),
        }

    def _on_since(self, seq: int) -> dict[str, Any]:
        if self._study.store.newest.seq == seq:
            return {"seq": seq, "open": self._study.vault.is_open}
        return reading.around(self._study)

    def _on_entries(self, before: list[str] | None = None, **asked: Any) -> dict[str, Any]:
        return reading.entries(self._study, before, **asked)

    def _on_overview(self) -> dict[str, Any]:
        return reading.overview(self._study)

    def _on_export(self, form: str, first: str = "", last: str = "") -> dict[str, str]:
        return reading.export(self._study, form, first, last)

    def _on_source_of_entry(self, source: str) -> dict[str, Any]:
        return reading.source_of_entry(self._study, source)

    def _on_entry(self, entry: str) -> dict[str, Any]:
        return reading.one_entry(self._study, entry)

    def _on_preunderstanding(self) -> dict[str, Any]:
        return reading.preunderstanding(self._study)

    def _on_observe(self, entry: str, passages: list[str] | None = None, words: str = "") -> dict[str, str]:
        return {"name": self._study.observe(entry, passages=passages, words=words).name}

    def _on_screen_inbox(self, edit: str) -> int:
        return self._study.screen_inbox()

    def _on_remove_entry(self, edit: str, entry: str) -> None:
        self._study.remove_entry(entry)

    # --- what is attached; files travel in parts, for a message has an end ---

    def _on_attach(
        self, edit: str, entry: str, name: str, media_type: str, data: str, part: int, parts: int
    ) -> bool:  # fmt: skip
        arrived = self._arriving.setdefault(edit, {})
        arrived[part] = base64.b64decode(data)
        if len(arrived) < parts:
            return False
        self._study.attach(entry, name, b"".join(arrived[n] for n in range(parts)), media_type, id=edit)
        del self._arriving[edit]
        return True

    def _on_attachment(self, attachment: str, part: int = 0) -> dict[str, Any]:
        _known, content = self._study.attachment(attachment)
        data = base64.b64encode(content[part * PART : (part + 1) * PART]).decode("ascii")
        return {"data": data, "parts": -(-len(content) // PART)}

    def _on_remove_attachment(self, edit: str, attachment: str) -> None:
        self._study.remove_attachment(attachment)

    # --- what one holds ---

    def _on_add_hypothesis(self, edit: str, words: str, **values: Any) -> str:
        return self._study.add_hypothesis(words, id=edit, **values)

    def _on_turn_hypothesis(self, edit: str, hypothesis: str, standing: str, **values: Any) -> str:
        return self._study.turn_hypothesis(hypothesis, standing, id=edit, **values)

    def _on_remove_hypothesis(self, edit: str, hypothesis: str) -> None:
        self._study.remove_hypothesis(hypothesis)

    def _on_cite(self, edit: str, hypothesis: str, other: str) -> str:
        return self._study.cite(hypothesis, other, edit=edit)

    def _on_unlink(self, edit: str, link: str) -> None:
        self._study.unlink(link, edit=edit)

    # --- writing ---

    def _on_draft(self, draft: str, item: dict[str, Any]) -> dict[str, Any]:
        self._study.keep_log_draft(draft, item)
        return reading.noticed(self._study, item)

    def _on_logged(self, ids: list[str]) -> list[str]:
        return self._study.logged_among(ids)

    def _on_put_away(self, prompt: str) -> None:
        self._study.note_asked(prompt)

    def _on_drop_draft(self, draft: str) -> None:
        self._study.drop_log_draft(draft)

    def _on_log(self, edit: str, item: dict[str, Any], prompt: str | None = None) -> dict[str, Any]:
        made = self._study.log(**item, id=edit)
        if prompt:
            self._study.note_asked(prompt)
        return self._done(edit, made)

    def _on_afterthought(self, edit: str, entry: str, words: str) -> dict[str, Any]:
        return self._done(edit, self._study.add_afterthought(entry, words, id=edit))

    def _on_reword(self, edit: str, passage: str, words: str, after: list[str]) -> dict[str, Any]:
        return self._done(edit, self._study.word_anew(passage, words, after=after, id=edit))

    def _on_ask_back(self, edit: str, entry: str, question: str, whom: str, due: str) -> dict[str, Any]:
        return self._done(edit, self._study.ask_back(entry, question, whom=whom, due=due, id=edit))

    def _done(self, draft: str, made: str | None) -> dict[str, Any]:
        self._study.drop_log_draft(draft)
        return {"waits": made is None}

    def _on_answer_back(self, edit: str, question: str, outcome: str) -> dict[str, Any]:
        return {"waits": self._study.answer_back(question, outcome, id=edit) is None}
