"""Masks and open findings over any text in the store: the only place in this room that imports SQLAlchemy.

`owner` is the id of a text version, memo or statement. Neither table holds a word of what it hides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import Column, Integer, String, Table, Text, delete, func, insert, select, update

from workbench.privacy.recognisers import Finding
from workbench.privacy.screening import Edit, Mask, Shift
from workbench.store import new_id
from workbench.store.records import Connection, metadata

__all__ = [
    "add_screened",
    "drop_findings",
    "drop_inside",
    "findings_of",
    "forget",
    "masks_of",
    "move",
    "open_findings",
    "repeat",
    "settle",
]

masks = Table(
    "masks",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("owner", String(36), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("raw_start", Integer, nullable=False),
    Column("raw_end", Integer, nullable=False),
    Column("type", String(50), nullable=False),
    Column("replacement", Text, nullable=False),
    Column("register_id", String(36)),
)

findings = Table(
    "findings",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("owner", String(36), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("type", String(50), nullable=False),
    Column("replacement", Text, nullable=False),
    Column("register_id", String(36)),
)


def add_screened(connection: Connection, owner: str, hidden: Iterable[Mask], waiting: Iterable[Finding]) -> None:
    """Keep the masks of a text and what still waits for a person."""
    rows = [{"id": new_id(), "owner": owner, **asdict(mask)} for mask in hidden]
    if rows:
        connection.execute(insert(masks), rows)
    rows = [{"id": new_id(), "owner": owner, **asdict(finding)} for finding in waiting]
    for row in rows:
        del row["status"]
    if rows:
        connection.execute(insert(findings), rows)


def masks_of(connection: Connection, owner: str) -> list[Mask]:
    """Return the masks of a text, in order."""
    query = select(
        masks.c.start, masks.c.end, masks.c.raw_start, masks.c.raw_end, masks.c.type, masks.c.replacement,
        masks.c.register_id,
    ).where(masks.c.owner == owner).order_by(masks.c.start)  # fmt: skip
    return [Mask(*row) for row in connection.execute(query)]


def findings_of(connection: Connection, owner: str) -> list[tuple[str, Finding]]:
    """Return what waits in a text, in order: id and finding."""
    query = select(findings).where(findings.c.owner == owner).order_by(findings.c.start)
    return [
        (row.id, Finding(row.start, row.end, row.type, "review", row.replacement, row.register_id))
        for row in connection.execute(query)
    ]


def open_findings(connection: Connection) -> dict[str, int]:
    """Return how many findings wait, for each text that has any."""
    query = select(findings.c.owner, func.count()).group_by(findings.c.owner)
    return dict(connection.execute(query).all())


def settle(connection: Connection, finding_id: str) -> None:
    """Take a finding off the list: it was masked, or a person said that it identifies nobody."""
    connection.execute(delete(findings).where(findings.c.id == finding_id))


def move(connection: Connection, owner: str, shift: Shift) -> None:
    """Move the masks and findings of a text after edits; raw offsets stay, for the sealed raw does not change."""
    for table in (masks, findings):
        for row in connection.execute(select(table.c.id, table.c.start, table.c.end).where(table.c.owner == owner)):
            values = {"start": shift.start(row.start), "end": shift.end(row.end)}
            connection.execute(update(table).where(table.c.id == row.id).values(values))


def repeat(connection: Connection, owner: str, new: str, shift: Shift | None = None) -> None:
    """Give a text's masks and open findings to another text that says the same, or nearly: `shift` carries them over.

    Those whose words are gone there are left out.
    """
    for table in (masks, findings):
        for row in connection.execute(select(table).where(table.c.owner == owner)):
            values = dict(row._mapping) | {"id": new_id(), "owner": new}
            if shift is not None:
                values |= {"start": shift.start(row.start), "end": shift.end(row.end)}
            if values["end"] > values["start"]:
                connection.execute(insert(table), values)


def drop_inside(connection: Connection, owner: str, spans: Iterable[tuple[int, int]]) -> None:
    """Remove the masks and findings inside spans that are about to be taken out of a text."""
    for start, end in spans:
        for table in (masks, findings):
            inside = (table.c.owner == owner) & (table.c.start >= start) & (table.c.end <= end)
            connection.execute(delete(table).where(inside))


def drop_findings(connection: Connection, owner: str, spans: Iterable[Edit]) -> None:
    """Take findings off the list that touch what is about to be masked."""
    for span in spans:
        touched = (findings.c.owner == owner) & (findings.c.start < span.end) & (findings.c.end > span.start)
        connection.execute(delete(findings).where(touched))


def forget(connection: Connection, owners: Iterable[str]) -> None:
    """Remove the masks and findings of texts that are no more."""
    for owner in owners:
        for table in (masks, findings):
            connection.execute(delete(table).where(table.c.owner == owner))
