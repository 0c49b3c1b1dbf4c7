"""Find a quote in a text as a person would: line breaks, white space, hyphens at line ends and quotation marks aside.

Offsets are code points of the text searched, half-open.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

__all__ = ["Searchable"]

_IGNORED = re.compile(
    "[\\s\u00ad\u200b\ufeff\"'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a\u2010\u2011-]"
)
_LEFT_OUT = re.compile(r"\[\s*(?:\u2026|\.\.\.)\s*\]|\(\s*(?:\u2026|\.\.\.)\s*\)")
FARTHEST = 5_000  # code points that "[…]" may stand for


class Searchable:
    """A text prepared for finding quotes in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        kept: list[str] = []
        self._places: list[int] = []
        for place, character in enumerate(text):
            for folded in _fold(character):
                kept.append(folded)
                self._places.append(place)
        self._folded = "".join(kept)

    def find(self, quote: str) -> list[tuple[int, int]]:
        """Return every place of a quote; `[…]` in it stands for left-out words.

        Places where it begins or ends inside a word count only when there are no others.
        """
        parts = [_fold_all(part) for part in _LEFT_OUT.split(unicodedata.normalize("NFC", quote))]
        parts = [part for part in parts if part]
        if not parts:
            return []
        places = [(self._places[start], self._places[end - 1] + 1) for start, end in self._spans(parts)]
        return [place for place in places if self._is_whole(*place)] or places

    def _is_whole(self, start: int, end: int) -> bool:
        cut_before = start > 0 and self._text[start - 1].isalnum() and self._text[start].isalnum()
        cut_after = end < len(self._text) and self._text[end].isalnum() and self._text[end - 1].isalnum()
        return not (cut_before or cut_after)

    def _spans(self, parts: list[str]) -> Iterator[tuple[int, int]]:
        at = self._folded.find(parts[0])
        while at >= 0:
            end: int | None = at + len(parts[0])
            for part in parts[1:]:
                assert end is not None
                following = self._folded.find(part, end, end + FARTHEST)
                end = following + len(part) if following >= 0 else None
                if end is None:
                    break
            if end is not None:
                yield at, end
            at = self._folded.find(parts[0], at + 1)


def _fold(character: str) -> str:
    return "" if _IGNORED.match(character) else character.casefold()


def _fold_all(text: str) -> str:
    return "".join(map(_fold, text))
