"""The table of agreement between coders: theme by theme, with its interval, and no verdict."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.framework import Framework
from workbench.locale import N_, _
from workbench.review.agreed import Agreement
from workbench.review.compared import layers
from workbench.store.records import Connection
from workbench.tables.table import Table

__all__ = ["agreement_table", "interval", "number"]


def agreement_table(connection: Connection, framework: Framework, sources: Iterable[str], note: str) -> Table:
    """Return how far coders agree on each theme, over the characters of sources that several of them coded."""
    from workbench.review.agreement import of_layer  # slow to import: it takes numpy

    labels = {theme.id: str(theme.label) for theme in framework.themes}
    found = {value: of_layer(layer) for value, layer in layers(connection, "theme", sources).items()}
    rows = [
        {
            "theme": labels[theme], "coders": len(made.coders), "characters": made.units,
            "alpha": made.reason or f"{number(made.alpha)} {interval(made)}",
            "percent": "" if made.percent is None else f"{100 * made.percent:.0f} %", "kappa": number(made.kappa),
            "ac1": number(made.ac1),
        }
        for theme, made in found.items()
    ]  # fmt: skip
    columns = {
        "theme": _("Theme"), "coders": _("Coders"), "characters": _("Characters"),
        "alpha": _("Krippendorff's alpha (95 % interval)"), "percent": _("Agree"), "kappa": _("Cohen's kappa"),
        "ac1": _("Gwet's AC1"),
    }  # fmt: skip
    few = any(made.few for made in found.values())
    told = [note, _(HOW), _(FEW_CLUSTERS) if few else ""]
    return Table("agreement", _("How far coders agree"), columns, rows, " ".join(filter(None, told)))


HOW = N_(
    "Each theme by itself, over text that at least two coders read. Krippendorff draws no conclusions below .667, and "
    "firm ones from .800. Where coders differ, that can be a finding."
)
FEW_CLUSTERS = N_("With so few sources or turns the interval says little.")


def number(value: float | None) -> str:
    """Return a figure with two decimals, and no zero before the point, as statisticians write what is at most 1."""
    if value is None:
        return "–"
    told = f"{round(value, 2) + 0:.2f}"  # no minus before nothing
    return told.replace("0.", ".", 1) if abs(round(value, 2)) < 1 else told


def interval(made: Agreement) -> str:
    """Return the 95 % interval of alpha."""
    return f"[{number(made.ci[0])}, {number(made.ci[1])}]" if made.ci else ""
