"""Lay a text out in rows to read: a row is a turn, or a paragraph of what stands between turns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from workbench.material.records import StoredTurn

__all__ = ["Row", "rows"]

_PARAGRAPH = re.compile(r"\S(?:.*\S)?(?:\n(?=[^\n\s]).*\S)*", re.MULTILINE)
_LAST_LINE = re.compile(r"[^\n]*\S[^\n]*\s*$")


class Row(NamedTuple):
    """`[start, end)` in code points, who speaks (None where nobody does), when, and the number of its first line."""

    start: int
    end: int
    speaker_id: str | None
    time: str | None
    line: int


def rows(text: str, turns: Sequence[StoredTurn]) -> list[Row]:
    """Return a text's rows in order. The line before a turn that tells who speaks is not shown over again."""
    marked = sorted((turn for turn in turns if turn.number), key=lambda turn: turn.start)
    found: list[Row] = []
    at, counted, line = 0, 0, 1

    def lay(start: int, end: int, speaker_id: str | None, time: str | None) -> None:
        nonlocal counted, line
        line += text.count("\n", counted, start)
        counted = start
        found.append(Row(start, end, speaker_id, time, line))

    for turn in marked:
        for start, end in _paragraphs(text, at, turn.start, before_turn=True):
            lay(start, end, None, None)
        lay(turn.start, turn.end, turn.speaker_id, turn.time)
        at = turn.end
    for start, end in _paragraphs(text, at, len(text), before_turn=False):
        lay(start, end, None, None)
    return found


def _paragraphs(text: str, start: int, end: int, *, before_turn: bool) -> Iterator[tuple[int, int]]:
    between = text[start:end]
    if before_turn and (label := _LAST_LINE.search(between)):
        between = between[: label.start()]
    for match in _PARAGRAPH.finditer(between):
        yield start + match.start(), start + match.end()
