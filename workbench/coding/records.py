"""Codes, codings and statements: this room's only use of SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, delete, func, insert, select, update

from workbench.store import new_id, now
from workbench.store.records import Connection, metadata

_id = String(36)

codes = Table(
    "codes",
    metadata,
    Column("id", _id, primary_key=True),
    Column("theme", String(50), nullable=False),
    Column("name", String(200), nullable=False, unique=True),
    Column("definition", Text),
    Column("created", String(32), nullable=False),
)

codings = Table(
    "codings",
    metadata,
    Column("id", _id, primary_key=True),
    Column("source_id", _id, ForeignKey("sources.id"), nullable=False, index=True),
    Column("text_id", _id, ForeignKey("texts.id"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("theme", String(50), nullable=False),
    Column("code_id", _id, ForeignKey("codes.id")),
    Column("effect", String(50), nullable=False),
    Column("determinant", String(50), nullable=False),
    Column("coder", String(100), nullable=False),
    Column("created", String(32), nullable=False),
    # What the tables count, without the words: their queries read these two and not the rows.
    Index("ix_codings_cell", "determinant", "effect", "source_id", "id"),
    Index("ix_codings_count", "id", "determinant", "effect", "theme", "source_id"),
)

coding_speakers = Table(
    "coding_speakers",
    metadata,
    Column("coding_id", _id, ForeignKey("codings.id"), primary_key=True),
    Column("speaker_id", _id, ForeignKey("speakers.id"), primary_key=True),
    Index("ix_coding_speakers_speaker_id", "speaker_id"),
)

statements = Table(
    "statements",
    metadata,
    Column("id", _id, primary_key=True),
    Column("text", Text, nullable=False),
    Column("theme", String(50), nullable=False),
    Column("effect", String(50), nullable=False),
    Column("determinant", String(50), nullable=False),
    Column("position", Integer, nullable=False),
    Column("created", String(32), nullable=False),
)

statement_codings = Table(
    "statement_codings",
    metadata,
    Column("statement_id", _id, ForeignKey("statements.id"), primary_key=True),
    Column("coding_id", _id, ForeignKey("codings.id"), primary_key=True),
    Index("ix_statement_codings_coding_id", "coding_id"),
)


@dataclass(frozen=True)
class Coding:
    """A coder's claim that `[start, end)` of one text version bears a theme (and code), with effect and determinant.

    `speakers` are the ids of those whose turns the segment touches.
    """

    id: str
    source_id: str
    text_id: str
    start: int
    end: int
    quote: str
    theme: str
    code: str | None
    effect: str
    determinant: str
    coder: str
    created: str
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statement:
    """A condensed meaning written for one cell, and the ids of the codings that support it."""

    id: str
    text: str
    theme: str
    effect: str
    determinant: str
    position: int
    codings: tuple[str, ...] = ()


def code_named(connection: Connection, name: str, theme: str) -> str:
    """Return the id of the code with this name, made under `theme` where it is new."""
    known = connection.execute(select(codes.c.id).where(codes.c.name == name)).scalar()
    return known or add_code(connection, theme, name, None)


def add_code(connection: Connection, theme: str, name: str, definition: str | None) -> str:
    """Add a code, or give the one with this name its theme and definition; returns the id."""
    known = connection.execute(select(codes.c.id).where(codes.c.name == name)).scalar()
    if known is not None:
        connection.execute(update(codes).where(codes.c.id == known).values(theme=theme, definition=definition))
        return str(known)
    row = {"id": new_id(), "theme": theme, "name": name, "definition": definition, "created": now()}
    connection.execute(insert(codes), row)
    return str(row["id"])


def list_codes(connection: Connection) -> list[dict[str, Any]]:
    """Return the codebook's codes by theme and name: id, theme, name, definition."""
    query = select(codes.c.id, codes.c.theme, codes.c.name, codes.c.definition).order_by(codes.c.theme, codes.c.name)
    return [dict(row._mapping) for row in connection.execute(query)]


def add_coding(connection: Connection, values: dict[str, Any], speakers: Iterable[str]) -> str:
    """Add a coding and those it quotes; returns the id."""
    identity = new_id()
    connection.execute(insert(codings), {"id": identity, "created": now(), **values})
    rows = [{"coding_id": identity, "speaker_id": speaker} for speaker in speakers]
    if rows:
        connection.execute(insert(coding_speakers), rows)
    return identity


def list_codings(connection: Connection, **where: str) -> list[Coding]:
    """Return codings in the order of their source and place; `where` narrows by column."""
    query = (
        select(codings, codes.c.name.label("code"))
        .outerjoin(codes, codes.c.id == codings.c.code_id)
        .order_by(codings.c.source_id, codings.c.start, codings.c.id)
    )
    pairs = select(coding_speakers.c.coding_id, coding_speakers.c.speaker_id).order_by(coding_speakers.c.speaker_id)
    for column, value in where.items():
        query = query.where(codings.c[column] == value)
        pairs = pairs.where(
            coding_speakers.c.coding_id.in_(select(codings.c.id).where(codings.c[column] == value))
        )  # fmt: skip
    speakers: dict[str, list[str]] = {}
    for coding_id, speaker_id in connection.execute(pairs):
        speakers.setdefault(coding_id, []).append(speaker_id)
    return [
        Coding(
            r.id, r.source_id, r.text_id, r.start, r.end, r.quote, r.theme, r.code, r.effect, r.determinant, r.coder,
            r.created, tuple(speakers.get(r.id, ())),
        )
        for r in connection.execute(query)
    ]  # fmt: skip


def anchor(
    connection: Connection, coding_id: str, values: dict[str, Any], speakers: Iterable[str] | None = None
) -> None:
    """Give a coding a new place; `speakers`, where given, replace those it quotes."""
    connection.execute(update(codings).where(codings.c.id == coding_id).values(**values))
    if speakers is not None:
        connection.execute(delete(coding_speakers).where(coding_speakers.c.coding_id == coding_id))
        rows = [{"coding_id": coding_id, "speaker_id": speaker} for speaker in speakers]
        if rows:
            connection.execute(insert(coding_speakers), rows)


def remove_codings(connection: Connection, ids: Iterable[str]) -> None:
    """Remove codings and their place among the supports of statements."""
    for identity in ids:
        connection.execute(delete(statement_codings).where(statement_codings.c.coding_id == identity))
        connection.execute(delete(coding_speakers).where(coding_speakers.c.coding_id == identity))
        connection.execute(delete(codings).where(codings.c.id == identity))


def add_statement(connection: Connection, text: str, theme: str, effect: str, determinant: str) -> str:
    """Add a statement at the end of its cell, or return the one with these words there."""
    cell = (statements.c.effect == effect) & (statements.c.determinant == determinant)
    known = select(statements.c.id).where(cell & (statements.c.text == text) & (statements.c.theme == theme))
    identity = connection.execute(known).scalar()
    if identity is not None:
        return str(identity)
    last = connection.execute(select(func.coalesce(func.max(statements.c.position), 0)).where(cell)).scalar_one()
    row = {"id": new_id(), "text": text, "theme": theme, "effect": effect, "determinant": determinant}
    connection.execute(insert(statements), {**row, "position": last + 1, "created": now()})
    return row["id"]


def support(connection: Connection, statement_id: str, coding_id: str) -> None:
    """Let a coding support a statement; once is enough."""
    pair = {"statement_id": statement_id, "coding_id": coding_id}
    there = select(func.count()).where(
        statement_codings.c.statement_id == statement_id, statement_codings.c.coding_id == coding_id
    )
    if not connection.execute(there).scalar_one():
        connection.execute(insert(statement_codings), pair)


def list_statements(connection: Connection) -> list[Statement]:
    """Return the statements in the order of their cells, each with its codings."""
    supports: dict[str, list[str]] = {}
    for row in connection.execute(select(statement_codings).order_by(statement_codings.c.coding_id)):
        supports.setdefault(row.statement_id, []).append(row.coding_id)
    query = select(statements).order_by(statements.c.determinant, statements.c.effect, statements.c.position)
    return [
        Statement(r.id, r.text, r.theme, r.effect, r.determinant, r.position, tuple(supports.get(r.id, ())))
        for r in connection.execute(query)
    ]


def place_statement(connection: Connection, statement_id: str, position: int) -> None:
    """Give a statement its number in the cell."""
    connection.execute(update(statements).where(statements.c.id == statement_id).values(position=position))


def reword_statement(connection: Connection, statement_id: str, text: str) -> None:
    """Replace a statement's words: only masks do so behind the researcher's back."""
    connection.execute(update(statements).where(statements.c.id == statement_id).values(text=text))


def reword_code(connection: Connection, code_id: str, name: str, definition: str | None) -> None:
    """Replace a code's words by masked ones; a name that is taken gets its id behind it."""
    if connection.execute(select(codes.c.id).where((codes.c.name == name) & (codes.c.id != code_id))).first():
        name = f"{name} {code_id}"
    connection.execute(update(codes).where(codes.c.id == code_id).values(name=name, definition=definition))
