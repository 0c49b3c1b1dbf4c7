"""The store as the rooms use it: read, act, and follow what others do."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from workbench.store import records
from workbench.store.audit import Head, Verdict, read_head, verify_chain, write_head
from workbench.store.records import Connection

__all__ = ["Act", "Change", "Store"]

POLL_SECONDS = 0.25


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
    details: dict[str, Any] = field(default_factory=dict)


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
    def act(self, kind: str, subject: str | None = None, **details: Any) -> Iterator[Act]:
        """Run one act: everything inside the block is written together with one audit row, or not at all."""
        with self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            act = Act(connection, kind, subject, details)
            yield act
            row = records.append_audit(connection, self.actor, act.kind, act.subject, act.details)
        if self._head is not None:
            write_head(self._head, Head(row.seq, row.hash))

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one unchanging state of the store."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

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
