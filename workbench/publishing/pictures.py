"""Drawings in other formats: PNG, and PDF whose lines and words stay lines and words."""

from __future__ import annotations

from pathlib import Path

from workbench.errors import BadInput
from workbench.locale import _
from workbench.reading import write_bytes

__all__ = ["PICTURES", "as_file", "checked_kind", "pdf", "png", "write_picture"]

PICTURES = (".svg", ".png", ".pdf")

_PAGE = """#set page(width: auto, height: auto, margin: 0pt)
#set document(title: sys.inputs.title, date: none)
#image(bytes(sys.inputs.svg), format: "svg")
"""


def png(svg: str, zoom: int = 2) -> bytes:
    """Return a drawing as PNG, `zoom` pixels to each of its units."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom))


def pdf(svg: str, title: str) -> bytes:
    """Return a drawing as a PDF of one page, the same bytes each time."""
    import typst

    made = typst.compile(_PAGE.encode(), format="pdf", sys_inputs={"svg": svg, "title": title})
    assert isinstance(made, bytes)
    return made


def checked_kind(to: Path) -> str:
    """Return what kind of picture a file is to be, by its ending; raises BadInput for another."""
    kind = to.suffix.lower()
    if kind not in PICTURES:
        raise BadInput(_("A map is drawn as {known}, not as {kind}.").format(known=", ".join(PICTURES), kind=kind))
    return kind


def as_file(svg: str, kind: str, title: str) -> bytes:
    """Return a drawing as the bytes of a file; `kind` is its ending."""
    if kind == ".png":
        return png(svg)
    return pdf(svg, title) if kind == ".pdf" else svg.encode()


def write_picture(to: Path, svg: str, title: str) -> None:
    """Write a drawing into a file, SVG, PNG or PDF by its ending; raises BadInput for another."""
    write_bytes(to, as_file(svg, checked_kind(to), title))
