"""Where everything stands on a network map, and where labels find room: none lies on another.

The person in the middle stands at `CENTRE`; a place is polar, by its sector. The page draws by the same measures, which
it asks for, and by the labels' places as they are found here.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workbench.ink import EM, LINE, Point, fold, width_of
from workbench.pathways.records import Place, Sector, Tie

__all__ = [
    "ARROW",
    "BORDER",
    "CENTRE",
    "HEIGHT",
    "INNER",
    "OUTER",
    "RADIUS",
    "WIDTH",
    "Box",
    "Label",
    "around",
    "arrowheads",
    "lay_labels",
    "name_sectors",
    "nearest",
    "place_at",
    "point",
    "side_by_side",
    "stretched",
]

WIDTH, HEIGHT = 1240.0, 1000.0
INNER, OUTER = 75.0, 400.0  # radii at which distance 0 and 1 stand
RADIUS = 14.0
APART = 3.0  # units between a label and everything else
MANY = 120  # points from which on labels are sought near by only
FARTHEST, NEAR = 520, 31  # units that a label may stand from its point, and among many
BORDER = 30.0  # units from distance 1 to the circle
LINES_APART = 7.0
ARROW = 18.0  # units from side to side
BOLD = 1.1  # how much wider bold type is


CENTRE = Point(WIDTH / 2, HEIGHT / 2)


class Box(NamedTuple):
    """A rectangle in the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Say whether two rectangles share more than an edge."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True)
class Label:
    """What is written beside one point: its lines, the middle of the first line's baseline, and the room it takes."""

    lines: tuple[str, ...]
    at: Point
    box: Box


def point(place: Place, sectors: Sequence[Sector]) -> Point:
    """Return where a place is; sectors stand clockwise in their order, the first from the top."""
    index = next(i for i, sector in enumerate(sectors) if sector.id == place.sector_id)
    turn = 2 * math.pi * (index + place.bearing) / len(sectors)
    return place_at(turn, INNER + place.distance * (OUTER - INNER))


def place_at(turn: float, radius: float) -> Point:
    """Return where a direction and a distance lead, in radians clockwise from the top."""
    return Point(CENTRE.x + radius * math.sin(turn), CENTRE.y - radius * math.cos(turn))


# --- lines ---


def side_by_side(ties: Sequence[Tie]) -> list[float]:
    """Return how many units each line stands aside from the straight way, so that several between a pair are seen.

    To the right of the way from the one of the pair whose id is less.
    """
    of_pair: dict[tuple[str, ...], list[int]] = {}
    for number, tie in enumerate(ties):
        of_pair.setdefault(tuple(sorted((tie.one, tie.other))), []).append(number)
    aside = [0.0] * len(ties)
    for numbers in of_pair.values():
        for n, number in enumerate(numbers):
            aside[number] = (n - (len(numbers) - 1) / 2) * LINES_APART
    return aside


def stretched(tie: Tie, points: Mapping[str, Point], aside: float) -> tuple[Point, Point]:
    """Return where the line of a tie begins and ends: at the edges of its two signs."""
    one, other = points[tie.one], points[tie.other]
    long = math.dist(one, other) or 1.0
    along = Point((other.x - one.x) / long, (other.y - one.y) / long)
    right = aside if tie.one <= tie.other else -aside
    x, y = -along.y * right, along.x * right
    start = Point(one.x + along.x * RADIUS + x, one.y + along.y * RADIUS + y)
    return start, Point(other.x - along.x * RADIUS + x, other.y - along.y * RADIUS + y)


def arrowheads(ties: Sequence[Tie], points: Mapping[str, Point]) -> list[Box]:
    """Return the room that arrowheads take: a label over one would hide the direction."""
    ends = (stretched(tie, points, aside) for tie, aside in zip(ties, side_by_side(ties), strict=True))
    return [around(end, ARROW, ARROW) for _start, end in ends]


# --- labels ---


def name_sectors(names: Sequence[str], em: float = EM) -> list[Label]:
    """Return where the names of the sectors stand: outside the circle, in the middle of each."""
    return [_name_of(name, 2 * math.pi * (index + 0.5) / len(names), em) for index, name in enumerate(names)]


def _name_of(name: str, turn: float, em: float) -> Label:
    lines = fold(name)
    width, height = max(map(width_of, lines)) * BOLD * em, len(lines) * LINE * em
    edge = OUTER + BORDER + APART
    tried = (around(place_at(turn, edge + step), width, height) for step in range(0, int(width), 2))
    outside = (box for box in tried if math.dist(nearest(box, CENTRE), CENTRE) >= edge)
    return _label(lines, _inside(next(outside, around(place_at(turn, edge + width), width, height))), em)


def around(at: Point, width: float, height: float) -> Box:
    """Return the rectangle whose middle is a point."""
    return Box(at.x - width / 2, at.y - height / 2, at.x + width / 2, at.y + height / 2)


def _inside(box: Box) -> Box:
    """Move a rectangle so far that it stands inside the picture."""
    x = max(0.0, -box.left) - max(0.0, box.right - WIDTH)
    y = max(0.0, -box.top) - max(0.0, box.bottom - HEIGHT)
    return Box(box.left + x, box.top + y, box.right + x, box.bottom + y)


def nearest(box: Box, at: Point) -> Point:
    """Return the point of a rectangle that is nearest to another."""
    return Point(min(max(at.x, box.left), box.right), min(max(at.y, box.top), box.bottom))


def _label(lines: tuple[str, ...], box: Box, em: float) -> Label:
    return Label(lines, Point((box.left + box.right) / 2, box.top + em), box)


def lay_labels(
    words: Mapping[str, str], points: Mapping[str, Point], em: float = EM, taken_by: Iterable[Box] = ()
) -> dict[str, Label]:
    """Find a place for the label of each point where it meets no other label and no point, the nearest first.

    `em` is the size of the type in the picture's units; `taken_by` is what stands there already. A label that finds no
    room at all is left out.
    """
    taken = _Taken()
    for there in taken_by:
        taken.add(there)
    taken.add(Box(CENTRE.x - INNER / 2, CENTRE.y - INNER / 2, CENTRE.x + INNER / 2, CENTRE.y + INNER / 2))
    for at in points.values():
        taken.add(Box(at.x - RADIUS, at.y - RADIUS, at.x + RADIUS, at.y + RADIUS))
    found = {}
    far = FARTHEST if len(words) <= MANY else NEAR
    # Who stands further in has less room around.
    for key in sorted(words, key=lambda key: (math.dist(points[key], CENTRE), key)):
        lines = fold(words[key])
        size = (max(width_of(line) for line in lines) * em, len(lines) * LINE * em)
        box = next((box for box in _candidates(points[key], *size, far) if taken.has_room(box)), None)
        if box is not None:
            taken.add(box)
            found[key] = _label(lines, box, em)
    return found


class _Taken:
    """The rectangles that are taken, by the squares of a grid they lie in."""

    STEP = 60.0

    def __init__(self) -> None:
        self._squares: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        for square in self._squares_of(box):
            self._squares.setdefault(square, []).append(box)

    def has_room(self, box: Box) -> bool:
        if min(box.left, box.top) < 0 or box.right > WIDTH or box.bottom > HEIGHT:
            return False
        wide = Box(box.left - APART, box.top - APART, box.right + APART, box.bottom + APART)
        return not any(
            wide.meets(other) for square in self._squares_of(wide) for other in self._squares.get(square, ())
        )

    def _squares_of(self, box: Box) -> Iterable[tuple[int, int]]:
        left, top, right, bottom = (int(edge // self.STEP) for edge in box)
        return itertools.product(range(left, right + 1), range(top, bottom + 1))


_ROUND = [math.pi * step / 8 for step in (8, 0, 4, 12, 6, 10, 2, 14, 7, 9, 5, 11, 3, 13, 1, 15)]  # from below, round


def _candidates(at: Point, width: float, height: float, far: int) -> Iterable[Box]:
    """Where a label may stand: around its point, nearest first, so many units away at most."""
    for away in itertools.chain((4, 14), range(30, far, 24)):
        for turn in _ROUND:
            x = at.x + math.sin(turn) * (RADIUS + away + width / 2)
            y = at.y - math.cos(turn) * (RADIUS + away + height / 2)
            yield around(Point(x, y), width, height)
