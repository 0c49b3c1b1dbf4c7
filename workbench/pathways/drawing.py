"""The network map as a picture: SVG in colour or black and white, and what changed since an earlier map."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from workbench.ink import COLOUR, EM, PLAIN, Ink, Point, framed, line, width_of, words_at
from workbench.locale import _
from workbench.pathways.changes import difference
from workbench.pathways.geometry import (
    BORDER,
    CENTRE,
    HEIGHT,
    INNER,
    OUTER,
    RADIUS,
    WIDTH,
    Label,
    around,
    arrowheads,
    lay_labels,
    name_sectors,
    nearest,
    place_at,
    point,
    side_by_side,
    stretched,
)
from workbench.pathways.labels import ACTOR_LABELS, TIE_LABELS
from workbench.pathways.records import Actor, Place, Sector, Tie

__all__ = ["Earlier", "MapPicture", "svg"]

LEGEND = 45.0  # units from row to row of the legend
CAME, WENT, CHANGED = "+", "−", "≠"


@dataclass(frozen=True)
class MapPicture:
    """Everything that a map's picture shows; `middle` is what the person in the middle is called."""

    title: str
    middle: str
    sectors: Sequence[tuple[Sector, str]]
    actors: Sequence[Actor]
    places: Mapping[str, Place]
    ties: Sequence[Tie]
    directed: bool = False


@dataclass(frozen=True)
class Earlier:
    """What stood on an earlier map of the same network."""

    places: Mapping[str, Place]
    ties: Sequence[Tie]


_MARK = 11.0  # radius of the sign on a line that came or went
_BESIDE = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7))
_DASHES = {"information": "9 5", "referral": "2 5", "meetings": "14 4 2 4", "support": "20 3"}


def svg(picture: MapPicture, *, plain: bool = False, before: Earlier | None = None) -> str:
    """Return a map as SVG, in colour or `plain` black and white: persons are circles, services squares.

    With an earlier map, `before`, a dashed trace leads from where somebody stood to where they stand now, who came has
    a plus, and who went is an empty dashed sign with a minus; so do a line that is new and one that is gone,
    and one of another kind or strength is marked.
    """
    ink = PLAIN if plain else COLOUR
    sectors = [sector for sector, _label in picture.sectors]
    points = {key: point(place, sectors) for key, place in picture.places.items()}
    names = name_sectors([label for _sector, label in picture.sectors])
    was = {key: point(place, sectors) for key, place in (before.places if before else {}).items()}
    everywhere = {**points, **_gone(was, points)}
    lines = _lines(picture, before, everywhere)
    signs = [_mark_of(one) for one in lines if one.sign]
    turned = was.keys() ^ points.keys() if before else ()
    alone = [_mark(WENT if key in was else CAME, everywhere[key]) for key in turned]
    words = {one.id: one.label for one in picture.actors if one.id in everywhere}
    heads = arrowheads(picture.ties, everywhere) if picture.directed else []
    taken = [*(label.box for label in (*names, *signs, *alone)), *heads]
    labels = lay_labels(words, everywhere, taken_by=taken)
    legend, more = _legend([*_signs(picture, ink), *(_signs_of_change(was, points, lines, ink) if before else [])])
    parts = [
        *_arrows(picture.directed, ink),
        *_sectors(names, ink),
        *(_line(one, picture.directed, ink) for one in lines),
        *(_signed(mark, ink) for mark in signs),
        f'<circle cx="{CENTRE.x:g}" cy="{CENTRE.y:g}" r="{INNER / 2:g}" fill="#ffffff" stroke="{ink.edge}" '
        'stroke-width="2.5"/>',
        words_at([picture.middle], Point(CENTRE.x, CENTRE.y + EM * 0.35)),
    ]
    for one in picture.actors:
        if before:
            stood = was.get(one.id) if one.id in points else everywhere.get(one.id)
            parts += _trace(stood, points.get(one.id), ink)
        if one.id in everywhere:
            kind = one.kind if one.id in points else "uncounted"
            parts += _actor(replace(one, kind=kind), everywhere[one.id], labels.get(one.id), ink)
    return framed(WIDTH, HEIGHT + more, picture.title, [*parts, *legend])


def _arrows(directed: bool, ink: Ink) -> list[str]:
    if not directed:
        return []
    return [
        '<defs><marker id="arrow" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="18" markerHeight="18" '
        'markerUnits="userSpaceOnUse" '
        f'orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="{ink.line}"/></marker></defs>'
    ]


def _sectors(names: Sequence[Label], ink: Ink) -> list[str]:
    parts = [
        f'<circle cx="{CENTRE.x:g}" cy="{CENTRE.y:g}" r="{OUTER + BORDER:g}" fill="none" stroke="{ink.quiet}" '
        'stroke-width="1.5"/>'
    ]
    for index, name in enumerate(names):
        start, end = (place_at(2 * math.pi * index / len(names), radius) for radius in (INNER / 2, OUTER + BORDER))
        if len(names) > 1:
            parts.append(line(start, end, ink.quiet, 'stroke-dasharray="3 6"'))
        parts.append(words_at(name.lines, name.at, more='font-weight="bold"'))
    return parts


def _actor(one: Actor, at: Point, label: Label | None, ink: Ink) -> list[str]:
    parts = []
    if label is not None:  # a label that stands apart hangs on a line
        near = nearest(label.box, at)
        if math.dist(at, near) > 2 * RADIUS:
            parts.append(line(at, near, ink.quiet, "", 1))
    parts.append(_sign(one.kind, at, ink))
    if one.coordinates:
        parts.append(_ring(at, ink))
    if label is not None:
        parts.append(words_at(label.lines, label.at))
    return parts


def _trace(was: Point | None, stands: Point | None, ink: Ink) -> list[str]:
    if was is None or stands is None:
        return [_words_of(_mark(CAME if stands else WENT, at)) for at in (was, stands) if at]
    if math.dist(was, stands) < RADIUS:
        return []
    return [_sign("uncounted", was, ink), line(was, stands, ink.quiet, 'stroke-dasharray="5 4"', 2)]


def _gone(was: Mapping[str, Point], points: Mapping[str, Point]) -> dict[str, Point]:
    """Where those stand who went: where they stood, or beside it where somebody else stands by now."""
    found: dict[str, Point] = {}
    for key in (key for key in was if key not in points):  # in their order: the same maps are the same picture
        taken = [*points.values(), *found.values()]
        tried = (Point(was[key].x + 3 * RADIUS * x, was[key].y + 3 * RADIUS * y) for x, y in _BESIDE)
        free = (at for at in tried if all(math.dist(at, other) > 2 * RADIUS for other in taken))
        found[key] = next(free, was[key])
    return found


class _Line(NamedTuple):
    """A tie as a line; with a `sign` it came, went, or is of another kind or strength than on an earlier map."""

    tie: Tie
    sign: str
    start: Point
    end: Point


def _lines(picture: MapPicture, before: Earlier | None, points: Mapping[str, Point]) -> list[_Line]:
    """The lines of a map, and those that are gone since an earlier one; several between a pair stand side by side."""
    told = [(tie, "") for tie in picture.ties]
    if before:
        changed = difference(before.places.values(), before.ties, picture.places.values(), picture.ties)
        signs = dict.fromkeys(changed.new_ties, CAME) | dict.fromkeys(changed.changed_ties, CHANGED)
        told = [(tie, signs.get((tie.one, tie.other), "")) for tie in picture.ties]
        told += [(tie, WENT) for tie in before.ties if (tie.one, tie.other) in changed.gone_ties]
    there = [(tie, sign) for tie, sign in told if {tie.one, tie.other} <= points.keys()]
    aside = side_by_side([tie for tie, _sign in there])
    return [_Line(tie, sign, *stretched(tie, points, far)) for (tie, sign), far in zip(there, aside, strict=True)]


def _line(one: _Line, directed: bool, ink: Ink) -> str:
    arrow = 'marker-end="url(#arrow)"' if directed else ""
    if one.sign == WENT:
        return line(one.start, one.end, ink.quiet, arrow, 1)
    dash = f'stroke-dasharray="{_DASHES[one.tie.kind]}" ' if one.tie.kind in _DASHES else ""
    return line(one.start, one.end, ink.line, dash + arrow, 1 + (one.tie.strength or 1))


def _mark_of(one: _Line) -> Label:
    """Where the sign of a line stands: near its middle, those of what is gone on the other side of it."""
    share = 0.4 if one.sign == WENT else 0.6
    start, end = (one.start, one.end) if one.tie.one <= one.tie.other else (one.end, one.start)
    middle = Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)
    return Label((one.sign,), Point(middle.x, middle.y + EM * 0.35), around(middle, 2 * _MARK, 2 * _MARK))


def _signed(mark: Label, ink: Ink) -> str:
    middle = Point(mark.at.x, mark.at.y - EM * 0.35)
    circle = f'<circle cx="{middle.x:.1f}" cy="{middle.y:.1f}" r="{_MARK:g}" fill="#ffffff" stroke="{ink.edge}"/>'
    return circle + _words_of(mark)


def _mark(sign: str, at: Point) -> Label:
    """Where the sign of somebody who came or went stands: above them, to the right."""
    middle = Point(at.x + RADIUS + 6, at.y - RADIUS)
    return Label((sign,), Point(middle.x, middle.y + EM * 0.35), around(middle, EM, EM))


def _words_of(mark: Label) -> str:
    return words_at(mark.lines, mark.at, more='font-weight="bold"')


def _sign(kind: str, at: Point, ink: Ink) -> str:
    edge = f'stroke="{ink.edge}" stroke-width="2"'
    if kind == "service":
        side = RADIUS * 1.8
        return (
            f'<rect x="{at.x - side / 2:.1f}" y="{at.y - side / 2:.1f}" width="{side:.1f}" height="{side:.1f}" rx="3" '
            f'fill="{ink.service}" {edge}/>'
        )
    fill, dash = ("#ffffff", ' stroke-dasharray="4 3"') if kind == "uncounted" else (ink.person, "")
    return f'<circle cx="{at.x:.1f}" cy="{at.y:.1f}" r="{RADIUS:g}" fill="{fill}" {edge}{dash}/>'


def _ring(at: Point, ink: Ink) -> str:
    return (
        f'<circle cx="{at.x:.1f}" cy="{at.y:.1f}" r="{RADIUS + 5:g}" fill="none" stroke="{ink.edge}" '
        'stroke-width="2.5"/>'
    )


def _legend(signs: Iterable[tuple[Callable[[Point], str], str]]) -> tuple[list[str], float]:
    """Say what each sign means, below the map, and how high that is."""
    parts: list[str] = []
    x, row = RADIUS * 2, 0.5
    for draw, words in signs:
        long = RADIUS * 4 + width_of(words) * EM
        if x > RADIUS * 2 and x + long > WIDTH:
            x, row = RADIUS * 2, row + 1
        at = Point(x, HEIGHT + LEGEND * row)
        parts += [draw(at), words_at([words], Point(x + RADIUS * 2, at.y + EM * 0.35), "start")]
        x += long
    return parts, LEGEND * (row + 0.5) if parts else 0.0


def _signs(picture: MapPicture, ink: Ink) -> list[tuple[Callable[[Point], str], str]]:
    """What stands on a map, each by how to draw it and what it means."""
    there = [one for one in picture.actors if one.id in picture.places]
    kinds = sorted({one.kind for one in there})
    found: list[tuple[Callable[[Point], str], str]] = [
        (partial(_sign, kind, ink=ink), _(ACTOR_LABELS[kind])) for kind in kinds
    ]
    if any(one.coordinates for one in there):
        found.append((partial(_ring, ink=ink), _("Coordinates")))
    ties = sorted({tie.kind for tie in picture.ties} & _DASHES.keys())
    found += [(partial(_sample, _DASHES[kind], ink=ink), _(TIE_LABELS[kind])) for kind in ties]
    if any(tie.strength for tie in picture.ties):
        found.append((partial(_thick, ink=ink), _("The thicker, the stronger")))
    return found


def _thick(at: Point, ink: Ink) -> str:
    return line(Point(at.x - RADIUS, at.y), Point(at.x + RADIUS, at.y), ink.line, "", 4)


def _signs_of_change(
    was: Mapping[str, Point], points: Mapping[str, Point], lines: Sequence[_Line], ink: Ink
) -> list[tuple[Callable[[Point], str], str]]:
    """What tells a change from an earlier map, each by how to draw it and what it means."""
    found: list[tuple[Callable[[Point], str], str]] = []
    if points.keys() - was.keys():
        found.append((partial(_in_legend, CAME), _("Came")))
    if was.keys() - points.keys():
        found.append((partial(_in_legend, WENT), _("Went")))
    if any(math.dist(was[key], points[key]) >= RADIUS for key in was.keys() & points.keys()):
        found.append((partial(_sign, "uncounted", ink=ink), _("Stood there before")))
    there = {one.sign for one in lines}
    signs = [(CAME, _("New line")), (WENT, _("Line gone")), (CHANGED, _("Line of another kind or strength"))]
    return found + [(partial(_line_in_legend, sign, ink=ink), words) for sign, words in signs if sign in there]


def _line_in_legend(sign: str, at: Point, ink: Ink) -> str:
    tie = Tie("", "", "", "", "", None)
    shown = _Line(tie, sign, Point(at.x - 2 * RADIUS + 4, at.y), Point(at.x + 2 * RADIUS - 8, at.y))
    return _line(shown, False, ink) + _signed(_mark_of(shown), ink)


def _in_legend(sign: str, at: Point) -> str:
    return words_at([sign], Point(at.x, at.y + EM * 0.35), more='font-weight="bold"')


def _sample(dash: str, at: Point, ink: Ink) -> str:
    ends = Point(at.x - RADIUS, at.y), Point(at.x + RADIUS, at.y)
    return line(*ends, ink.line, f'stroke-dasharray="{dash}"', 2)
