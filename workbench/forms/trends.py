"""Scores over time: a row for each scored item, a point for each day on which the form was filled."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from datetime import date

from workbench.forms.model import Form, Item
from workbench.ink import COLOUR, EM, LINE, PLAIN, Ink, Point, framed, line, width_of, words_at
from workbench.locale import format_date

__all__ = ["draw_trends"]

WIDTH = 1240.0
LEFT, RIGHT = 480.0, 1200.0  # where days begin and end
MARGIN = 20.0
ROW = 104.0
HIGH = 52.0  # units that a scale takes
RADIUS = 5.0


def draw_trends(
    form: Form, answers: Sequence[tuple[str, Mapping[str, int]]], title: str, *, plain: bool = False
) -> str:
    """Return the scores of a form as SVG; `answers` are days as ISO dates, in order, each with scores by item.

    What was not scored on a day has no point there; a line leads from score to score.
    """
    ink = PLAIN if plain else COLOUR
    scored = form.of_kind("score")
    days = [date.fromisoformat(day) for day, _scores in answers]
    first, last = min(days, default=date.today()), max(days, default=date.today())
    span = max(1, (last - first).days)
    places = [LEFT + 20 + (day - first).days / span * (RIGHT - LEFT - 40) for day in days]
    parts = _days(days, places)
    for n, item in enumerate(scored):
        points = [(x, scores[item.id]) for x, (_day, scores) in zip(places, answers, strict=True) if item.id in scores]
        parts += _row(item, points, 50 + n * ROW, ink)
    return framed(WIDTH, 50 + len(scored) * ROW + 10, title, parts)


def _days(days: Sequence[date], places: Sequence[float]) -> list[str]:
    """Name the days, each where no other stands."""
    parts, end = [], -math.inf
    for day, x in zip(days, places, strict=True):
        named = format_date(day)
        half = width_of(named) * EM / 2
        at = min(max(x, LEFT + half), RIGHT - half)
        if at - half > end:
            parts.append(words_at([named], Point(at, 24)))
            end = at + half + 8
    return parts


def _row(item: Item, points: Sequence[tuple[float, int]], top: float, ink: Ink) -> list[str]:
    least, most = item.least or 0, item.most or 1
    bottom = top + HIGH

    def at(x: float, score: int) -> Point:
        return Point(x, bottom - (score - least) / (most - least) * HIGH)

    named = _lines(str(item.text), (LEFT - MARGIN - 60) / EM)
    parts = [words_at(named, Point(MARGIN, top + EM), "start")]
    for score, x_axis in ((most, top), (least, bottom)):
        parts.append(line(Point(LEFT, x_axis), Point(RIGHT, x_axis), "#d5d9dd", "", 1))
        parts.append(words_at([str(score)], Point(LEFT - 10, x_axis + EM * 0.35), "end"))
    drawn = [at(*point) for point in points]
    parts += [line(one, other, ink.line, "", 2) for one, other in itertools.pairwise(drawn)]
    for place, (_x, score) in zip(drawn, points, strict=True):
        parts.append(
            f'<circle cx="{place.x:.1f}" cy="{place.y:.1f}" r="{RADIUS:g}" fill="{ink.person}" stroke="{ink.edge}" '
            'stroke-width="1.5"/>'
        )
        above = place.y - 9 if place.y - 9 - EM > top - 22 else place.y + EM + 6
        parts.append(words_at([str(score)], Point(place.x, above), more='font-weight="bold"'))
    return parts


def _lines(words: str, widest: float) -> list[str]:
    """Words in lines of so many em at most."""
    lines: list[str] = []
    for word in words.split():
        if lines and width_of(f"{lines[-1]} {word}") <= widest:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines[: int(ROW // (LINE * EM))]
