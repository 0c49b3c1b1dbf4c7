"""Codings from a CSV file: check every row, find its quote, and say of each refused one what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.coding.matching import Searchable
from workbench.errors import BadInput
from workbench.framework import Framework
from workbench.locale import _

__all__ = ["CodingRow", "Place", "Refused", "check_rows"]


@dataclass(frozen=True)
class Place:
    """A text that quotes are looked for in."""

    source_id: str
    text_id: str
    text: str


@dataclass(frozen=True)
class CodingRow:
    """A row that can be stored; `start` and `end` in code points of the place's text."""

    row: int
    place: Place
    start: int
    end: int
    theme: str
    effect: str
    determinant: str
    code: str = ""
    statement: str = ""
    memo: str = ""
    coder: str = ""


@dataclass
class Refused:
    """What could not be stored, by reason; each names its row. `already` counts rows that were there before."""

    ambiguous: list[dict[str, Any]] = field(default_factory=list)
    not_found: list[dict[str, Any]] = field(default_factory=list)
    invalid: list[dict[str, Any]] = field(default_factory=list)
    already: int = 0

    def __len__(self) -> int:
        return len(self.ambiguous) + len(self.not_found) + len(self.invalid)


def check_rows(
    rows: Iterable[tuple[int, Mapping[str, str]]],
    places: Mapping[str, Place],
    framework: Framework,
    mask: Callable[[str], str],
    source: str | None = None,
) -> tuple[list[CodingRow], Refused]:
    """Sort rows into those that can be stored and those refused.

    `places` are the sources by name, `mask` turns a quote into what the masked text says, `source` is used where a row
    names none; without either, a quote is looked for in all sources.
    """
    rows = list(rows)
    _check_heading([row for _number, row in rows])
    good: list[CodingRow] = []
    refused = Refused()
    searchable: dict[str, Searchable] = {}
    for number, row in rows:
        try:
            values = _values(row, framework)
            wanted = _wanted(row, places, source)
            if row.get("quote"):
                quote = mask(row["quote"])
                found = []
                for place in wanted:
                    text = searchable.setdefault(place.text_id, Searchable(place.text))
                    found += [(place, start, end) for start, end in text.find(quote)]
                if len(found) != 1:
                    fault = {"row": number, "quote": quote}
                    if found:
                        refused.ambiguous.append({**fault, "matches": len(found)})
                    else:
                        refused.not_found.append(fault)
                    continue
            else:
                found = [_given(row, wanted)]
            place, start, end = found[0]
            good.append(CodingRow(number, place, start, end, **values))
        except BadInput as error:
            refused.invalid.append({"row": number, "why": str(error)})
    return good, refused


def _check_heading(rows: list[Mapping[str, str]]) -> None:
    """Raise BadInput where no row has a column that every row needs: the heading lacks it."""
    there = set().union(*rows)
    missing = [name for name in ("theme", "effect", "determinant") if name not in there]
    if "quote" not in there and not {"start", "end"} <= there:
        missing.insert(0, "quote")
    if rows and missing:
        raise BadInput(_("The heading of the file lacks these columns: {columns}.").format(columns=", ".join(missing)))


def _values(row: Mapping[str, str], framework: Framework) -> dict[str, str]:
    missing = [name for name in ("theme", "effect", "determinant") if not row.get(name)]
    if missing:
        raise BadInput(_("the column “{column}” is empty").format(column=", ".join(missing)))
    return {
        "theme": framework.theme(row["theme"]).id,
        "effect": framework.effect(row["effect"]).id,
        "determinant": framework.determinant(row["determinant"]).id,
        **{name: row.get(name, "") for name in ("code", "statement", "memo", "coder")},
    }


def _wanted(row: Mapping[str, str], places: Mapping[str, Place], source: str | None) -> list[Place]:
    name = row.get("source") or source
    if not name:
        return list(places.values())
    if name not in places:
        raise BadInput(_("there is no source called {name}").format(name=name))
    return [places[name]]


def _given(row: Mapping[str, str], wanted: list[Place]) -> tuple[Place, int, int]:
    try:
        start, end = int(row.get("start", "")), int(row.get("end", ""))
    except ValueError as error:
        raise BadInput(_("there is neither a quote nor a start and an end in whole numbers")) from error
    if len(wanted) != 1:
        raise BadInput(_("with start and end the source must be named"))
    length = len(wanted[0].text)
    if not 0 <= start < end <= length:
        raise BadInput(
            _("start {start} and end {end} do not lie in the text, which is {length} characters long").format(
                start=start, end=end, length=length
            )
        )
    return wanted[0], start, end
