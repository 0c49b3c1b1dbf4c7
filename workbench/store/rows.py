"""Things that are one row of one table each: made, changed and removed so that it can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, insert, select

from workbench.errors import Overtaken
from workbench.locale import _
from workbench.store.history import Kind, State
from workbench.store.records import Connection, read_rows, write_row

if TYPE_CHECKING:
    from workbench.store import Act

__all__ = ["RowKind", "change", "put", "put_new", "row_kind"]


@dataclass(frozen=True)
class RowKind(Kind):
    """The things that are a row of `table` each."""

    table: Table = field(kw_only=True)


def row_kind(name: str, table: Table, rests: tuple[tuple[Table, str], ...] = ()) -> RowKind:
    """Rows of one table that can be undone; `rests` are the columns by which others stand on them."""

    def read(connection: Connection, ids: Iterable[str]) -> Mapping[str, dict[str, Any]]:
        return read_rows(connection, table, ids)

    def write(connection: Connection, identity: str, state: State) -> None:
        for other, column in rests if state is None else ():
            if connection.execute(select(other.c.id).where(other.c[column] == identity)).first():
                raise Overtaken(_("Somebody has gone on from there, so it can't be undone. Nothing was changed."))
        write_row(connection, table, identity, state)

    return RowKind(name, read, write, table=table)


def put(act: Act, kind: RowKind, identity: str, state: State) -> None:
    """Make one thing what `state` says, or remove it."""
    act.touch(kind, identity)
    kind.write(act.connection, identity, state)


def put_new(act: Act, kind: RowKind, states: Mapping[str, dict[str, Any]]) -> None:
    """Make many new things at once, by id."""
    act.touch(kind, *states)
    if states:
        act.connection.execute(insert(kind.table), [{"id": key, **state} for key, state in states.items()])


def change(act: Act, kind: RowKind, identity: str, /, **values: Any) -> None:
    """Change some of what one thing says."""
    act.touch(kind, identity)
    kind.write(act.connection, identity, {**kind.read(act.connection, [identity])[identity], **values})
