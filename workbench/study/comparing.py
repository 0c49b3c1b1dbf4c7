"""How far coders, and readers of a round, agree; and the same figures for data from anywhere."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from workbench.errors import BadInput
from workbench.locale import _
from workbench.reading import read_rows
from workbench.review import agreement, compared
from workbench.review.agreement import Agreement, Span, Spread
from workbench.study.packages import Packages

__all__ = ["Comparing", "agreement_of_file", "plain"]


class Comparing(Packages):
    """What the researcher asks about agreement."""

    def agreement(self, by: str = "theme", round_id: str | None = None) -> list[tuple[str, Agreement]]:
        """How far coders agree, by `theme`, `effect`, `determinant` or `code`: its id, and the figures.

        Over the characters of the sources that several coded, each theme by itself; in a round over its passages, with
        one row for all readings. Raises BadInput for another `by`, or for codes of a round, whose readings have none.
        """
        if by not in compared.BY:
            raise BadInput(_("Agreement is by {known}, not by {by}.").format(known=", ".join(compared.BY), by=by))
        if round_id is None:
            with self.store.read() as connection:
                return [(value, agreement.of_layer(layer)) for value, layer in compared.layers(connection, by).items()]
        made = self.round(round_id)
        if by == "code":
            raise BadInput(_("Readings of a round have a theme, an effect and a determinant, but no code."))
        with self.store.read() as connection:
            return [("", agreement.of_units(compared.readings(connection, made, by)))]


def plain(made: Agreement) -> dict[str, Any]:
    """Return figures as plain data; what is undefined is null, with its reason."""
    values = asdict(made)
    values["coders"] = list(made.coders)
    values["ci"] = list(made.ci) if made.ci else None
    return values if made.reason else {key: value for key, value in values.items() if key != "reason"}


def agreement_of_file(path: Path, level: str = "nominal", length: int | None = None) -> Agreement | Spread:
    """Return how far coders agree in a CSV file from anywhere.

    It has the columns coder, unit, value: one row for each value given; or, where a `length` of the continuum is said,
    coder, start, end, value. Raises BadInput with file and row.
    """
    wanted = ("coder", "unit", "value") if length is None else ("coder", "start", "end", "value")
    units: dict[str, dict[str, str]] = {}
    spans: list[Span] = []
    for number, cells in read_rows(path):
        if missing := [column for column in wanted if column not in cells]:
            raise BadInput(
                _("{file} has no column {column}. It needs {all}.").format(
                    file=path.name, column=missing[0], all=", ".join(wanted)
                )
            )
        coder, value = cells["coder"].strip(), cells["value"].strip()
        if not value:
            continue  # not given
        if length is not None:
            spans.append(_span(path, number, cells, coder, value))
            continue
        by = units.setdefault(cells["unit"].strip(), {})
        if coder in by:
            raise BadInput(
                _("{file}, row {row}: {coder} gave this unit a value before.").format(
                    file=path.name, row=number, coder=coder
                )
            )
        by[coder] = value
    return agreement.of_units(units, level) if length is None else agreement.of_spans(spans, length)


def _span(path: Path, number: int, cells: dict[str, str], coder: str, value: str) -> Span:
    try:
        return Span(coder, int(cells["start"]), int(cells["end"]), value)
    except ValueError as error:
        raise BadInput(
            _("{file}, row {row}: start and end must be whole numbers.").format(file=path.name, row=number)
        ) from error
