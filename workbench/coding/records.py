"""Codes, codings and statements: this room's only use of SQLAlchemy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    delete,
    false,
    func,
    insert,
    select,
    update,
)

from workbench.store import now
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
    Column("parent_id", _id, ForeignKey("codes.id")),
    Column("use_when", Text),
    Column("not_when", Text),
    Column("example", Text),
    Column("shortcut", String(1)),
    Column("colour", Integer, nullable=False, server_default="0"),
    Column("retired", Boolean, nullable=False, server_default=false()),
)

codings = Table(
    "codings",
    metadata,
    Column("id", _id, primary_key=True),
    Column("source_id", _id, ForeignKey("sources.id"), nullable=False, index=True),
    Column("text_id", _id, ForeignKey("texts.id"), nullable=False),
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
    # What the coder asks again and again: how much of a text is coded, what stands in a part of it, and code by code.
    Index("ix_codings_place", "text_id", "start", "end"),
    Index("ix_codings_code_id", "code_id"),
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
    Column("counter", Boolean, nullable=False, server_default=false()),
    Index("ix_statement_codings_coding_id", "coding_id"),
    Index("ix_statement_codings_counted", "statement_id", "counter", "coding_id"),
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
    code_id: str | None = None


@dataclass(frozen=True)
class Statement:
    """A condensed meaning written for one cell, the ids of the codings that support it, and of counter-examples."""

    id: str
    text: str
    theme: str
    effect: str
    determinant: str
    position: int
    codings: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Code:
    """A code under its theme, or under another code. `colour` counts the colours of the page's palette.

    A retired code keeps its codings, and is offered for no new ones.
    """

    id: str
    theme: str
    name: str
    definition: str | None = None
    parent_id: str | None = None
    use_when: str | None = None
    not_when: str | None = None
    example: str | None = None
    shortcut: str | None = None
    colour: int = 0
    retired: bool = False


_CODE = [codes.c[name] for name in Code.__dataclass_fields__]


def code_id_of(connection: Connection, name: str) -> str | None:
    """Return the id of the code with this name, whatever the case."""
    found = connection.execute(select(codes.c.id).where(codes.c.name == name)).scalar()
    if found is None:
        query = select(codes.c.id, codes.c.name)
        found = next((r.id for r in connection.execute(query) if r.name.casefold() == name.casefold()), None)
    return found


def add_code(connection: Connection, identity: str, **values: Any) -> None:
    """Add a code."""
    connection.execute(insert(codes), {"id": identity, "created": now(), **values})


def change_code(connection: Connection, code_id: str, **values: Any) -> None:
    """Give a code other values."""
    connection.execute(update(codes).where(codes.c.id == code_id).values(**values))


def remove_code(connection: Connection, code_id: str) -> None:
    """Remove a code that no coding bears and that has no branches."""
    connection.execute(delete(codes).where(codes.c.id == code_id))


def list_codes(connection: Connection) -> list[Code]:
    """Return the codebook's codes by theme and name."""
    query = select(*_CODE).order_by(codes.c.theme, codes.c.name)
    return [Code(*row) for row in connection.execute(query)]


def count_by_code(connection: Connection) -> dict[str, int]:
    """Return how many codings bear each code that has any."""
    query = select(codings.c.code_id, func.count()).where(codings.c.code_id.is_not(None)).group_by(codings.c.code_id)
    return dict(connection.execute(query).all())


def recode(connection: Connection, ids: Iterable[str], code_id: str | None, theme: str) -> None:
    """Give codings another code and its theme."""
    for identity in ids:
        connection.execute(update(codings).where(codings.c.id == identity).values(code_id=code_id, theme=theme))


def add_coding(connection: Connection, identity: str, values: dict[str, Any], speakers: Iterable[str]) -> None:
    """Add a coding and those it quotes."""
    connection.execute(insert(codings), {"id": identity, "created": now(), **values})
    rows = [{"coding_id": identity, "speaker_id": speaker} for speaker in speakers]
    if rows:
        connection.execute(insert(coding_speakers), rows)


def list_codings(connection: Connection, **where: str | list[str]) -> list[Coding]:
    """Return codings in the order of their source and place; `where` narrows by column, to a value or to several."""
    query = (
        select(codings, codes.c.name.label("code"))
        .outerjoin(codes, codes.c.id == codings.c.code_id)
        .order_by(codings.c.source_id, codings.c.start, codings.c.id)
    )
    pairs = select(coding_speakers.c.coding_id, coding_speakers.c.speaker_id).order_by(coding_speakers.c.speaker_id)
    for column, value in where.items():
        fits = codings.c[column].in_(value) if isinstance(value, list) else codings.c[column] == value
        query = query.where(fits)
        pairs = pairs.where(coding_speakers.c.coding_id.in_(select(codings.c.id).where(fits)))
    speakers: dict[str, list[str]] = {}
    for coding_id, speaker_id in connection.execute(pairs):
        speakers.setdefault(coding_id, []).append(speaker_id)
    return [
        Coding(
            r.id, r.source_id, r.text_id, r.start, r.end, r.quote, r.theme, r.code, r.effect, r.determinant, r.coder,
            r.created, tuple(speakers.get(r.id, ())), r.code_id,
        )
        for r in connection.execute(query)
    ]  # fmt: skip


class Placed(NamedTuple):
    """A coding without its words and speakers: what a page needs to draw it. Offsets as in `Coding`."""

    id: str
    start: int
    end: int
    theme: str
    code_id: str | None
    effect: str
    determinant: str
    coder: str
    text_id: str


def codings_in(connection: Connection, text_id: str, start: int, end: int) -> list[Placed]:
    """Return the codings that share characters with `[start, end)` of a text version, in the order of their place."""
    query = (
        select(*(codings.c[name] for name in Placed._fields))
        .where(codings.c.text_id == text_id, codings.c.start < end, codings.c.end > start)
        .order_by(codings.c.start, codings.c.id)
    )
    return [Placed(*row) for row in connection.execute(query).all()]


def covered(connection: Connection, text_ids: Iterable[str]) -> dict[str, int]:
    """Return how many code points of each of these text versions bear a coding, for those where any do."""
    place = [codings.c.text_id, codings.c.start, codings.c.end]
    query = select(*place).where(codings.c.text_id.in_(list(text_ids))).order_by(codings.c.text_id, codings.c.start)
    counts: dict[str, int] = {}
    for text_id, spans in groupby(connection.execute(query).all(), key=itemgetter(0)):
        counts[text_id] = reached = 0
        for _text, start, end in spans:
            if end > reached:
                counts[text_id] += end - max(start, reached)
                reached = end
    return counts


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


def claimed(connection: Connection, **values: str | int | None) -> str | None:
    """Return the id of the coding that has all these values, if there is one."""
    query = select(codings.c.id)
    for column, value in values.items():
        query = query.where(codings.c[column] == value)
    return connection.execute(query.limit(1)).scalar()


def coders(connection: Connection) -> set[str]:
    """Return everybody who coded anything."""
    return set(connection.execute(select(codings.c.coder).distinct()).scalars())


def remove_codings(connection: Connection, ids: Iterable[str]) -> None:
    """Remove codings and their place among the supports of statements."""
    for identity in ids:
        connection.execute(delete(statement_codings).where(statement_codings.c.coding_id == identity))
        connection.execute(delete(coding_speakers).where(coding_speakers.c.coding_id == identity))
        connection.execute(delete(codings).where(codings.c.id == identity))


def statement_saying(connection: Connection, text: str, theme: str, effect: str, determinant: str) -> str | None:
    """Return the id of the statement with these words in this cell and theme."""
    cell = (statements.c.effect == effect) & (statements.c.determinant == determinant) & (statements.c.theme == theme)
    return connection.execute(select(statements.c.id).where(cell & (statements.c.text == text))).scalar()


def add_statement(
    connection: Connection, identity: str, text: str, theme: str, effect: str, determinant: str
) -> None:  # fmt: skip
    """Add a statement at the end of its cell."""
    cell = (statements.c.effect == effect) & (statements.c.determinant == determinant)
    last = connection.execute(select(func.coalesce(func.max(statements.c.position), 0)).where(cell)).scalar_one()
    row = {"id": identity, "text": text, "theme": theme, "effect": effect, "determinant": determinant}
    connection.execute(insert(statements), {**row, "position": last + 1, "created": now()})


def change_statement(connection: Connection, statement_id: str, **values: Any) -> None:
    """Give a statement other values."""
    connection.execute(update(statements).where(statements.c.id == statement_id).values(**values))


def support(connection: Connection, statement_id: str, coding_id: str, counter: bool | None = False) -> None:
    """Let a coding support a statement, stand beside it as a counter-example, or (None) neither; once is enough."""
    pair = {"statement_id": statement_id, "coding_id": coding_id}
    here = (statement_codings.c.statement_id == statement_id) & (statement_codings.c.coding_id == coding_id)
    if counter is None:
        connection.execute(delete(statement_codings).where(here))
    elif not connection.execute(update(statement_codings).where(here).values(counter=counter)).rowcount:
        connection.execute(insert(statement_codings), {**pair, "counter": counter})


def supports_of(connection: Connection, codings_or_statements: Iterable[str]) -> list[tuple[str, str, bool]]:
    """Return statement, coding and whether it is a counter-example, for each pair that holds one of these ids."""
    wanted = list(codings_or_statements)
    query = select(statement_codings).where(
        statement_codings.c.statement_id.in_(wanted) | statement_codings.c.coding_id.in_(wanted)
    )
    return [(r.statement_id, r.coding_id, r.counter) for r in connection.execute(query)]


def remove_statement(connection: Connection, statement_id: str) -> None:
    """Remove a statement that no coding supports."""
    connection.execute(delete(statements).where(statements.c.id == statement_id))


def list_statements(connection: Connection) -> list[Statement]:
    """Return the statements in the order of their cells, each with its codings."""
    supports: dict[tuple[str, bool], list[str]] = {}
    for row in connection.execute(select(statement_codings).order_by(statement_codings.c.coding_id)):
        supports.setdefault((row.statement_id, row.counter), []).append(row.coding_id)
    query = select(statements).order_by(statements.c.determinant, statements.c.effect, statements.c.position)
    return [
        Statement(
            r.id, r.text, r.theme, r.effect, r.determinant, r.position, tuple(supports.get((r.id, False), ())),
            tuple(supports.get((r.id, True), ())),
        )
        for r in connection.execute(query)
    ]  # fmt: skip


def place_statement(connection: Connection, statement_id: str, position: int) -> None:
    """Give a statement its number in the cell."""
    connection.execute(update(statements).where(statements.c.id == statement_id).values(position=position))


def reword_statement(connection: Connection, statement_id: str, text: str) -> None:
    """Replace a statement's words: only masks do so behind the researcher's back."""
    connection.execute(update(statements).where(statements.c.id == statement_id).values(text=text))


def reword_code(connection: Connection, code_id: str, words: dict[str, str]) -> None:
    """Replace a code's words by masked ones; a name that is taken gets its id behind it."""
    name = words.get("name", "")
    if connection.execute(select(codes.c.id).where((codes.c.name == name) & (codes.c.id != code_id))).first():
        words = {**words, "name": f"{name} {code_id}"}
    connection.execute(update(codes).where(codes.c.id == code_id).values(**words))
