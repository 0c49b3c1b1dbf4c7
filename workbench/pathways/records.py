"""Networks, their sectors and actors, and dated maps with places and ties: this room's only use of SQLAlchemy."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Integer,
    String,
    Table,
    UniqueConstraint,
    delete,
    select,
)

from workbench.store.records import Connection, forget_revisions, history_of, metadata
from workbench.store.rows import row_kind

__all__ = [
    "ACTOR",
    "KINDS",
    "MAP",
    "NETWORK",
    "PLACE",
    "SECTOR",
    "SHORT",
    "TIE",
    "Actor",
    "DatedMap",
    "Network",
    "Place",
    "Sector",
    "Tie",
    "forget_network",
    "list_actors",
    "list_maps",
    "list_networks",
    "list_places",
    "list_ties",
    "networks_of",
]

_id = String(36)

networks = Table(
    "networks",
    metadata,
    Column("id", _id, primary_key=True),
    Column("title", String(200), nullable=False),
    Column("informant_id", _id, ForeignKey("informants.id"), index=True),
    Column("directed", Boolean, nullable=False),
    Column("kinds", Boolean, nullable=False),
    Column("strengths", Boolean, nullable=False),
    Column("created", String(32), nullable=False),
)

sectors = Table(
    "network_sectors",
    metadata,
    Column("id", _id, primary_key=True),
    Column("network_id", _id, ForeignKey("networks.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("label", String(100), nullable=False),
    Column("professional", Boolean, nullable=False),
)

actors = Table(
    "network_actors",
    metadata,
    Column("id", _id, primary_key=True),
    Column("network_id", _id, ForeignKey("networks.id"), nullable=False, index=True),
    Column("label", String(100), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("level", String(20), nullable=False),
    Column("role", String(50), nullable=False),
    Column("in_team", Boolean, nullable=False),
    Column("coordinates", Boolean, nullable=False),
    Column("support", String(500), nullable=False),
)

maps = Table(
    "network_maps",
    metadata,
    Column("id", _id, primary_key=True),
    Column("network_id", _id, ForeignKey("networks.id"), nullable=False, index=True),
    Column("day", String(10), nullable=False),
    Column("title", String(200), nullable=False),
)

places = Table(
    "network_places",
    metadata,
    Column("id", _id, primary_key=True),
    Column("map_id", _id, ForeignKey("network_maps.id"), nullable=False, index=True),
    Column("actor_id", _id, ForeignKey("network_actors.id"), nullable=False),
    Column("sector_id", _id, ForeignKey("network_sectors.id"), nullable=False),
    Column("distance", Float, nullable=False),
    Column("bearing", Float, nullable=False),
    UniqueConstraint("map_id", "actor_id"),
)

ties = Table(
    "network_ties",
    metadata,
    Column("id", _id, primary_key=True),
    Column("map_id", _id, ForeignKey("network_maps.id"), nullable=False, index=True),
    Column("one", _id, ForeignKey("network_actors.id"), nullable=False),
    Column("other", _id, ForeignKey("network_actors.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("strength", Integer),
)


@dataclass(frozen=True)
class Sector:
    """A part of the circle; `label` is one of ours by its id, or the study's own words."""

    id: str
    network_id: str
    position: int
    label: str
    professional: bool


@dataclass(frozen=True)
class Network:
    """The network around one person, who stands in the middle of its maps.

    `directed` ties go one way, in every measure too; `kinds` and `strengths` tell whether a tie is given any.
    """

    id: str
    title: str
    informant_id: str | None
    directed: bool
    kinds: bool
    strengths: bool
    created: str
    sectors: tuple[Sector, ...] = ()


@dataclass(frozen=True)
class Actor:
    """A person or a service around the person in the middle, by their role; a real name lies in the vault.

    `role` is the row of the network overview that they fill, if any, `support` what they may help with.
    """

    id: str
    network_id: str
    label: str
    kind: str
    level: str
    role: str
    in_team: bool
    coordinates: bool
    support: str


@dataclass(frozen=True)
class DatedMap:
    """One network as it was drawn on a day."""

    id: str
    network_id: str
    day: str
    title: str


@dataclass(frozen=True)
class Place:
    """Where an actor stands on a map: how far out (0 next to the middle, 1 at the edge), and how far across the sector
    (0 to 1, clockwise)."""

    id: str
    map_id: str
    actor_id: str
    sector_id: str
    distance: float
    bearing: float


@dataclass(frozen=True)
class Tie:
    """Two actors who have to do with each other; without direction `one` is the smaller id."""

    id: str
    map_id: str
    one: str
    other: str
    kind: str
    strength: int | None


def list_networks(connection: Connection, id: str | None = None) -> list[Network]:
    """Return networks with their sectors, oldest first; all, or one."""
    query = select(networks).order_by(networks.c.id)
    parts = select(sectors).order_by(sectors.c.position, sectors.c.id)
    if id is not None:
        query, parts = query.where(networks.c.id == id), parts.where(sectors.c.network_id == id)
    found: dict[str, list[Sector]] = {}
    for row in connection.execute(parts):
        found.setdefault(row.network_id, []).append(Sector(*row))
    return [Network(**row._mapping, sectors=tuple(found.get(row.id, ()))) for row in connection.execute(query)]


def networks_of(connection: Connection, informant_id: str) -> list[str]:
    """Return the ids of the networks around one informant."""
    return list(connection.execute(select(networks.c.id).where(networks.c.informant_id == informant_id)).scalars())


def list_maps(connection: Connection, network_id: str | None = None, id: str | None = None) -> list[DatedMap]:
    """Return maps by day: all, those of a network, or one."""
    query = select(maps).order_by(maps.c.day, maps.c.id)
    for column, value in ((maps.c.network_id, network_id), (maps.c.id, id)):
        query = query if value is None else query.where(column == value)
    return [DatedMap(*row) for row in connection.execute(query)]


def list_actors(connection: Connection, network_id: str) -> list[Actor]:
    """Return the actors of a network in the order in which they came."""
    query = select(actors).where(actors.c.network_id == network_id).order_by(actors.c.id)
    return [Actor(*row) for row in connection.execute(query)]


def list_places(connection: Connection, map_id: str) -> list[Place]:
    """Return where actors stand on a map, in the order in which they were placed."""
    return [Place(*row) for row in connection.execute(select(places).where(places.c.map_id == map_id).order_by("id"))]


def list_ties(connection: Connection, map_id: str) -> list[Tie]:
    """Return the ties of a map in the order in which they were drawn."""
    return [Tie(*row) for row in connection.execute(select(ties).where(ties.c.map_id == map_id).order_by("id"))]


# --- what can be undone, and how all of it is written ---


TIE = row_kind("network_tie", ties)
PLACE = row_kind("network_place", places)
ACTOR = row_kind("network_actor", actors, ((places, "actor_id"), (ties, "one"), (ties, "other")))
MAP = row_kind("network_map", maps, ((places, "map_id"), (ties, "map_id")))
SECTOR = row_kind("network_sector", sectors, ((places, "sector_id"),))
NETWORK = row_kind("network", networks, ((maps, "network_id"), (actors, "network_id")))
KINDS = {kind.name: kind for kind in (NETWORK, SECTOR, ACTOR, MAP, PLACE, TIE)}


def forget_network(connection: Connection, network_id: str) -> int:
    """Remove a network with all its maps, also from what undo remembers; returns how many rows went."""
    remembered = [row for kind in KINDS for row in history_of(connection, kind)]
    states = [(row.thing, row.before or row.after or {}) for row in remembered]
    held_by = {network_id} | {thing for thing, state in states if state.get("network_id") == network_id}
    forget_revisions(connection, {thing for thing, state in states if state.get("map_id") in held_by} | held_by)
    mine = select(maps.c.id).where(maps.c.network_id == network_id)
    gone = 0
    for table, held in (
        (ties, ties.c.map_id.in_(mine)), (places, places.c.map_id.in_(mine)), (maps, maps.c.network_id == network_id),
        (actors, actors.c.network_id == network_id), (sectors, sectors.c.network_id == network_id),
        (networks, networks.c.id == network_id),
    ):  # fmt: skip
        gone += connection.execute(delete(table).where(held)).rowcount
    return gone


# Names of things: free text that a name may have slipped into.
SHORT = (networks.c.title, sectors.c.label, actors.c.label, actors.c.support, maps.c.title)
