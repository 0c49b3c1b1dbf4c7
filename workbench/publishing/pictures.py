"""Drawings in other formats: PNG, and PDF whose lines and words stay lines and words."""

from __future__ import annotations

__all__ = ["pdf", "png"]

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
