"""Codebook, codings and statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbench.coding import codebook, records
from workbench.coding.anchoring import (
    Beside,
    anchored,
    beside,
    carry,
    holdings,
    move,
    quoted_speakers,
    remembered,
    standing,
)
from workbench.coding.history import CODING, KINDS, STATEMENT, SUPPORT, TEXT, pair
from workbench.coding.matching import Searchable
from workbench.coding.records import Code, Coding, Statement
from workbench.coding.rows import CodingRow, Place, Refused, check_rows
from workbench.material import StoredTurn
from workbench.store import Act, new_id
from workbench.store.records import MEMO, Connection, forget_revisions, list_memos, remove_memo

__all__ = [
    "CODING",
    "KINDS",
    "STATEMENT",
    "SUPPORT",
    "TEXT",
    "Beside",
    "Code",
    "Coding",
    "CodingRow",
    "Place",
    "Refused",
    "Searchable",
    "Statement",
    "add",
    "beside",
    "carry",
    "check_rows",
    "codebook",
    "forget",
    "holdings",
    "mark",
    "mark_of_row",
    "move",
    "pair",
    "records",
    "remove",
    "replace",
    "standing",
    "state",
    "statements_of",
    "support",
]


def add(act: Act, row: CodingRow, coder: str, turns: Sequence[StoredTurn], code_id: str | None) -> str:
    """Store one checked row as a coding that bears a code; returns its id."""
    identity = new_id()
    act.touch(CODING, identity)
    values = {
        "source_id": row.place.source_id,
        "text_id": row.place.text_id,
        **anchored(row.place.text, row.start, row.end),
        "theme": row.theme,
        "code_id": code_id,
        "effect": row.effect,
        "determinant": row.determinant,
        "coder": coder,
    }
    records.add_coding(act.connection, identity, values, quoted_speakers(turns, row.start, row.end))
    return identity


def replace(act: Act, coding: Coding, place: Place, turns: Sequence[StoredTurn], **values: object) -> None:
    """Give a coding other values, and the place that `values` name by `start` and `end` of the text in `place`."""
    act.touch(CODING, coding.id)
    start, end = int(str(values.pop("start", coding.start))), int(str(values.pop("end", coding.end)))
    put = {**values, "text_id": place.text_id, **anchored(place.text, start, end)}
    records.anchor(act.connection, coding.id, put, quoted_speakers(turns, start, end))


def remove(act: Act, ids: Sequence[str]) -> None:
    """Remove codings with their memos; what they supported stands without them.

    The codings come last, for undo goes backwards: they are there again before what refers to them.
    """
    for statement, coding, _counter in records.supports_of(act.connection, ids):
        support(act, statement, coding, None)
    for memo in (memo for coding in ids for memo in list_memos(act.connection, coding)):
        act.touch(MEMO, memo.id)
        remove_memo(act.connection, memo.id)
    act.touch(CODING, *ids)
    records.remove_codings(act.connection, ids)


def support(act: Act, statement_id: str, coding_id: str, counter: bool | None = False) -> None:
    """Let a coding support a statement, be a counter-example to it, or (None) neither."""
    act.touch(SUPPORT, pair(statement_id, coding_id))
    records.support(act.connection, statement_id, coding_id, counter)


def state(act: Act, text: str, theme: str, effect: str, determinant: str) -> str:
    """Write a statement at the end of its cell, or find the one with these words there; returns its id."""
    known = records.statement_saying(act.connection, text, theme, effect, determinant)
    if known is not None:
        return known
    identity = new_id()
    act.touch(STATEMENT, identity)
    records.add_statement(act.connection, identity, text, theme, effect, determinant)
    return identity


def mark(coding: Coding) -> tuple[str | int, ...]:
    """Return what makes a coding the same claim as another: who says what of which words."""
    place = (coding.text_id, coding.start, coding.end)
    return (*place, coding.coder, coding.theme, coding.code or "", coding.effect, coding.determinant)


def mark_of_row(row: CodingRow, coder: str) -> tuple[str | int, ...]:
    """Return the same for a row that is to become a coding."""
    place = (row.place.text_id, row.start, row.end)
    return (*place, coder, row.theme, row.code, row.effect, row.determinant)


def statements_of(connection: Connection, codings: Iterable[Coding]) -> list[Statement]:
    """Return the statements that rest on nothing but these codings."""
    ids = {coding.id for coding in codings}
    return [s for s in records.list_statements(connection) if s.codings and ids.issuperset(s.codings)]


def forget(connection: Connection, speaker_ids: Iterable[str]) -> list[Coding]:
    """Remove the codings that quote any of these speakers, and what undo remembers of them; returns them.

    Statements that rested on them alone stay, without support, for the researcher to word anew or take out.
    """
    wanted = set(speaker_ids)
    gone = holdings(connection, wanted)
    supports = records.supports_of(connection, [coding.id for coding in gone])
    records.remove_codings(connection, [coding.id for coding in gone])
    quoted = remembered(connection, wanted)
    forget_revisions(
        connection, [*quoted, *(coding.id for coding in gone), *(pair(s, c) for s, c, _counter in supports)]
    )
    return gone
