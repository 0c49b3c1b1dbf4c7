"""What changed between two versions of a text, as edits that carry offsets over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from rapidfuzz.distance import Indel, Levenshtein
from rapidfuzz.fuzz import ratio

from workbench.privacy import Edit, Shift

__all__ = ["carried", "differences", "shift_between"]

SAME_WORD = 75  # per cent of likeness from which a word is the same, spelt otherwise
_PIECE = re.compile(r"\w+|\s+|[^\w\s]")


def differences(old: str, new: str) -> Shift:
    """Return how offsets of `old` move to `new`: by lines first, then by words within the lines that differ."""
    return Shift(list(_edits(old, new)))


def shift_between(old: str, new: str, at: int) -> Shift:
    """Return how offsets of a text move when a passage of it that begins at `at` is replaced."""
    return Shift([Edit(edit.start + at, edit.end + at, edit.replacement) for edit in _word_edits(old, new)])


def carried(shift: Shift, old: str, new: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where a passage of `old` stands in `new`, None where that can't be told.

    A passage of three words or more that was moved whole is found where it stands now, if only there. One is not
    carried, for a person must look, of which less than half of the words is left, or less than half of whose words then
    would be its own.
    """
    passage, place = old[start:end], (shift.start(start), shift.end(end))
    if new[slice(*place)] == passage:
        return place
    if len(passage.split()) > 2 and new.count(passage) == 1:
        found = new.index(passage)
        return found, found + len(passage)
    return place if _is_left(passage.split(), new[slice(*place)].split()) else None


def _is_left(old: list[str], new: list[str]) -> bool:
    """Say whether half the words of a passage or more are left, and are half of what would stand there or more."""
    left = len(old)
    for edit in Levenshtein.editops(old, new):
        same = edit.tag == "replace" and ratio(old[edit.src_pos], new[edit.dest_pos]) >= SAME_WORD
        left -= edit.tag != "insert" and not same
    return left > 0 and 2 * left >= max(len(old), len(new))


def _edits(old: str, new: str) -> Iterator[Edit]:
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            for edit in _word_edits("".join(before[i1:i2]), "".join(after[j1:j2])):
                yield Edit(edit.start + starts[i1], edit.end + starts[i1], edit.replacement)


def _word_edits(old: str, new: str) -> Iterator[Edit]:
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    starts = [0]
    for piece in before:
        starts.append(starts[-1] + len(piece))
    pending: Edit | None = None
    for code in Indel.opcodes(before, after):
        if code.tag == "equal":
            continue
        edit = Edit(
            starts[code.src_start], starts[code.src_end], "".join(after[code.dest_start : code.dest_end])
        )  # fmt: skip
        if pending and pending.end == edit.start:
            pending = Edit(pending.start, edit.end, pending.replacement + edit.replacement)
            continue
        if pending:
            yield pending
        pending = edit
    if pending:
        yield pending
