"""Courses out of event logs: one row a contact, or several contacts with the same helper in one row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from workbench.errors import BadInput
from workbench.exchange.cells import as_count, as_day, as_one_of
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
    if not found:
        raise BadInput(_("{file}: there is no course in it.").format(file=path.name))
    return found


def _episode(cells: Mapping[str, str], where: str) -> Episode:
    if not cells["service"]:
        raise BadInput(_("{where}: the service is not told.").format(where=where))
    start, goes_on = as_day(cells["start"], where, "start"), not cells["end"]
    end = max(start, date.today()) if goes_on else as_day(cells["end"], where, "end")
    if end < start:
        raise BadInput(
            _("{where}: it ends on {end}, before it starts on {start}.").format(where=where, start=start, end=end)
        )
    return Episode(
        service=cells["service"],
        helper=cells.get("helper") or cells["service"],
        start=start,
        end=end,
        level=as_one_of(cells.get("level", ""), {"": "", **LEVEL_LABELS}, where, "level"),
        contacts=as_count(cells.get("contacts") or "1", where, "contacts"),
        kind=as_one_of(cells.get("kind") or "contact", KIND_LABELS, where, "kind"),
        phase=cells.get("phase", ""),
        open=goes_on,
    )
