"""Boxes in columns, and curves from box to box that lead past those in between."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.ink import Point

__all__ = ["Box", "Curve", "curves", "on"]

BESIDE = 8.0  # units that a curve keeps from a box it passes
WIDEST = 72.0  # units that the handles of a curve stand out at most: three quarters of it are seen
TRACK = 7.0  # units between two curves that pass through the same gap


@dataclass(frozen=True)
class Box:
    """A box with words in lines, in a column counted from the left."""

    x: float
    y: float
    wide: float
    high: float
    column: int
    lines: tuple[str, ...]

    def side(self, right: bool, lower: float = 0) -> Point:
        """The middle of its left or right side, so many units `lower`."""
        return Point(self.x + self.wide if right else self.x, self.y + self.high / 2 + lower)


Piece = tuple[Point, Point, Point, Point]
Curve = tuple[Piece, ...]  # cubic Bézier curves, each going on where the one before ends


def curves(pairs: Iterable[tuple[Box, Box]], boxes: Sequence[Box], top: float, apart: float = 0) -> list[Curve]:
    """Return a curve for each pair; none crosses a box of a column between, or goes above `top`.

    `apart` is how many units lower they arrive than they leave.
    """
    passing = _Passing(boxes, top)
    return [_curve(one, other, passing, apart / 2) for one, other in pairs]


def on(curve: Curve, t: float) -> Point:
    """A point of a curve, `t` from 0 to 1 along it."""
    n = min(int(t * len(curve)), len(curve) - 1)
    t = t * len(curve) - n
    shares = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    return Point(
        sum(share * at.x for share, at in zip(shares, curve[n], strict=True)),
        sum(share * at.y for share, at in zip(shares, curve[n], strict=True)),
    )


def _curve(one: Box, other: Box, passing: _Passing, apart: float) -> Curve:
    """A curve from box to box; within a column it bends out at the right."""
    if one.column == other.column:
        start, end = one.side(True, -apart), other.side(True, apart)
        bend = min(WIDEST, 24 + abs(end.y - start.y) * 0.16)
        return ((start, Point(start.x + bend, start.y), Point(end.x + bend, end.y), end),)
    way = 1 if one.column < other.column else -1
    start, end = one.side(way > 0, -apart), other.side(way < 0, apart)
    stops = [start]
    for column in range(one.column + way, other.column, way):
        stops += passing.through(column, stops[-1], end)
    stops.append(end)
    return tuple(_flat(*pair) for pair in itertools.pairwise(stops))


def _flat(start: Point, end: Point) -> Piece:
    """A curve that leaves and arrives level."""
    bend = (end.x - start.x) * 0.5
    return start, Point(start.x + bend, start.y), Point(end.x - bend, end.y), end


class _Passing:
    """Where curves pass a column: in its gaps, no two at one height."""

    def __init__(self, boxes: Sequence[Box], top: float) -> None:
        self._columns: dict[int, list[Box]] = {}
        self._taken: dict[int, list[float]] = {}
        self._top = top
        for box in sorted(boxes, key=lambda box: box.y):
            self._columns.setdefault(box.column, []).append(box)

    def through(self, column: int, start: Point, end: Point) -> list[Point]:
        """Return where a curve enters a column's gap and where it leaves it, as near to the straight way as may be."""
        boxes = self._columns[column]
        left, right = min(box.x for box in boxes) - BESIDE, max(box.x + box.wide for box in boxes) + BESIDE
        middle = (left + right) / 2
        wished = start.y + (end.y - start.y) * (middle - start.x) / (end.x - start.x)
        taken = self._taken.setdefault(column, [])
        y = min(self._free(boxes, taken, wished), key=lambda y: abs(y - wished))
        taken.append(y)
        enter, leave = (left, right) if start.x < end.x else (right, left)
        return [Point(enter, y), Point(leave, y)]

    def _free(self, boxes: Sequence[Box], taken: Sequence[float], wished: float) -> Iterable[float]:
        """The heights nearest to the one wished at which nothing stands: below the column there always is one."""
        below = [self._top, *(box.y + box.high + BESIDE for box in boxes)]
        above = [*(box.y - BESIDE for box in boxes), math.inf]
        for low, high in zip(below, above, strict=True):
            near = [wished, low, high, *(used + step for used in taken for step in (-TRACK, TRACK))]
            inside = (y for y in near if low <= y <= high and y < math.inf)
            yield from (y for y in inside if all(abs(y - used) > TRACK - 1 for used in taken))
