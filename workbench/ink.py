"""What pictures share: type, ink, and words and lines in SVG."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

__all__ = [
    "COLOUR", "EM", "FONTS", "LINE", "PLAIN", "Ink", "Point", "fold", "framed", "line", "width_of", "words_at",
]  # fmt: skip

EM = 16.0
LINE = 1.2  # em from line to line
WIDEST = 8.0  # em that a line of a label has, where its words allow
# One of these is on every system; a drawing program does not know what sans-serif is.
FONTS = "Arial, Helvetica, 'DejaVu Sans', 'Liberation Sans', sans-serif"


class Point(NamedTuple):
    """A place in the picture, in its units from the top left."""

    x: float
    y: float


@dataclass(frozen=True)
class Ink:
    """How things look in colour, or in print without."""

    person: str
    service: str
    line: str
    quiet: str
    edge: str


COLOUR = Ink(person="#1f5673", service="#b35c00", line="#4a5159", quiet="#767d85", edge="#1b1f24")
PLAIN = Ink(person="#ffffff", service="#000000", line="#000000", quiet="#000000", edge="#000000")


def fold(words: str) -> tuple[str, ...]:
    """Return words in lines of a label, none longer than its longest word needs."""
    lines: list[str] = []
    for word in words.split():
        if lines and width_of(lines[-1]) + width_of(" ") + width_of(word) <= WIDEST:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return tuple(lines) or ("–",)


_NARROW = frozenset("fijlrtIJ.,:;'’|!()[]-– ")
_WIDE = frozenset("mwMW%@&—…")


def width_of(words: str) -> float:
    """Return how long words are at most, in em: as wide as the widest of the fonts that a system may have."""
    return sum(map(_character_width, words))


def _character_width(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return 1.1
    if character in _NARROW:
        return 0.42
    if character in _WIDE:
        return 1.05
    return 0.78 if character.isupper() else 0.66


def framed(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    """Return an SVG picture on white, told by its title to whoever can't see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" aria-label="{escape(title)}" font-family="{FONTS}" font-size="{EM:g}">'
        f'<title>{escape(title)}</title><rect width="{width:g}" height="{height:g}" fill="#ffffff"/>'
        f"{''.join(parts)}</svg>"
    )


def line(one: Point, other: Point, colour: str, more: str, width: float = 1.5) -> str:
    """Return a straight line."""
    return (
        f'<line x1="{one.x:.1f}" y1="{one.y:.1f}" x2="{other.x:.1f}" y2="{other.y:.1f}" stroke="{colour}" '
        f'stroke-width="{width:g}" {more}/>'
    )


def words_at(lines: Sequence[str], at: Point, anchor: str = "middle", more: str = "") -> str:
    """Return words whose first baseline is at a point, in lines below one another."""
    # A halo keeps words readable where a line passes behind them.
    spans = "".join(
        f'<tspan x="{at.x:.1f}" y="{at.y + index * LINE * EM:.1f}">{escape(line)}</tspan>'
        for index, line in enumerate(lines)
    )
    return (
        f'<text text-anchor="{anchor}" fill="#1b1f24" stroke="#ffffff" stroke-width="4" stroke-linejoin="round" '
        f'paint-order="stroke" {more}>{spans}</text>'
    )
