"""What teams told at gatherings, out of a table: one row a goal, a challenge or a measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import BadInput
from workbench.exchange.cells import as_count, as_day, as_one_of
from workbench.locale import _
from workbench.pathways import NOTE_LABELS
from workbench.reading import read_rows, undefused

__all__ = ["IncomingNote", "read_gatherings"]


@dataclass(frozen=True)
class IncomingNote:
    """A row of the table, and `where` it stands; `earlier` are the words of the note it goes on from."""

    where: str
    network: str
    number: int
    day: str
    team: str
    kind: str
    words: str
    theme: str
    earlier: str


def read_gatherings(path: Path) -> Iterator[IncomingNote]:
    """Read a table in CSV with the columns gathering (its number), day, team, kind, words; optional network, theme,
    earlier.

    `kind` is goal, challenge or measure, or what they are called in the user's language. Raises BadInput, naming the
    row.
    """
    for number, row in read_rows(path, "gathering", "day", "team", "kind", "words"):
        where = _("{file}, row {row}").format(file=path.name, row=number)
        cells = {key: undefused(value) for key, value in row.items()}
        for needed in ("team", "words"):
            if not cells[needed]:
                raise BadInput(_("{where}: {column} is empty.").format(where=where, column=needed))
        yield IncomingNote(
            where,
            network=cells.get("network", ""),
            number=as_count(cells["gathering"], where, "gathering"),
            day=as_day(cells["day"], where, "day").isoformat(),
            team=cells["team"],
            kind=as_one_of(cells["kind"], NOTE_LABELS, where, "kind"),
            words=cells["words"],
            theme=cells.get("theme", ""),
            earlier=cells.get("earlier", ""),
        )
