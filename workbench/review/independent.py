"""Independent coding: what co-researchers code by themselves in the sources of a round, apart from the study's codings.

This part of the room keeps its own rows. What was taken away stays as a row that is `gone`, so that a file which comes
later can't bring it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, delete, insert, select, update

from workbench.coding.anchoring import move_revisions, standing
from workbench.privacy import Shift
from workbench.review.records import items
from workbench.store import now, written
from workbench.store.history import Kind, State
from workbench.store.records import Connection, metadata, read_rows

__all__ = [
    "KINDS",
    "OWN_CODING",
    "OwnCoding",
    "change",
    "covered",
    "drop_inside",
    "forget_coder",
    "move",
    "own_codings",
    "put",
    "stamp",
]

_id = String(36)

own = Table(
    "review_codings",
    metadata,
    Column("id", _id, primary_key=True),
    Column("item_id", _id, ForeignKey("review_items.id"), nullable=False, index=True),
    Column("coder", String(100), nullable=False),
    Column("text_id", _id, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("theme", String(50), nullable=False),
    Column("code_id", _id),
    Column("effect", String(50), nullable=False),
    Column("determinant", String(50), nullable=False),
    Column("changed", String(80), nullable=False),
    Column("gone", Boolean, nullable=False),
)


@dataclass(frozen=True)
class OwnCoding:
    """A co-researcher's claim that `[start, end)` of a text version, in code points, bears a theme (and code).

    `item_id` is the source's place in the round, `source_id` the source; `changed` tells when and by which edit.
    """

    id: str
    item_id: str
    coder: str
    text_id: str
    start: int
    end: int
    theme: str
    code_id: str | None
    effect: str
    determinant: str
    changed: str
    source_id: str


def stamp(edit: str, at: str) -> str:
    """Return what tells which of two changes is the later one, whichever came first to the store."""
    return f"{at} {edit}"


def own_codings(connection: Connection, round_id: str | None = None, **where: str | list[str]) -> list[OwnCoding]:
    """Return the codings of a round, or of all, in the order of their text, each as it stands in the newest version.

    `where` narrows by column. A coding whose words a correction took out is not among them.
    """
    kept = [column for column in own.c if column.name != "gone"]
    query = select(*kept, items.c.subject.label("source_id")).join(items, items.c.id == own.c.item_id)
    query = query.where(own.c.gone.is_(False)).order_by(own.c.item_id, own.c.start, own.c.end, own.c.id)
    if round_id is not None:
        query = query.where(items.c.round_id == round_id)
    for column, value in where.items():
        query = query.where(own.c[column].in_(value) if isinstance(value, list) else own.c[column] == value)
    found = []
    for row in connection.execute(query):
        one = OwnCoding(**row._mapping)
        if place := standing(connection, one.text_id, one.start, one.end):
            found.append(replace(one, text_id=place[0], start=place[1], end=place[2]))
    return found


def covered(codings: Iterable[OwnCoding]) -> int:
    """Return how many characters of one text stand under at least one of these codings, given in order of the text."""
    count = reached = 0
    for one in codings:
        count += max(0, one.end - max(one.start, reached))
        reached = max(reached, one.end)
    return count


def change(connection: Connection, identity: str, values: Mapping[str, Any], edit: str) -> None:
    """Make a coding say so now, whatever the clock said by which it was changed before."""
    before = connection.scalar(select(own.c.changed).where(own.c.id == identity))
    wanted = stamp(edit, now())
    if before and before >= wanted:
        at = datetime.fromisoformat(before.partition(" ")[0]) + timedelta(milliseconds=1)
        wanted = stamp(edit, written(at))
    put(connection, identity, values, wanted)


def put(
    connection: Connection, identity: str, values: Mapping[str, Any], changed: str, coder: str | None = None
) -> bool:  # fmt: skip
    """Make a coding say so, unless it was changed later, or is not this coder's; returns whether it was done."""
    there = connection.execute(select(own.c.changed, own.c.coder).where(own.c.id == identity)).first()
    before = there.changed if there else None
    if there and (there.changed >= changed or coder not in (None, there.coder)):
        return False
    if before is None and values.get("gone"):
        return False
    if before is None:
        connection.execute(insert(own), {"id": identity, **values, "changed": changed})
    else:
        connection.execute(update(own).where(own.c.id == identity).values({**values, "changed": changed}))
    return True


def _read(connection: Connection, ids: Iterable[str]) -> Mapping[str, dict[str, Any]]:
    rows = read_rows(connection, own, ids)
    return {identity: row for identity, row in rows.items() if not row["gone"]}


def _write(connection: Connection, identity: str, state: State) -> None:
    change(connection, identity, state or {"gone": True}, identity)


def _same(one: State, other: State) -> bool:
    if one is None or other is None:
        return one == other
    return {**one, "changed": ""} == {**other, "changed": ""}


OWN_CODING = Kind("review_coding", _read, _write, _same)
KINDS = {OWN_CODING.name: OWN_CODING}


def move(connection: Connection, text_id: str, shift: Shift) -> None:
    """Move the codings of a text version that was rewritten, and the places that undo remembers."""
    for row in connection.execute(select(own.c.id, own.c.start, own.c.end).where(own.c.text_id == text_id)):
        moved = {"start": shift.start(row.start), "end": shift.end(row.end)}
        connection.execute(update(own).where(own.c.id == row.id).values(**moved))
    move_revisions(connection, OWN_CODING.name, text_id, shift)


def drop_inside(connection: Connection, text_id: str, spans: Iterable[tuple[int, int]]) -> None:
    """Remove the codings that share characters with any of these parts of a text version."""
    for start, end in spans:
        inside = (own.c.text_id == text_id, own.c.start < end, own.c.end > start)
        connection.execute(update(own).where(*inside).values(gone=True))


def forget_coder(connection: Connection, coder: str) -> None:
    """Remove what somebody coded."""
    connection.execute(delete(own).where(own.c.coder == coder))
