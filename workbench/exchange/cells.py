"""What stands in a cell of somebody's table, or one sentence on why it can't be that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from workbench.errors import BadInput
from workbench.locale import _
from workbench.reading import read_day

__all__ = ["as_count", "as_day", "as_one_of"]


def as_day(cell: str, where: str, column: str) -> date:
    """Return the day that a cell tells as an ISO date; raises BadInput."""
    try:
        return read_day(cell)
    except ValueError as error:
        raise BadInput(
            _("{where}: {column} is “{cell}”, not a date from 1900 on, such as 2026-03-31.").format(
                where=where, column=column, cell=cell
            )
        ) from error


def as_one_of(cell: str, labels: Mapping[str, str], where: str, column: str) -> str:
    """Return the value that a cell names, by its id or its label in the user's language; raises BadInput."""
    wanted = cell.casefold()
    for value, label in labels.items():
        if wanted in {value, _(label).casefold()}:
            return value
    raise BadInput(
        _("{where}: {column} is “{cell}”; it is one of {known}.").format(
            where=where, column=column, cell=cell, known=", ".join(filter(None, labels))
        )
    )


def as_count(cell: str, where: str, column: str) -> int:
    """Return the whole number from 1 on that a cell tells; raises BadInput."""
    if not cell.isdecimal() or int(cell) < 1:
        raise BadInput(
            _("{where}: {column} is “{cell}”, not a whole number from 1 on.").format(
                where=where, column=column, cell=cell
            )
        )
    return int(cell)
