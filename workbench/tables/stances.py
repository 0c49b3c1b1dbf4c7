"""What people said of readings, as a picture: theme by theme how many agreed, differed, wondered. Plain SVG."""

from __future__ import annotations

from html import escape

from workbench.ink import FONTS
from workbench.locale import _, ngettext
from workbench.review import STANCE_LABELS, STANCES
from workbench.tables.picture import text
from workbench.tables.table import Table

__all__ = ["stances_picture"]

WIDE, LEFT, RIGHT, ROW, TOP, BAR = 470, 10, 50, 46, 44, 16
PAPER, INK = "#ffffff", "#1b1f24"
# Told apart by their hatching too, and by the number in them.
FILLS = {"agree": "#1f5673", "differ": "#b35c00", "wonder": "#5b5f97"}


def stances_picture(table: Table) -> str:
    """Return the table `reviews` as SVG; empty where nobody has said anything."""
    counts: dict[str, dict[str, int]] = table.data.get("themes", {})
    if not counts:
        return ""
    most = max(sum(each.values()) for each in counts.values())
    high = TOP + ROW * len(counts) + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}" width="{WIDE}" height="{high}" '
        f'role="img" aria-labelledby="stances-title stances-text" font-family="{FONTS}" font-size="14">',
        f'<title id="stances-title">{escape(table.title)}</title>',
        f'<desc id="stances-text">{escape(_in_words(counts))}</desc>',
        f'<rect width="{WIDE}" height="{high}" fill="{PAPER}"/>', *_legend(),
    ]  # fmt: skip
    y = float(TOP)
    for theme, each in counts.items():
        parts.append(text(LEFT, y + 14, theme))
        x = float(LEFT)
        for stance in STANCES:
            wide = round((WIDE - LEFT - RIGHT) * each[stance] / most, 1)
            if wide:
                parts.append(_bar(stance, x, y + 20, wide, each[stance]))
            x += wide
        y += ROW
    return "".join([*parts, "</svg>"])


def _bar(stance: str, x: float, y: float, wide: float, number: int) -> str:
    edge = {"agree": "", "differ": ' stroke-dasharray="4 2"', "wonder": ' stroke-dasharray="1 3"'}[stance]
    shape = f'<rect x="{x}" y="{y}" width="{wide}" height="{BAR}" fill="{FILLS[stance]}"'
    box = f'{shape} stroke="{PAPER}" stroke-width="2"{edge}/>'
    told = f'<text x="{x + wide / 2}" y="{y + 13}" text-anchor="middle" fill="{PAPER}" font-size="12">{number}</text>'
    return box + (told if wide > 12 else "")


def _legend() -> list[str]:
    parts, x = [], float(LEFT)
    for stance in STANCES:
        label = _(STANCE_LABELS[stance])
        parts += [_bar(stance, x, 8, 14, 0).split("<text")[0], text(x + 20, 20, label)]
        x += 30 + 7.5 * len(label)
    return parts


def _in_words(counts: dict[str, dict[str, int]]) -> str:
    told = []
    for theme, each in counts.items():
        said = [
            f"{_(STANCE_LABELS[stance])}: " + ngettext("{n} answer", "{n} answers", each[stance]).format(n=each[stance])
            for stance in STANCES
        ]
        told.append(f"{theme}: {', '.join(said)}.")
    return " ".join(told)
