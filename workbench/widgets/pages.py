"""What every dashboard page has at its top."""

from __future__ import annotations

from html import escape

from workbench.locale import _, using_language
from workbench.publishing.edition import Edition, Shown
from workbench.publishing.page import style

__all__ = ["navigation"]


def navigation(edition: Edition, here: str) -> Shown:
    """Show the way between the dashboards, with the style sheet that the page below it uses."""
    with using_language(edition.about["language"]):
        pages = {"overview": _("Overview"), "matrix": _("Matrix"), "themes": _("Themes"), "codebook": _("Codebook")}
        if "log" in edition.about["tables"]:  # an older edition has none
            pages["logbook"] = _("Logbook")
        if "co-research-changes" in edition.about["tables"]:
            pages["co-research"] = _("Co-research")
        if "pathways" in edition.about["tables"]:
            pages["pathways"] = _("Networks and courses")
        items = "".join(
            f'<li><a href="{key}.ipynb"{_current(key, here)}>{escape(label)}</a></li>' for key, label in pages.items()
        )
        label = escape(_("Pages"))
    return Shown(f'<style>{style()}</style><nav aria-label="{label}"><ul class="contents">{items}</ul></nav>')


def _current(key: str, here: str) -> str:
    return ' aria-current="page"' if key == here else ""
