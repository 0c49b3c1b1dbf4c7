"""What the coder's page may ask. Offsets are Unicode code points of the text version that is named beside them."""

from __future__ import annotations

from typing import Any

from workbench.study import Study
from workbench.widgets import working
from workbench.widgets.coder import reading
from workbench.widgets.coder.texts import texts

__all__ = ["Conversation"]


class Conversation(working.Conversation[Study]):
    """One coder's page and its study."""

    repeatable = frozenset({"write_memo", "change_statement"})
    changing = frozenset({"undo", "redo", "order_statements", "mask", "correct"})

    # --- reading -----------------------------------------------------------------------------------------------------

    def _on_open(self) -> dict[str, Any]:
        return {
            "texts": texts(),
            "draftKey": self._study.draft_key(),
            "title": self._study.settings.title,
            "study": self._study.settings.id,
            **reading.framework(self._study.framework),
            **reading.overview(self._study),
            "shares": self._study.coded_share(),
        }

    def _on_shares(self) -> dict[str, int]:
        return self._study.coded_share()

    def _on_source(self, source: str, row: int = 0) -> dict[str, Any]:
        return reading.source(self._study, source, row)

    def _on_codings_in(self, text: str, start: int, end: int) -> list[list[Any]]:
        return reading.codings_in(self._study, text, start, end)

    def _on_since(self, seq: int, source: str | None = None) -> dict[str, Any]:
        return reading.since(self._study, seq, source)

    # --- coding ------------------------------------------------------------------------------------------------------

    def _on_code(self, edit: str, passages: list[dict[str, Any]], claim: dict[str, Any]) -> list[list[Any]]:
        places = [(one["source"], one["start"], one["end"], one["text"]) for one in passages]
        return [reading.packed(one) for one in self._study.code_passages(places, edit=edit, **claim)]

    def _on_change(self, edit: str, coding: str, **values: Any) -> list[Any]:
        return reading.packed(self._study.change_coding(coding, edit=edit, **values))

    def _on_remove(self, edit: str, codings: list[str]) -> None:
        self._study.remove_codings(codings, edit=edit)

    def _on_undo(self, sure: bool = False) -> dict[str, Any]:
        return reading.told(self._study, self._study.undo(sure=sure), back=True)

    def _on_redo(self) -> dict[str, Any]:
        return reading.told(self._study, self._study.redo(), back=False)

    # --- the codebook ------------------------------------------------------------------------------------------------

    def _on_add_code(self, edit: str, theme: str, name: str, **values: Any) -> str:
        return self._study.add_code(theme=theme, name=name, edit=edit, **values)

    def _on_change_code(self, edit: str, code: str, **values: Any) -> None:
        self._study.change_code(code, edit=edit, **values)

    def _on_merge_codes(self, edit: str, code: str, into: str, reason: str = "") -> int:
        return self._study.merge_codes(code, into, reason=reason, edit=edit)

    def _on_split_code(self, edit: str, code: str, name: str, codings: list[str], reason: str = "") -> str:
        return self._study.split_code(code, name, codings, reason=reason, edit=edit)

    def _on_code_history(self, code: str) -> list[dict[str, Any]]:
        return reading.code_history(self._study, code)

    def _on_codebook_at(self, date: str) -> list[dict[str, Any]]:
        return reading.codes(self._study, date)

    def _on_codebook_csv(self, date: str) -> str:
        return self._study.codebook_csv(date)

    def _on_voices(self) -> dict[str, list[str]]:
        speakers, coders = self._study.voices()
        return {"speakers": speakers, "coders": coders}

    def _on_codings_of(self, where: dict[str, str]) -> list[dict[str, Any]]:
        return reading.passages(self._study, where)

    # --- statements --------------------------------------------------------------------------------------------------

    def _on_matrix(self) -> list[dict[str, Any]]:
        return reading.statements(self._study)

    def _on_add_statement(
        self, edit: str, words: str, theme: str, effect: str, determinant: str, codings: list[str]
    ) -> str | None:  # fmt: skip
        return self._study.add_statement(
            words, theme=theme, effect=effect, determinant=determinant, codings=codings, edit=edit
        )

    def _on_change_statement(
        self, edit: str, statement: str, cell: dict[str, str] | None = None, words: str | None = None,
        was: str | None = None,
    ) -> str:  # fmt: skip
        return self._study.change_statement(statement, words=words, was=was, edit=edit, cell=cell)

    def _on_statement_text(self, statement: str) -> str:
        return next((one.text for one in self._study.statements() if one.id == statement), "")

    def _on_remove_statement(self, edit: str, statement: str) -> None:
        self._study.remove_statement(statement, edit=edit)

    def _on_order_statements(self, edit: str, effect: str, determinant: str, ids: list[str]) -> None:
        self._study.order_statements(effect, determinant, ids, edit=edit)

    def _on_support(self, edit: str, statement: str, codings: list[str], counter: bool | None = False) -> None:
        self._study.support(statement, codings, counter=counter, edit=edit)

    # --- memos -------------------------------------------------------------------------------------------------------

    def _on_memos(self, about: str | None = None) -> list[dict[str, Any]]:
        return reading.memos(self._study, about)

    def _on_things(self) -> list[list[Any]]:
        return reading.things(self._study)

    def _on_write_memo(
        self, edit: str, about: str, words: str, memo: str | None = None, was: str | None = None
    ) -> dict[str, Any]:
        identity = self._study.write_memo(about, words, memo=memo, was=was, edit=edit)
        stored = [one.text for one in self._study.memos() if one.id == identity]
        return {"memo": identity, "text": stored[0] if stored else words, "waits": identity is None}

    def _on_memo_text(self, memo: str) -> str:
        return next((one.text for one in self._study.memos() if one.id == memo), "")

    def _on_remove_memo(self, edit: str, memo: str) -> None:
        self._study.remove_memo(memo, edit=edit)

    def _on_link(self, edit: str, one: str, other: str) -> str:
        return self._study.link(one, other, edit=edit)

    def _on_cite(self, edit: str, hypothesis: str, other: str) -> str:
        return self._study.cite(hypothesis, other, edit=edit)

    def _on_unlink(self, edit: str, link: str) -> None:
        self._study.unlink(link, edit=edit)

    # --- correcting --------------------------------------------------------------------------------------------------

    def _on_correct(self, edit: str, source: str, text: str, start: int, end: int, words: str) -> dict[str, Any]:
        moved, lost = self._study.correct_passage(source, start, end, words, text_id=text, edit=edit)
        return {"moved": moved, "lost": len(lost), "text": self._study.source(source).text_id}

    def _on_unplaced(self, source: str) -> list[dict[str, Any]]:
        return reading.unplaced(self._study, source)

    def _on_mask(self, word: str, replacement: str) -> dict[str, Any]:
        masked, held = self._study.mask_word(word, replacement)
        return {"masked": masked, "editions": held}

    # --- finding and looking -----------------------------------------------------------------------------------------

    def _on_find(self, query: str = "", **filters: Any) -> dict[str, Any]:
        return reading.find(self._study, query, **filters)

    def _on_words(self, source: str | None = None, word: str = "") -> dict[str, Any]:
        return reading.words(self._study, source, word)

    def _on_whole(self) -> dict[str, Any]:
        return reading.whole(self._study)
