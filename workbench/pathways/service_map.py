"""All services by level, and between which something goes on: the map, and its picture."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from workbench.ink import COLOUR, EM, LINE, PLAIN, Ink, Point, fold, framed, line, width_of, words_at
from workbench.locale import _, sort_key
from workbench.pathways.courses.continuity import Episode, met
from workbench.pathways.curves import Box, Curve, curves, on
from workbench.pathways.labels import LEVEL_LABELS

__all__ = ["Between", "Seen", "ServiceMap", "Told", "draw_services", "flows"]


@dataclass(frozen=True)
class Told:
    """A turn, or where a text has none a coded passage, in which two services are named together."""

    source: str
    text_id: str
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Seen:
    """A service with its level; `coordinates` where somebody of it does."""

    id: str
    label: str
    level: str
    coordinates: bool = False


@dataclass(frozen=True)
class Between:
    """What goes on between two services: in how many networks a line is drawn, in how many courses help went from one
    to the other, and where both are told of in one turn. With direction it goes from `one` to `other`."""

    one: str
    other: str
    networks: int = 0
    courses: int = 0
    told: tuple[Told, ...] = ()

    @property
    def weight(self) -> int:
        """How often something goes on between them."""
        return self.networks + self.courses + len(self.told)


@dataclass(frozen=True)
class ServiceMap:
    """Services by level and name, and what goes on between them, the most first."""

    services: tuple[Seen, ...]
    between: tuple[Between, ...]

    @classmethod
    def of(cls, services: Iterable[Seen], between: Iterable[Between]) -> ServiceMap:
        """Return both in the order in which they are shown."""
        order = [*LEVEL_LABELS, ""]
        return cls(
            tuple(sorted(services, key=lambda one: (order.index(one.level), sort_key(one.label)))),
            tuple(sorted(between, key=lambda one: (-one.weight, one.one, one.other))),
        )


def flows(courses: Iterable[Sequence[Episode]]) -> dict[tuple[str, str], int]:
    """Return in how many courses help went from one service on to another, in the order in which episodes began."""
    found: Counter[tuple[str, str]] = Counter()
    for episodes in courses:
        steps = itertools.pairwise(one.service for one in met(episodes))
        found.update({(one, other) for one, other in steps if one != other})
    return dict(found)


# --- the picture ---

WIDTH = 1240.0
MARGIN = 16.0
TOP = 70.0  # units that the names of the levels take
GAP = 34.0  # units from box to box
PAD = 10.0
APART = 16.0  # units that a line with direction arrives lower than others leave
CLEAR = 54.0  # units from the top below which lines may pass
LOWER = 44.0  # units that every other column begins lower
THICK = (1.5, 8.0)  # how thick the thinnest line is, and the thickest
FEW = 8  # a weight from which on a line is as thick as can be, where none has more
ROUND = 12.0  # units that a number takes around its middle


def draw_services(shown: ServiceMap, title: str, *, directed: bool = False, plain: bool = False) -> str:
    """Return services as SVG, a column for each level, in colour or `plain` black and white.

    A line is the thicker the more goes on; its number stands on it where there is room, and in the table beside.
    """
    ink = PLAIN if plain else COLOUR
    levels = [level for level in (*LEVEL_LABELS, "") if any(one.level == level for one in shown.services)]
    boxes = _boxes(shown.services, levels)
    lines = curves(
        [(boxes[one.one], boxes[one.other]) for one in shown.between],
        list(boxes.values()),
        CLEAR,
        APART if directed else 0,
    )
    lowest = [box.y + box.high for box in boxes.values()] + [at.y for curve in lines for piece in curve for at in piece]
    high = max(lowest, default=TOP) + GAP
    most = max((one.weight for one in shown.between), default=1)
    drawn = list(zip(shown.between, lines, strict=True))
    parts = [_arrow(ink)] if directed else []
    for n, level in enumerate(levels):
        x = MARGIN + (n + 0.5) * (WIDTH - 2 * MARGIN) / len(levels)
        named = _(LEVEL_LABELS[level]) if level else _("No level told")
        parts.append(words_at([named], Point(x, 30), more='font-weight="bold"'))
    parts.append(line(Point(MARGIN, 46), Point(WIDTH - MARGIN, 46), ink.quiet, "", 1))
    parts += [_line(one, curve, most, directed, ink) for one, curve in reversed(drawn)]
    for one in shown.services:
        parts += _service(one, boxes[one.id], ink)
    if not shown.services:
        parts.append(words_at([_("No two services are told of together yet.")], Point(WIDTH / 2, 80)))
    return framed(WIDTH, high, title, [*parts, *_numbers(drawn, boxes.values())])


def _boxes(services: Sequence[Seen], levels: Sequence[str]) -> dict[str, Box]:
    column = (WIDTH - 2 * MARGIN) / max(1, len(levels))
    wide = min(210.0, column - 60)
    found: dict[str, Box] = {}
    # Every other column begins lower, so that lines to the next pass beside its boxes.
    ends = {level: TOP + n % 2 * LOWER for n, level in enumerate(levels)}
    for one in services:
        n = levels.index(one.level)
        lines = fold(one.label) + ((_("coordinates"),) if one.coordinates else ())
        high = len(lines) * LINE * EM + 2 * PAD
        needed = max(wide, max(map(width_of, lines)) * EM + PAD)
        x = MARGIN + (n + 0.5) * column - needed / 2
        found[one.id] = Box(x, ends[one.level], needed, high, n, lines)
        ends[one.level] += high + GAP
    return found


def _arrow(ink: Ink) -> str:
    return (
        '<defs><marker id="to" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="14" markerHeight="14" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L10 5L0 10z" fill="{ink.edge}"/></marker></defs>'
    )


def _line(one: Between, curve: Curve, most: int, directed: bool, ink: Ink) -> str:
    x, y = curve[0][0]
    width = THICK[0] + (THICK[1] - THICK[0]) * (one.weight - 1) / max(FEW, most - 1)
    way = " ".join(f"{at.x:.1f},{at.y:.1f}" for piece in curve for at in piece[1:])
    arrow = ' marker-end="url(#to)"' if directed else ""
    return f'<path d="M{x:.1f},{y:.1f} C{way}" fill="none" stroke="{ink.quiet}" stroke-width="{width:.1f}"{arrow}/>'


def _service(one: Seen, box: Box, ink: Ink) -> list[str]:
    width = 4 if one.coordinates else 1.5
    shape = (
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.wide:.1f}" height="{box.high:.1f}" rx="6" fill="#ffffff" '
        f'stroke="{ink.edge}" stroke-width="{width:g}"><title>{escape(one.label)}</title></rect>'
    )
    return [shape, words_at(box.lines, Point(box.x + box.wide / 2, box.y + PAD + EM))]


def _numbers(drawn: Iterable[tuple[Between, Curve]], boxes: Iterable[Box]) -> list[str]:
    """How much goes on, on each line where the number covers no box and no other number."""
    taken = [(box.x, box.y, box.x + box.wide, box.y + box.high) for box in boxes]
    parts = []
    for one, curve in drawn:
        for t in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.12, 0.88):
            at = on(curve, t)
            box = (at.x - ROUND, at.y - ROUND, at.x + ROUND, at.y + ROUND)
            if not any(_meet(box, other) for other in taken):
                taken.append(box)
                parts.append(words_at([str(one.weight)], Point(at.x, at.y + EM * 0.35), more='font-weight="bold"'))
                break
    return parts


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
