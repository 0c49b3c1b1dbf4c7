"""The matrix as a picture: how much each cell holds, as bars on a grid. Plain SVG, the same bytes each time."""

from __future__ import annotations

from html import escape
from typing import Any

from workbench.ink import FONTS
from workbench.locale import _
from workbench.tables.table import Table

__all__ = ["matrix_picture", "text"]

LEFT, TOP, WIDTH, HEIGHT, GAP = 170, 50, 190, 64, 12
BAR = 16


def matrix_picture(table: Table) -> str:
    """Return the matrix as SVG: in each cell a bar for codings and one for statements, with their numbers."""
    effects, determinants = table.data["effects"], table.data["determinants"]
    cells = {(c["determinant"], c["effect"]): c for c in table.data["cells"]}
    most = max([1, *(cell["codings"] for cell in cells.values())])
    wide, high = LEFT + len(effects) * (WIDTH + GAP), TOP + len(determinants) * (HEIGHT + GAP) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'role="img" aria-labelledby="matrix-title matrix-text" font-family="{FONTS}" font-size="14">',
        f'<title id="matrix-title">{escape(table.title)}</title>',
        f'<desc id="matrix-text">{escape(_in_words(table))}</desc>',
    ]
    for column, label in enumerate(effects.values()):
        parts.append(text(LEFT + column * (WIDTH + GAP), TOP - 18, label, weight="bold"))
    for row, (determinant, label) in enumerate(determinants.items()):
        y = TOP + row * (HEIGHT + GAP)
        parts.append(text(0, y + HEIGHT / 2 + 5, label, weight="bold"))
        for column, effect in enumerate(effects):
            parts += _cell(LEFT + column * (WIDTH + GAP), y, cells[determinant, effect], most)
    parts += _legend(high - 16)
    return "".join([*parts, "</svg>"])


def _cell(x: float, y: float, cell: dict[str, Any], most: int) -> list[str]:
    parts = [f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" fill="#f4f5f7" rx="4"/>']
    for at, (number, colour) in enumerate(((cell["codings"], "#1f5673"), (len(cell["statements"]), "#b35c00"))):
        long = round((WIDTH - 60) * min(number, most) / most, 1)
        top = y + 12 + at * (BAR + 8)
        parts.append(f'<rect x="{x + 10}" y="{top}" width="{long}" height="{BAR}" fill="{colour}"/>')
        parts.append(text(x + 18 + long, top + BAR - 3, str(number)))
    return parts


def _legend(y: float) -> list[str]:
    return [
        f'<rect x="{LEFT}" y="{y - 11}" width="12" height="12" fill="#1f5673"/>',
        text(LEFT + 18, y, _("Codings")),
        f'<rect x="{LEFT + 130}" y="{y - 11}" width="12" height="12" fill="#b35c00"/>',
        text(LEFT + 148, y, _("Statements")),
    ]


def text(x: float, y: float, words: str, weight: str = "normal", anchor: str = "start") -> str:
    """Return a line of words in a picture, at the place of its `anchor`: its start, middle or end."""
    placed = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x}" y="{y}" font-weight="{weight}"{placed} fill="#1b1f24">{escape(words)}</text>'


def _in_words(table: Table) -> str:
    determinants, effects = table.data["determinants"], table.data["effects"]
    return " ".join(
        _("{determinant}, {effect}: {codings} codings, {statements} statements.").format(
            determinant=determinants[cell["determinant"]],
            effect=effects[cell["effect"]],
            codings=cell["codings"],
            statements=len(cell["statements"]),
        )
        for cell in table.data["cells"]
    )
