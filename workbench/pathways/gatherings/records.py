"""Gatherings, and what each team told there: this part's only use of SQLAlchemy."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, ForeignKey, Integer, String, Table, UniqueConstraint, select

from workbench.store.records import Connection, metadata
from workbench.store.rows import row_kind

__all__ = ["GATHERING", "KINDS", "NOTE", "SHORT", "Gathering", "Note", "list_gatherings", "list_notes"]

_id = String(36)

gatherings = Table(
    "gatherings",
    metadata,
    Column("id", _id, primary_key=True),
    Column("network", String(100), nullable=False),
    Column("number", Integer, nullable=False),
    Column("day", String(10), nullable=False),
    UniqueConstraint("network", "number"),
)

notes = Table(
    "gathering_notes",
    metadata,
    Column("id", _id, primary_key=True),
    Column("gathering_id", _id, ForeignKey("gatherings.id"), nullable=False, index=True),
    Column("team", String(100), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("words", String(1000), nullable=False),
    Column("theme", String(50), nullable=False),
    Column("earlier_id", _id, ForeignKey("gathering_notes.id"), index=True),
)


@dataclass(frozen=True)
class Gathering:
    """The gathering with this `number` of a learning network, or of the only one, on a `day`."""

    id: str
    network: str
    number: int
    day: str


@dataclass(frozen=True)
class Note:
    """A goal, a challenge or a measure as a team told it at a gathering; `earlier_id` is the note it goes on from."""

    id: str
    gathering_id: str
    team: str
    kind: str
    words: str
    theme: str
    earlier_id: str | None


def list_gatherings(connection: Connection) -> list[Gathering]:
    """Return gatherings by learning network and number."""
    query = select(gatherings).order_by(gatherings.c.network, gatherings.c.number)
    return [Gathering(*row) for row in connection.execute(query)]


def list_notes(connection: Connection) -> list[Note]:
    """Return what teams told, in the order in which it was written down."""
    return [Note(*row) for row in connection.execute(select(notes).order_by(notes.c.id))]


NOTE = row_kind("gathering_note", notes, ((notes, "earlier_id"),))
GATHERING = row_kind("gathering", gatherings, ((notes, "gathering_id"),))
KINDS = {kind.name: kind for kind in (GATHERING, NOTE)}

# Names of things: free text that a name may have slipped into.
SHORT = (gatherings.c.network, notes.c.team, notes.c.words)
