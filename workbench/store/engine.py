"""The store as the rooms use it: read, act, and follow what others do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from workbench.errors import Unsure
from workbench.locale import _
from workbench.store import records
from workbench.store.audit import Head, Verdict, read_head, verify_chain, write_head
from workbench.store.history import Edit, Kind, Revision, Touched, next_redo, next_undo, take_back
from workbench.store.identity import new_id
from workbench.store.records import Connection

__all__ = ["Act", "Change", "Store"]

POLL_SECONDS = 0.25
BY_HAND = 25  # things that one edit by hand may change; a page codes hits by the dozen, an import by the hundred


class Change(NamedTuple):
    """One act as the change feed tells of it."""

    seq: int
    at: str
    actor: str
    kind: str
    subject: str | None


@dataclass
class Act:
    """An act in the making: the rooms write through `connection`, and say in `details` what is worth remembering.

    `details` holds ids, numbers and offsets, never anybody's words.
    """

    connection: Connection
    kind: str
    subject: str | None
    details: dict[str, Any]
    edit: Edit
    reason: str | None
    touched: Touched

    def touch(self, kind: Kind, *things: str) -> None:
        """Remember things as they are, for they are about to change: what is touched can be undone."""
        self.touched.add(kind, things)


class Store:
    """One study's store, wherever it is kept.

    `head` is the file in the vault folder that remembers the newest audit hash.
    """

    def __init__(self, url: str, head: Path | None = None, actor: str = "researcher") -> None:
        self._engine = records.open_engine(url)
        self._head = head
        self.actor = actor
        records.migrate(self._engine)

    @contextmanager
    def act(
        self,
        kind: str,
        subject: str | None = None,
        *,
        edit: str | None = None,
        undoes: str | None = None,
        reason: str | None = None,
        actor: str | None = None,
        **details: Any,
    ) -> Iterator[Act]:
        """Run one act: everything inside the block is written together with one audit row, or not at all.

        Acts with the same `edit` are undone together. `reason` is kept with what changes; its words are screened.
        `actor` is who does it, where that is another than whoever opened the store.
        """
        with self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            made = Edit(edit or new_id(), undoes)
            act = Act(connection, kind, subject, details, made, reason, Touched(connection))
            yield act
            row = records.append_audit(connection, actor or self.actor, act.kind, act.subject, act.details)
            records.add_revisions(connection, row, made, act.reason, act.touched.revisions())
        if self._head is not None:
            write_head(self._head, Head(row.seq, row.hash))

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one unchanging state of the store."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def derive(self) -> Iterator[Connection]:
        """Give a connection to write what is made from the rest and can be made anew, such as an index: no act."""
        with self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    def undo(
        self, kinds: Mapping[str, Kind], *, sure: bool = False, actor: str | None = None
    ) -> list[Revision]:  # fmt: skip
        """Take back the newest edit of this person that still stands; returns what was put back, none where none is.

        `actor` is who does it, where that is another than whoever opened the store.

        Raises Overtaken where somebody has gone on from it, and Unsure, unless `sure`, where it changed more than
        somebody does by hand: an import is easily taken back unawares by one key too many.
        """
        return self._take_back("undone", next_undo, kinds, sure=sure, actor=actor)

    def redo(self, kinds: Mapping[str, Kind], *, actor: str | None = None) -> list[Revision]:
        """Take back the newest undo, unless something was done since; otherwise as `undo`."""
        return self._take_back("redone", next_redo, kinds, sure=True, actor=actor)

    def scrub(self) -> None:
        """Let nothing that was taken out of the store stay in the log that the database writes ahead of itself."""
        with self._engine.connect() as connection:
            records.truncate_log(connection)

    def _take_back(
        self, kind: str, choose: Callable[[list[Edit]], Edit | None], kinds: Mapping[str, Kind], *, sure: bool,
        actor: str | None,
    ) -> list[Revision]:  # fmt: skip
        with self.read() as connection:
            edit = choose(records.edits_of(connection, actor or self.actor, kinds))
            size = len({one.thing for one in records.revisions_of(connection, edit.id)}) if edit else 0
        if edit is None:
            return []
        if size > BY_HAND and not sure:
            raise Unsure(_("That would take back {n} things at once, an import for example.").format(n=size))
        with self.act(kind, undoes=edit.id, actor=actor) as act:
            return take_back(connection=act.connection, kinds=kinds, touched=act.touched,
                             revisions=records.revisions_of(act.connection, edit.id))  # fmt: skip

    def changes(self, since: int = 0) -> list[Change]:
        """Return the acts after number `since`, oldest first."""
        with self.read() as connection:
            rows = records.audit_rows(connection, since)
        return [Change(row.seq, row.at, row.actor, row.kind, row.subject) for row in rows]

    def follow(self, since: int, seconds: float) -> Iterator[Change]:
        """Give the acts after `since` as they come, from this process or another, for so many seconds."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for change in self.changes(since):
                since = change.seq
                yield change
            time.sleep(POLL_SECONDS)

    @property
    def newest(self) -> Head:
        """The newest act's number and hash; `(0, "")` before the first."""
        with self.read() as connection:
            rows = records.audit_rows(connection, records.newest_seq(connection) - 1)
        return Head(rows[-1].seq, rows[-1].hash) if rows else Head(0, "")

    def verify(self) -> Verdict:
        """Hold the audit trail against itself and against the head kept in the vault folder."""
        head = read_head(self._head) if self._head else None  # before the rows: another process may act meanwhile
        with self.read() as connection:
            rows = records.audit_rows(connection)
            payloads = records.audit_payloads(connection)
        return verify_chain(rows, payloads, head)

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()
