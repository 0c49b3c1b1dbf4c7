"""Gatherings at a glance: of each kind, how many notes by theme at each gathering, larger signs for more."""

from __future__ import annotations

import math
from collections.abc import Mapping

from workbench.ink import COLOUR, EM, PLAIN, Ink, Point, framed, line, width_of, words_at
from workbench.locale import _, ngettext
from workbench.pathways.gatherings.progress import Progress
from workbench.pathways.labels import NOTE_LABELS

__all__ = ["draw_progress"]

LEFT = 520.0  # where the first gathering stands
COLUMN = 170.0
ROW = 46.0
LARGEST = 20.0  # radius of the sign of the largest count
SMALLEST = 9.0  # room for one digit
MARGIN = 20.0


def draw_progress(progress: Progress, themes: Mapping[str, str], title: str, *, plain: bool = False) -> str:
    """Return what teams told as SVG; `themes` are labels by id. Under each kind stands how many teams told any."""
    ink = PLAIN if plain else COLOUR
    columns = {number: LEFT + n * COLUMN for n, number in enumerate(progress.numbers)}
    width = LEFT + max(1, len(columns)) * COLUMN
    most = max((n for kind in NOTE_LABELS for row in progress.counts(kind).values() for n in row.values()), default=1)
    parts = [words_at([_("Gathering {n}").format(n=n)], Point(x, 28)) for n, x in columns.items()]
    top = 50.0
    for kind, label in NOTE_LABELS.items():
        teams = progress.teams_with(kind)
        parts.append(line(Point(MARGIN, top), Point(width - MARGIN, top), "#d5d9dd", "", 1))
        parts.append(words_at([_(label)], Point(MARGIN, top + 28), "start", 'font-weight="bold"'))
        for number, x in columns.items():
            told = ngettext("{n} team", "{n} teams", teams[number]).format(n=teams[number])
            parts.append(words_at([told], Point(x, top + 28)))
        top += ROW
        for theme, counted in sorted(progress.counts(kind, "theme").items(), key=lambda row: (not row[0], row[0])):
            parts.append(words_at([_short(themes.get(theme, _("No theme")))], Point(MARGIN + 20, top + 20), "start"))
            parts += [_sign(Point(columns[number], top + 14), n, most, ink) for number, n in counted.items() if n]
            top += ROW
    return framed(width, top + MARGIN, title, parts)


def _short(words: str) -> str:
    widest = (LEFT - 2 * MARGIN - COLUMN / 2) / EM
    if width_of(words) <= widest:
        return words
    while width_of(f"{words}…") > widest:
        words = words[:-1].rstrip()
    return f"{words}…"


def _sign(at: Point, n: int, most: int, ink: Ink) -> str:
    radius = max(SMALLEST, LARGEST * math.sqrt(n / most))  # the area tells the number
    circle = (
        f'<circle cx="{at.x:.1f}" cy="{at.y:.1f}" r="{radius:.1f}" fill="#ffffff" stroke="{ink.edge}" '
        'stroke-width="1.5"/>'
    )
    return circle + words_at([str(n)], Point(at.x, at.y + EM * 0.35))
