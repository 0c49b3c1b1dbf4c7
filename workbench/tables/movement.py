"""How the preunderstanding moved, as a picture: a line a hypothesis along the time, a sign a turn. Plain SVG."""

from __future__ import annotations

from datetime import date
from html import escape
from itertools import groupby
from typing import Any

from workbench.ink import FONTS
from workbench.locale import _, format_date
from workbench.reflection import STANDING_LABELS
from workbench.tables.picture import text
from workbench.tables.table import Table

__all__ = ["movement_picture"]

LEFT, LINE, RIGHT, ROW, TOP = 10, 430, 30, 48, 40
SHOWN = 62  # characters of a hypothesis
BESIDE = 16  # between turns of one day
INK, QUIET, PAPER = "#1b1f24", "#8a939c", "#ffffff"
# Told apart by form; colour only helps.
SIGNS = {"before": ("circle", "#1f5673"), "held": ("circle", "#1f5673"), "nuanced": ("half", "#b35c00"),
         "given_up": ("cross", "#8f1d2c"), "new": ("star", "#2f6b2f")}  # fmt: skip


def movement_picture(table: Table) -> str:
    """Return the table `preunderstanding` as SVG; empty where there are no hypotheses."""
    stories = table.data["stories"]
    if not stories:
        return ""
    days = sorted(date.fromisoformat(turn["day"]) for story in stories for turn in story["turns"])
    first, last = days[0], days[-1]
    groups = [(effect, list(here)) for effect, here in groupby(stories, key=lambda story: story["effect"])]
    high = TOP + ROW * len(stories) + ROW // 2 * len(groups) + 70
    wide = LEFT + LINE + RIGHT

    def at(day: str) -> float:
        span = (last - first).days or 1
        return round(LEFT + LINE * (date.fromisoformat(day) - first).days / span, 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'role="img" aria-labelledby="movement-title movement-text" font-family="{FONTS}" font-size="14">',
        f'<title id="movement-title">{escape(table.title)}</title>',
        f'<desc id="movement-text">{escape(_in_words(stories))}</desc>',
        f'<rect width="{wide}" height="{high}" fill="{PAPER}"/>',
        text(0, TOP - 18, format_date(first)),
    ]
    if first != last:
        parts.append(text(wide - 4, TOP - 18, format_date(last), anchor="end"))
    y = float(TOP)
    for effect, here in groups:
        parts.append(text(0, y + 14, effect, weight="bold"))
        y += ROW / 2
        for story in here:
            parts += _line(story, y + 10, at, at(last.isoformat()))
            y += ROW
    return "".join([*parts, *_legend(y + 20, wide), "</svg>"])


def _line(story: dict[str, Any], y: float, at: Any, end: float) -> list[str]:
    words = story["words"]
    shown = words if len(words) <= SHOWN else words[: SHOWN - 1].rstrip() + "…"
    turns = story["turns"]
    places = [at(turn["day"]) for turn in turns]
    for n in range(1, len(places)):  # several on one day stand beside each other
        places[n] = max(places[n], places[n - 1] + BESIDE)
    parts = [text(0, y + 4, shown)]
    y += 20
    parts += [
        f'<line x1="{start}" y1="{y}" x2="{until}" y2="{y}" stroke="{QUIET}" stroke-width="2"/>'
        for turn, start, until in zip(turns, places, [*places[1:], max(end, places[-1])], strict=True)
        if turn["standing"] != "given_up"  # it is held no more, until it is taken up again
    ]
    return parts + [_sign(turn["standing"], place, y) for turn, place in zip(turns, places, strict=True)]


def _sign(standing: str, x: float, y: float) -> str:
    form, colour = SIGNS[standing]
    if form == "cross":
        return (
            f'<path d="M{x - 6} {y - 6}L{x + 6} {y + 6}M{x + 6} {y - 6}L{x - 6} {y + 6}" stroke="{colour}" '
            'stroke-width="3" fill="none"/>'
        )
    if form == "star":
        return f'<path d="M{x} {y - 8}L{x + 7} {y + 5}L{x - 7} {y + 5}Z" fill="{colour}"/>'
    fill = colour if form == "circle" else PAPER
    whole = f'<circle cx="{x}" cy="{y}" r="7" fill="{fill}" stroke="{colour}" stroke-width="2"/>'
    half = f'<path d="M{x} {y - 7}A7 7 0 0 1 {x} {y + 7}Z" fill="{colour}"/>'
    return whole + (half if form == "half" else "")


def _legend(y: float, wide: float) -> list[str]:
    parts, x = [], 8.0
    for standing in ("held", "nuanced", "given_up", "new"):
        label = _("Before the study, held") if standing == "held" else _(STANDING_LABELS[standing])
        if x + 14 + 7.5 * len(label) > wide:
            x, y = 8.0, y + 24
        parts += [_sign(standing, x, y), text(x + 14, y + 5, label)]
        x += 40 + 7.5 * len(label)
    return parts


def _in_words(stories: list[dict[str, Any]]) -> str:
    return " ".join(
        f"{story['effect']}: {story['words']} – "
        + ", ".join(
            f"{_(STANDING_LABELS[turn['standing']])} {format_date(date.fromisoformat(turn['day']))}"
            for turn in story["turns"]
        )
        + "."
        for story in stories
    )
