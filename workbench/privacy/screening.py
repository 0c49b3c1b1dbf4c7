"""The one way for words into the store: find what identifies, let a person or a rule decide, mask.

A mask is data over a text: where it stands, what it hides (a type and an id in the register, never the word), and what
is shown. The words themselves stay sealed in the vault.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal, NamedTuple

from workbench.privacy.recognisers import Finding, find
from workbench.privacy.register import Register

__all__ = [
    "Decide",
    "Decision",
    "Edit",
    "Mask",
    "Screened",
    "Shift",
    "accept_certain",
    "apply_edits",
    "in_raw",
    "screen",
    "typed",
]

Decision = Literal["mask", "keep", "open"]
Decide = Callable[[str, Finding], Decision]


class Edit(NamedTuple):
    """Replace `[start, end)` of a text, in code points, by other words."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True)
class Mask:
    """A masked span `[start, end)` of the masked text, made from `[raw_start, raw_end)` of the text before it."""

    start: int
    end: int
    raw_start: int
    raw_end: int
    type: str
    replacement: str
    register_id: str | None


@dataclass(frozen=True)
class Screened:
    """A text without its identifiers; offsets of masks and open findings are those of `text`."""

    text: str
    edits: tuple[Edit, ...]
    masks: tuple[Mask, ...]
    open: tuple[Finding, ...]


def accept_certain(_text: str, finding: Finding) -> Decision:
    """Mask what is certain, leave the rest for a person."""
    return "mask" if finding.status == "auto" else "open"


def screen(text: str, register: Register, decide: Decide = accept_certain, known: Sequence[Finding] = ()) -> Screened:
    """Return a text with its identifiers masked.

    `known` are findings made elsewhere (a speaker's label, say), masked in any case; they win over what is found here.
    """
    found = [f for f in find(text, register) if all(f.end <= k.start or k.end <= f.start for k in known)]
    decided = [(finding, decide(text, finding)) for finding in found]
    hidden = sorted([*known, *(f for f, decision in decided if decision == "mask")], key=lambda f: f.start)
    edits = tuple(Edit(f.start, f.end, f.replacement) for f in hidden)
    moved = Shift(edits)
    masks = tuple(
        Mask(moved.start(f.start), moved.end(f.end), f.start, f.end, f.type, f.replacement, f.register_id)
        for f in hidden
    )
    waiting = tuple(
        replace(f, start=moved.start(f.start), end=moved.end(f.end)) for f, decision in decided if decision == "open"
    )
    return Screened(apply_edits(text, edits), edits, masks, waiting)


def in_raw(mask: Mask, before: Sequence[Mask]) -> Mask:
    """Return a mask made on an already masked text with its place in the sealed raw; `before` are the earlier masks."""
    back = Shift([Edit(m.start, m.end, "x" * (m.raw_end - m.raw_start)) for m in before])
    return replace(mask, raw_start=back.start(mask.raw_start), raw_end=back.end(mask.raw_end))


def typed(mask: Mask, at: int, before: Sequence[Mask]) -> Mask:
    """Return a mask over words typed into a text at `at`: in the sealed raw they never stood, so there it is empty."""
    back = Shift([Edit(m.start, m.end, "x" * (m.raw_end - m.raw_start)) for m in before])
    return replace(mask, raw_start=back.start(at), raw_end=back.start(at))


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Return `text` with the edits made; they are in order and do not overlap."""
    parts, at = [], 0
    for edit in edits:
        parts += [text[at : edit.start], edit.replacement]
        at = edit.end
    return "".join([*parts, text[at:]])


class Shift:
    """Carries offsets of a text before some edits to the text after them. The edits are in order, without overlaps."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._starts = [edit.start for edit in edits]
        self._ends = [edit.end for edit in edits]
        grown = (len(edit.replacement) - (edit.end - edit.start) for edit in edits)
        self._grown = list(accumulate(grown, initial=0))
        self._edits = edits

    def start(self, offset: int) -> int:
        """Return where something that begins at `offset` begins now: inside a replaced span, at its replacement."""
        index = bisect_right(self._ends, offset)
        if index < len(self._edits) and self._starts[index] < offset:
            return self._starts[index] + self._grown[index]
        return offset + self._grown[index]

    def end(self, offset: int) -> int:
        """Return where something that ends before `offset` ends now: inside a replaced span, after its replacement.

        Words inserted right at the end stay outside.
        """
        index = bisect_right(self._ends, offset)
        while index and self._starts[index - 1] == self._ends[index - 1] == offset:
            index -= 1
        if index < len(self._edits) and self._starts[index] < offset:
            return self._starts[index] + self._grown[index] + len(self._edits[index].replacement)
        return offset + self._grown[index]
