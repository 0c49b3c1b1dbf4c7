"""Courses out of event logs: one row a contact, or several contacts with the same helper in one row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from workbench.errors import BadInput
from workbench.locale import _
from workbench.pathways import KIND_LABELS, LEVEL_LABELS
from workbench.pathways.courses.continuity import Episode, shares_days
from workbench.reading import read_rows, undefused

__all__ = ["read_course_log"]


def read_course_log(path: Path) -> dict[str, list[Episode]]:
    """Read an event log in CSV: the episodes of each case, as they stand in the file.

    Columns: case, service, start, end (ISO dates, both inclusive; an empty end goes on today), and, optional, helper
    (the service where it is empty), kind, level, phase, contacts (1). Raises BadInput for an episode that ends before
    it starts, and for two of the same helper, service and kind that share days.
    """
    found: dict[str, list[Episode]] = {}
    rows: dict[tuple[str, str], list[tuple[int, Episode]]] = {}
    for number, row in read_rows(path, "case", "service", "start", "end"):
        where = _("{file}, row {row}").format(file=path.name, row=number)
        cells = {key: undefused(value) for key, value in row.items()}
        made = _episode(cells, where)
        if not cells["case"]:
            raise BadInput(_("{where}: whose course it is, is not told (column case).").format(where=where))
        earlier = rows.setdefault((cells["case"], made.helper), [])
        if shared := [row for row, one in earlier if shares_days(one, made)]:
            told = _("{where} shares days with row {row}: the same helper, service and kind. Make one row of them.")
            raise BadInput(told.format(where=where, row=shared[0]))
        earlier.append((number, made))
        found.setdefault(cells["case"], []).append(made)
    return found


def _episode(cells: Mapping[str, str], where: str) -> Episode:
    if not cells["service"]:
        raise BadInput(_("{where}: the service is not told.").format(where=where))
    start, goes_on = _day(cells["start"], where, "start"), not cells["end"]
    end = max(start, date.today()) if goes_on else _day(cells["end"], where, "end")
    if end < start:
        raise BadInput(
            _("{where}: it ends on {end}, before it starts on {start}.").format(where=where, start=start, end=end)
        )
    return Episode(
        service=cells["service"],
        helper=cells.get("helper") or cells["service"],
        start=start,
        end=end,
        level=_one_of(cells.get("level", ""), LEVEL_LABELS, where, "level", ""),
        contacts=_count(cells.get("contacts", ""), where),
        kind=_one_of(cells.get("kind", ""), KIND_LABELS, where, "kind", "contact"),
        phase=cells.get("phase", ""),
        open=goes_on,
    )


def _day(cell: str, where: str, column: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError as error:
        raise BadInput(
            _("{where}: {column} is “{cell}”, not a date such as 2026-03-31.").format(
                where=where, column=column, cell=cell
            )
        ) from error


def _one_of(cell: str, labels: Mapping[str, str], where: str, column: str, otherwise: str) -> str:
    """The value that a cell names, by its id or its label in the user's language."""
    wanted = cell.casefold()
    for value, label in labels.items():
        if wanted in {value, _(label).casefold()}:
            return value
    if cell:
        raise BadInput(
            _("{where}: {column} is “{cell}”; it is one of {known}.").format(
                where=where, column=column, cell=cell, known=", ".join(labels)
            )
        )
    return otherwise


def _count(cell: str, where: str) -> int:
    if not cell:
        return 1
    if not cell.isdecimal() or int(cell) < 1:
        raise BadInput(_("{where}: contacts is “{cell}”, not a whole number from 1 on.").format(where=where, cell=cell))
    return int(cell)
