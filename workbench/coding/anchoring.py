"""Where a coding stands: its place, its quote with some words around it, and whose words they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from workbench.coding import records
from workbench.coding.records import Coding
from workbench.material import StoredTurn
from workbench.material import records as material
from workbench.material.differences import carried, differences
from workbench.privacy import Shift
from workbench.store.engine import Act
from workbench.store.history import Kind
from workbench.store.records import Connection, history_of, reword_revision

__all__ = [
    "Beside",
    "anchored",
    "beside",
    "carry",
    "move",
    "move_revisions",
    "quoted_speakers",
    "remembered",
    "standing",
]

CONTEXT = 32  # code points kept on either side of a quote
AROUND = 80  # code points shown on either side, where a person must place a coding by hand


def quoted_speakers(turns: Sequence[StoredTurn], start: int, end: int) -> list[str]:
    """Return the ids of those whose turns a segment touches."""
    touched = (turn.speaker_id for turn in turns if turn.start < end and start < turn.end)
    return list(dict.fromkeys(speaker for speaker in touched if speaker))


def anchored(text: str, start: int, end: int) -> dict[str, str | int]:
    """Return the columns that tie a coding to `[start, end)` of a text."""
    return {
        "start": start,
        "end": end,
        "quote": text[start:end],
        "before": text[max(0, start - CONTEXT) : start],
        "after": text[end : end + CONTEXT],
    }


def standing(connection: Connection, text_id: str, start: int, end: int) -> tuple[str, int, int] | None:
    """Return where a passage of any version stands in the newest (text id, offsets), None where that can't be told."""
    asked = material.version(connection, text_id)
    newest = material.newest_text(connection, asked.source_id)
    if material.version(connection, newest).says == asked.says:
        return newest, start, end
    old, new = material.text_of(connection, text_id), material.text_of(connection, newest)
    place = carried(differences(old, new), old, new, start, end)
    return None if place is None else (newest, *place)


class Beside(NamedTuple):
    """What a coding's words stood among, beside what reads there now.

    `before` is from the coding's version, its quote `[start, end)` of that.
    `now` is `[at, at + len(now))` of the newest version.
    """

    before: str
    start: int
    end: int
    now: str
    at: int


def beside(connection: Connection, coding: Coding) -> Beside:
    """Return the words around a coding that a correction left behind, and those that took their place."""
    newest = material.newest_text(connection, coding.source_id)
    old, new = material.text_of(connection, coding.text_id), material.text_of(connection, newest)
    first, last = max(0, coding.start - AROUND), min(len(old), coding.end + AROUND)
    if first:  # not in the middle of a word
        first = old.find(" ", first, coding.start) + 1 or first
    shift = differences(old, new)
    at = shift.start(first)
    return Beside(old[first:last], coding.start - first, coding.end - first, new[at : shift.end(last)], at)


def move(connection: Connection, text_id: str, shift: Shift, text: str) -> None:
    """Move the codings of a text that was rewritten, and the places that undo remembers; `text` is what it says now."""
    for coding in records.list_codings(connection, text_id=text_id):
        records.anchor(connection, coding.id, anchored(text, shift.start(coding.start), shift.end(coding.end)))
    move_revisions(connection, "coding", text_id, shift)


def move_revisions(connection: Connection, kind: str, text_id: str, shift: Shift) -> None:
    """Move the places in a rewritten text that undo remembers of things of a kind."""
    for row in history_of(connection, kind):
        before, after = (_moved(state, text_id, shift) for state in (row.before, row.after))
        if (before, after) != (row.before, row.after):
            reword_revision(connection, row.id, before, after, row.reason)


def _moved(state: dict[str, object] | None, text_id: str, shift: Shift) -> dict[str, object] | None:
    if state is None or state["text_id"] != text_id:
        return state
    return {**state, "start": shift.start(int(str(state["start"]))), "end": shift.end(int(str(state["end"])))}


def carry(
    act: Act, kind: Kind, old_id: str, new_id: str, turns: Sequence[StoredTurn], shift: Shift | None = None
) -> tuple[int, list[Coding]]:
    """Carry the codings of one text version to the next; returns how many moved, and those that could not be carried.

    A coding whose words were taken out stays with the old version, to be placed by hand. `shift` is how offsets move,
    where that is known.
    """
    old, new = material.text_of(act.connection, old_id), material.text_of(act.connection, new_id)
    shift = shift or differences(old, new)
    here = records.list_codings(act.connection, text_id=old_id)
    act.touch(kind, *(coding.id for coding in here))
    lost: list[Coding] = []
    for coding in here:
        place = carried(shift, old, new, coding.start, coding.end)
        if place is None:
            lost.append(coding)
            continue
        values = {"text_id": new_id, **anchored(new, *place)}
        records.anchor(act.connection, coding.id, values, quoted_speakers(turns, *place))
    return len(here) - len(lost), lost


def remembered(connection: Connection, speaker_ids: set[str]) -> set[str]:
    """Return the ids of codings that quoted any of these speakers once: undo could bring them back."""
    return {
        row.thing
        for row in history_of(connection, "coding")
        for state in (row.before, row.after)
        if state and speaker_ids.intersection(_voices(connection, state))
    }


def _voices(connection: Connection, state: dict[str, Any]) -> list[str]:
    start, end = state["start"], state["end"]
    return quoted_speakers(material.turns_of(connection, state["text_id"], start, end), start, end)


def holdings(connection: Connection, speaker_ids: Iterable[str]) -> list[Coding]:
    """Return the codings that quote any of these speakers."""
    wanted = set(speaker_ids)
    return [coding for coding in records.list_codings(connection) if wanted & set(coding.speakers)]
