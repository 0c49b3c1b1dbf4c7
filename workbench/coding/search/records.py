"""The index beneath the search: this part's only use of SQLAlchemy, and the only place that knows of FTS5.

It holds stems, not words, and is made from the texts: whatever is in it can be made again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from sqlalchemy import text

from workbench.store.records import Connection

__all__ = ["Expression", "Found", "Row", "Term", "drop", "indexed", "match", "prepare", "put", "scrub"]

# Our words come parted by spaces already: letters, marks, digits, and what this SQLite's Unicode doesn't know yet.
_CREATE = """
    CREATE VIRTUAL TABLE IF NOT EXISTS search_stems USING fts5(
        source_id UNINDEXED, text_id UNINDEXED, turn UNINDEXED, "start" UNINDEXED, "end" UNINDEXED, words,
        tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co Cn'"
    )
"""


class Row(NamedTuple):
    """One turn to be indexed: `[start, end)` of its text in code points, and the stems of its words."""

    source_id: str
    turn: int
    start: int
    end: int
    words: Sequence[str]


class Found(NamedTuple):
    """One turn that was found: `[start, end)` of its text, in code points."""

    source_id: str
    text_id: str
    turn: int
    start: int
    end: int


class Term(NamedTuple):
    """Stems that follow each other; with `begins`, the last is but the beginning of one."""

    stems: tuple[str, ...]
    begins: bool = False


Expression: TypeAlias = Sequence[Sequence[Sequence[Term]]]
"""Alternatives, each of clauses that must all hold, each of terms of which one must."""


def prepare(connection: Connection) -> None:
    """Make the index where it is missing; one made by other rules for stems, under another name, goes."""
    connection.execute(text("DROP TABLE IF EXISTS search_words"))
    connection.execute(text(_CREATE))


def put(connection: Connection, text_id: str, rows: Iterable[Row]) -> None:
    """Index the turns of one text version; one without any is remembered as indexed too."""
    values = [{**row._asdict(), "text_id": text_id, "words": " ".join(row.words)} for row in rows]
    nothing = {"source_id": "", "text_id": text_id, "turn": 0, "start": 0, "end": 0, "words": ""}
    query = 'INSERT INTO search_stems(source_id, text_id, turn, "start", "end", words) '
    connection.execute(text(query + "VALUES (:source_id, :text_id, :turn, :start, :end, :words)"), values or [nothing])


def drop(connection: Connection, text_id: str) -> None:
    """Take one text version out of the index."""
    connection.execute(text("DELETE FROM search_stems WHERE text_id = :text_id"), {"text_id": text_id})


def indexed(connection: Connection) -> set[str]:
    """Return the ids of the text versions in the index."""
    if not _is_there(connection):
        return set()
    return set(connection.scalars(text("SELECT DISTINCT text_id FROM search_stems")))


def match(connection: Connection, expression: Expression) -> list[Found]:
    """Return the turns that an expression holds for, in the order of their sources and places."""
    if not expression or not _is_there(connection):
        return []
    query = 'SELECT source_id, text_id, turn, "start", "end" FROM search_stems WHERE search_stems MATCH :wanted '
    found = connection.execute(text(query + 'ORDER BY source_id, text_id, "start"'), {"wanted": _fts5(expression)})
    return [Found(*row) for row in found]


def scrub(connection: Connection) -> None:
    """Write the index anew, so that words taken out of it leave the file."""
    connection.execute(text("INSERT INTO search_stems(search_stems) VALUES ('optimize')"))


def _is_there(connection: Connection) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'search_stems'"
    return connection.execute(text(query)).first() is not None


def _fts5(expression: Expression) -> str:
    # Stems are letters, marks and digits: in quotation marks none of them can be an operator.
    alternatives = [
        " AND ".join("(" + " OR ".join(map(_fts5_term, clause)) + ")" for clause in clauses) for clauses in expression
    ]
    return " OR ".join(f"({alternative})" for alternative in alternatives)


def _fts5_term(term: Term) -> str:
    return '"' + " ".join(term.stems) + '"' + "*" * term.begins
