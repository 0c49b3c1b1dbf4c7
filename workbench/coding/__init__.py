"""Codebook, codings and statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbench.coding import records
from workbench.coding.matching import Searchable
from workbench.coding.records import Coding, Statement
from workbench.coding.rows import CodingRow, Place, Refused, check_rows
from workbench.material import StoredTurn
from workbench.material.differences import carried, differences
from workbench.privacy import Shift
from workbench.store.records import Connection

__all__ = [
    "Coding",
    "CodingRow",
    "Place",
    "Refused",
    "Searchable",
    "Statement",
    "add",
    "carry",
    "check_rows",
    "forget",
    "holdings",
    "mark",
    "mark_of_row",
    "move",
    "quoted_speakers",
    "records",
    "statements_of",
]

CONTEXT = 32  # code points kept on either side of a quote


def add(connection: Connection, row: CodingRow, coder: str, turns: Sequence[StoredTurn]) -> str:
    """Store one checked row as a coding; returns its id."""
    values = {
        "source_id": row.place.source_id,
        "text_id": row.place.text_id,
        **_anchor(row.place.text, row.start, row.end),
        "theme": row.theme,
        "code_id": records.code_named(connection, row.code, row.theme) if row.code else None,
        "effect": row.effect,
        "determinant": row.determinant,
        "coder": coder,
    }
    return records.add_coding(connection, values, quoted_speakers(turns, row.start, row.end))


def mark(coding: Coding) -> tuple[str | int, ...]:
    """Return what makes a coding the same claim as another: who says what of which words."""
    place = (coding.text_id, coding.start, coding.end)
    return (*place, coding.coder, coding.theme, coding.code or "", coding.effect, coding.determinant)


def mark_of_row(row: CodingRow, coder: str) -> tuple[str | int, ...]:
    """Return the same for a row that is to become a coding."""
    place = (row.place.text_id, row.start, row.end)
    return (*place, coder, row.theme, row.code, row.effect, row.determinant)


def quoted_speakers(turns: Sequence[StoredTurn], start: int, end: int) -> list[str]:
    """Return the ids of those whose turns a segment touches."""
    touched = (turn.speaker_id for turn in turns if turn.start < end and start < turn.end)
    return list(dict.fromkeys(speaker for speaker in touched if speaker))


def _anchor(text: str, start: int, end: int) -> dict[str, str | int]:
    return {
        "start": start,
        "end": end,
        "quote": text[start:end],
        "before": text[max(0, start - CONTEXT) : start],
        "after": text[end : end + CONTEXT],
    }


def move(connection: Connection, text_id: str, shift: Shift, text: str) -> None:
    """Move the codings of a text that was rewritten; `text` is what it says now."""
    for coding in records.list_codings(connection, text_id=text_id):
        records.anchor(connection, coding.id, _anchor(text, shift.start(coding.start), shift.end(coding.end)))


def carry(
    connection: Connection, old: Place, new: Place, turns: Sequence[StoredTurn]
) -> tuple[int, list[Coding]]:  # fmt: skip
    """Carry the codings of one text version to the next; returns how many moved, and those that could not be carried.

    A coding whose words were taken out stays with the old version, to be placed by hand.
    """
    shift = differences(old.text, new.text)
    moved, lost = 0, []
    for coding in records.list_codings(connection, text_id=old.text_id):
        place = carried(shift, old.text, new.text, coding.start, coding.end)
        if place is None:
            lost.append(coding)
            continue
        values = {"text_id": new.text_id, **_anchor(new.text, *place)}
        records.anchor(connection, coding.id, values, quoted_speakers(turns, *place))
        moved += 1
    return moved, lost


def holdings(connection: Connection, speaker_ids: Iterable[str]) -> list[Coding]:
    """Return the codings that quote any of these speakers."""
    wanted = set(speaker_ids)
    return [coding for coding in records.list_codings(connection) if wanted & set(coding.speakers)]


def statements_of(connection: Connection, codings: Iterable[Coding]) -> list[Statement]:
    """Return the statements that rest on nothing but these codings."""
    ids = {coding.id for coding in codings}
    return [s for s in records.list_statements(connection) if s.codings and ids.issuperset(s.codings)]


def forget(connection: Connection, speaker_ids: Iterable[str]) -> list[Coding]:
    """Remove the codings that quote any of these speakers; returns them.

    Statements that rested on them alone stay, without support, for the researcher to word anew or take out.
    """
    gone = holdings(connection, speaker_ids)
    records.remove_codings(connection, [coding.id for coding in gone])
    return gone
