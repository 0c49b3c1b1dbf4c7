"""The things of this room that can be undone: codes, codings, statements, what supports them, and corrected texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from workbench.coding import records
from workbench.coding.anchoring import anchored, quoted_speakers, standing
from workbench.errors import Overtaken
from workbench.locale import _
from workbench.material import records as material
from workbench.privacy import records as privacy
from workbench.store.history import Kind, State
from workbench.store.records import LINK, MEMO, Connection, list_memos, read_rows, write_row

__all__ = ["CODE", "CODING", "KINDS", "STATEMENT", "SUPPORT", "TEXT", "pair"]

_KEPT = ("source_id", "text_id", "start", "end", "theme", "code_id", "effect", "determinant", "coder", "created")


def _read_codings(connection: Connection, ids: Iterable[str]) -> Mapping[str, dict[str, Any]]:
    # The quote is left out: it is what the text says there, and the text may be masked later.
    rows = read_rows(connection, records.codings, ids)
    says = {text_id: material.version(connection, text_id).says for text_id in {r["text_id"] for r in rows.values()}}
    return {i: {key: row[key] for key in _KEPT} | {"text_id": says[row["text_id"]]} for i, row in rows.items()}


def _write_coding(connection: Connection, coding_id: str, state: State) -> None:
    if state is None:
        rests = records.supports_of(connection, [coding_id]) or list_memos(connection, coding_id)
        _refuse_if(rests, _("Something rests on that coding by now, so it can't be undone."))
        records.remove_codings(connection, [coding_id])
        return
    before = (state["text_id"], state["start"], state["end"])
    # Words that a correction took out stand in an earlier version: there the coding waits to be placed by hand.
    text_id, start, end = standing(connection, *before) or before
    values = {**state, "text_id": text_id, **anchored(material.text_of(connection, text_id), start, end)}
    voices = quoted_speakers(material.turns_of(connection, text_id, start, end), start, end)
    if read_rows(connection, records.codings, [coding_id]):
        records.anchor(connection, coding_id, values, voices)
    else:
        records.add_coding(connection, coding_id, values, voices)


def _same_claim(one: State, other: State) -> bool:
    """Say whether two states claim the same; a correction in between may have moved the place."""
    if one is None or other is None or one["text_id"] == other["text_id"]:
        return one == other
    return all(one[key] == other[key] for key in _KEPT if key not in {"text_id", "start", "end"})


def _read_codes(connection: Connection, ids: Iterable[str]) -> Mapping[str, dict[str, Any]]:
    return read_rows(connection, records.codes, ids)


def _write_code(connection: Connection, code_id: str, state: State) -> None:
    if state is None:
        branches = [code for code in records.list_codes(connection) if code.parent_id == code_id]
        used = branches or records.count_by_code(connection).get(code_id) or list_memos(connection, code_id)
        _refuse_if(used, _("The code is in use by now, so it can't be undone."))
    else:
        taken = records.code_id_of(connection, state["name"])
        _refuse_if(taken not in (None, code_id), _("Another code has that name by now, so it can't be undone."))
    write_row(connection, records.codes, code_id, state)


def _read_statements(connection: Connection, ids: Iterable[str]) -> Mapping[str, dict[str, Any]]:
    return read_rows(connection, records.statements, ids)


def _write_statement(connection: Connection, statement_id: str, state: State) -> None:
    if state is None:
        rests = records.supports_of(connection, [statement_id]) or list_memos(connection, statement_id)
        _refuse_if(rests, _("Codings support that statement by now, so it can't be undone."))
    write_row(connection, records.statements, statement_id, state)


def pair(statement_id: str, coding_id: str) -> str:
    """Return how a support is called: both ids, for it has none of its own."""
    return f"{statement_id} {coding_id}"


def _read_supports(connection: Connection, pairs: Iterable[str]) -> Mapping[str, dict[str, Any]]:
    wanted = set(pairs)
    found = records.supports_of(connection, [part for name in wanted for part in name.split()])
    return {pair(s, c): {"counter": counter} for s, c, counter in found if pair(s, c) in wanted}


def _write_support(connection: Connection, name: str, state: State) -> None:
    statement_id, coding_id = name.split()
    records.support(connection, statement_id, coding_id, None if state is None else state["counter"])


def _read_texts(connection: Connection, source_ids: Iterable[str]) -> Mapping[str, dict[str, Any]]:
    newest = {source: material.newest_text(connection, source) for source in source_ids}
    return {source: {"text_id": material.version(connection, text).says} for source, text in newest.items()}


def _write_text(connection: Connection, source_id: str, state: State) -> None:
    """Let a source say again what it said: as a new version, for versions are never taken away.

    What stands on the version that is said again moves to the new one; codings made since the correction forbid it.
    """
    assert state is not None, "what can be undone corrects a text, and never makes or removes one"
    left = material.version(connection, material.newest_text(connection, source_id))
    since = [one for one in records.list_codings(connection, text_id=left.id) if one.created > left.created]
    _refuse_if(since, _("The corrected text has been coded since, so the correction can't be undone."))
    before = material.alike(connection, state["text_id"])
    new = material.repeat_text(connection, before[-1])
    privacy.repeat(connection, before[-1], new)
    text = material.text_of(connection, new)
    for one in records.list_codings(connection, text_id=before):
        records.anchor(connection, one.id, {"text_id": new, **anchored(text, one.start, one.end)})


def _refuse_if(rests: object, sentence: str) -> None:
    if rests:
        raise Overtaken(sentence)


CODE = Kind("code", _read_codes, _write_code)
CODING = Kind("coding", _read_codings, _write_coding, _same_claim)
STATEMENT = Kind("statement", _read_statements, _write_statement)
SUPPORT = Kind("support", _read_supports, _write_support)
TEXT = Kind("text", _read_texts, _write_text, leads=True)
KINDS = {kind.name: kind for kind in (CODE, CODING, STATEMENT, SUPPORT, TEXT, MEMO, LINK)}
