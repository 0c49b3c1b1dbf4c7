"""Informants, references, sources, text versions, speakers and turns: this room's only use of SQLAlchemy."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    update,
)

from workbench.privacy import Shift
from workbench.store import new_id, now
from workbench.store.records import Connection, metadata

_id = String(36)

informants = Table(
    "informants",
    metadata,
    Column("id", _id, primary_key=True),
    Column("code", String(50), nullable=False, unique=True),
    Column("group", String(100), nullable=False),
    Column("recruitment", String(200)),
    Column("consent", String(20)),
    Column("declined", Boolean, nullable=False),
    Column("created", String(32), nullable=False),
)

informant_scopes = Table(
    "informant_scopes",
    metadata,
    Column("informant_id", _id, ForeignKey("informants.id"), primary_key=True),
    Column("scope", String(30), primary_key=True),
)

references = Table(
    "references",
    metadata,
    Column("id", _id, primary_key=True),
    Column("key", String(100), nullable=False, unique=True),
    Column("author", Text, nullable=False),
    Column("year", String(20), nullable=False),
    Column("title", Text, nullable=False),
    Column("pages", String(50)),
    Column("level", String(100)),
    Column("public", Boolean, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("id", _id, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("kind", String(30), nullable=False),
    Column("content_hash", String(64), nullable=False, unique=True),
    Column("reference_id", _id, ForeignKey("references.id")),
    Column("created", String(32), nullable=False),
)

texts = Table(
    "texts",
    metadata,
    Column("id", _id, primary_key=True),
    Column("source_id", _id, ForeignKey("sources.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("words", Integer, nullable=False),
    Column("repairs", Text, nullable=False),
    Column("created", String(32), nullable=False),
    # Whose sealed raw the masks point into, and which version this one says over again; empty for its own.
    Column("raw_id", _id),
    Column("repeats", _id),
)

speakers = Table(
    "speakers",
    metadata,
    Column("id", _id, primary_key=True),
    Column("source_id", _id, ForeignKey("sources.id"), nullable=False, index=True),
    Column("label", String(100), nullable=False),
    Column("interviewer", Boolean, nullable=False),
    Column("informant_id", _id, ForeignKey("informants.id"), index=True),
)

turns = Table(
    "turns",
    metadata,
    Column("id", _id, primary_key=True),
    Column("text_id", _id, ForeignKey("texts.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("time", String(20)),
    Column("speaker_id", _id, ForeignKey("speakers.id")),
)


@dataclass(frozen=True)
class Informant:
    """A person (or a group who answered as one) behind a source."""

    id: str
    code: str
    group: str
    recruitment: str | None
    consent: str | None
    declined: bool
    scopes: frozenset[str]


@dataclass(frozen=True)
class Reference:
    """Where a secondary source was published; `level` is its place in the S-pyramid."""

    id: str
    key: str
    author: str
    year: str
    title: str
    pages: str | None
    level: str | None
    public: bool


@dataclass(frozen=True)
class Source:
    """One source, by its newest text."""

    id: str
    name: str
    kind: str
    reference_id: str | None
    text_id: str
    words: int


@dataclass(frozen=True)
class Speaker:
    """Who speaks in a source. Its label is a code or a role, never a name."""

    id: str
    source_id: str
    label: str
    interviewer: bool
    informant_id: str | None


@dataclass(frozen=True)
class StoredTurn:
    """A turn of one text version, offsets in code points; number 0 spans a whole text without marked turns."""

    number: int
    start: int
    end: int
    time: str | None
    speaker_id: str | None


def add_informant(connection: Connection, **values: Any) -> str:
    """Add an informant; returns the id."""
    identity = new_id()
    connection.execute(insert(informants), {"id": identity, "created": now(), **values})
    return identity


def set_consent(connection: Connection, informant_id: str, consent: str | None, scopes: Iterable[str]) -> None:
    """Replace an informant's consent and scopes."""
    connection.execute(update(informants).where(informants.c.id == informant_id).values(consent=consent))
    connection.execute(delete(informant_scopes).where(informant_scopes.c.informant_id == informant_id))
    rows = [{"informant_id": informant_id, "scope": scope} for scope in sorted(set(scopes))]
    if rows:
        connection.execute(insert(informant_scopes), rows)


def list_informants(connection: Connection) -> list[Informant]:
    """Return all informants by code."""
    scopes: dict[str, set[str]] = {}
    for row in connection.execute(select(informant_scopes)):
        scopes.setdefault(row.informant_id, set()).add(row.scope)
    query = select(informants).order_by(informants.c.code)
    return [
        Informant(
            r.id, r.code, r.group, r.recruitment, r.consent, r.declined, frozenset(scopes.get(r.id, ()))
        )
        for r in connection.execute(query)
    ]  # fmt: skip


def add_reference(connection: Connection, **values: Any) -> str:
    """Add a reference, or bring the one with its key up to date; returns the id."""
    known = connection.execute(select(references.c.id).where(references.c.key == values["key"])).scalar()
    if known is not None:
        connection.execute(update(references).where(references.c.id == known).values(**values))
        return str(known)
    identity = new_id()
    connection.execute(insert(references), {"id": identity, **values})
    return identity


def list_references(connection: Connection) -> list[Reference]:
    """Return all references by key."""
    return [Reference(*row) for row in connection.execute(select(references).order_by(references.c.key))]


def add_source(connection: Connection, name: str, kind: str, content_hash: str, reference_id: str | None) -> str:
    """Add a source without its text; returns the id."""
    identity = new_id()
    row = {"id": identity, "name": name, "kind": kind, "content_hash": content_hash, "reference_id": reference_id}
    connection.execute(insert(sources), {**row, "created": now()})
    return identity


def add_text(
    connection: Connection, source_id: str, text: str, repairs: dict[str, int], raw_id: str | None = None,
    repeats: str | None = None,
) -> str:  # fmt: skip
    """Add the next version of a source's text; returns its id."""
    newest = select(func.coalesce(func.max(texts.c.number), 0)).where(texts.c.source_id == source_id)
    number = connection.execute(newest).scalar_one() + 1
    row = {"id": new_id(), "source_id": source_id, "number": number, "text": text, "words": len(text.split())}
    row |= {"repairs": json.dumps(repairs, sort_keys=True), "created": now(), "raw_id": raw_id, "repeats": repeats}
    connection.execute(insert(texts), row)
    return str(row["id"])


def add_speaker(
    connection: Connection, source_id: str, label: str, interviewer: bool, informant_id: str | None
) -> str:  # fmt: skip
    """Add a speaker of a source; returns the id."""
    row = {"id": new_id(), "source_id": source_id, "label": label, "interviewer": interviewer}
    connection.execute(insert(speakers), {**row, "informant_id": informant_id})
    return str(row["id"])


def map_speaker(connection: Connection, speaker_id: str, informant_id: str) -> None:
    """Say which informant a speaker is."""
    connection.execute(update(speakers).where(speakers.c.id == speaker_id).values(informant_id=informant_id))


def add_turns(connection: Connection, text_id: str, rows: Sequence[StoredTurn]) -> None:
    """Add the turns of a text version."""
    values = [{"id": new_id(), "text_id": text_id, **row.__dict__} for row in rows]
    if values:
        connection.execute(insert(turns), values)


def list_sources(connection: Connection) -> list[Source]:
    """Return all sources by name, each with its newest text."""
    newest = select(texts.c.source_id, func.max(texts.c.number).label("number")).group_by(texts.c.source_id).subquery()
    query = (
        select(sources, texts.c.id.label("text_id"), texts.c.words)
        .join(newest, newest.c.source_id == sources.c.id)
        .join(texts, (texts.c.source_id == sources.c.id) & (texts.c.number == newest.c.number))
        .order_by(sources.c.name)
    )
    return [
        Source(row.id, row.name, row.kind, row.reference_id, row.text_id, row.words)
        for row in connection.execute(query)
    ]


def find_by_hash(connection: Connection, content_hash: str) -> str | None:
    """Return the name of the source with this content, None where it is new."""
    return connection.execute(select(sources.c.name).where(sources.c.content_hash == content_hash)).scalar()


def text_of(connection: Connection, text_id: str) -> str:
    """Return the text of one version."""
    return str(connection.execute(select(texts.c.text).where(texts.c.id == text_id)).scalar_one())


def all_ids(connection: Connection) -> set[str]:
    """Return the ids of all sources and of all their text versions: what a sealed raw file may be called after."""
    return {*connection.scalars(select(sources.c.id)), *connection.scalars(select(texts.c.id))}


def is_text(connection: Connection, identity: str) -> bool:
    """Say whether an id is that of a text version."""
    return connection.execute(select(texts.c.id).where(texts.c.id == identity)).first() is not None


@dataclass(frozen=True)
class Version:
    """One text version without its text. `says` is the id of the first version with the same words."""

    id: str
    source_id: str
    number: int
    created: str
    raw_id: str
    says: str


def version(connection: Connection, text_id: str) -> Version:
    """Return what is known of a text version."""
    query = select(
        texts.c.id, texts.c.source_id, texts.c.number, texts.c.created, func.coalesce(texts.c.raw_id, texts.c.id),
        func.coalesce(texts.c.repeats, texts.c.id),
    ).where(texts.c.id == text_id)  # fmt: skip
    return Version(*connection.execute(query).one())


def alike(connection: Connection, text_id: str) -> list[str]:
    """Return the ids of all versions that say what this one says."""
    says = version(connection, text_id).says
    return list(connection.scalars(select(texts.c.id).where(func.coalesce(texts.c.repeats, texts.c.id) == says)))


def text_lengths(connection: Connection, text_ids: Iterable[str] | None = None) -> dict[str, int]:
    """Return the length of every text version, or of some, in code points."""
    query = select(texts.c.id, func.length(texts.c.text))
    if text_ids is not None:
        query = query.where(texts.c.id.in_(list(text_ids)))
    return dict(connection.execute(query).all())


def newest_text(connection: Connection, source_id: str) -> str:
    """Return the id of a source's newest text version."""
    query = select(texts.c.id).where(texts.c.source_id == source_id).order_by(texts.c.number.desc()).limit(1)
    return str(connection.execute(query).scalar_one())


def earlier_texts(connection: Connection, source_id: str) -> list[str]:
    """Return the ids of a source's text versions but for the newest, newest first."""
    query = select(texts.c.id).where(texts.c.source_id == source_id).order_by(texts.c.number.desc()).offset(1)
    return list(connection.scalars(query))


def repeat_text(connection: Connection, text_id: str) -> str:
    """Let a source say again what an earlier version said, in a new one with the same turns; returns its id."""
    before = version(connection, text_id)
    text = text_of(connection, text_id)
    new = add_text(connection, before.source_id, text, {}, raw_id=before.raw_id, repeats=before.says)
    add_turns(connection, new, turns_of(connection, text_id))
    return new


def versions_of(connection: Connection, source_id: str) -> list[tuple[str, str]]:
    """Return id and text of every version of a source, oldest first."""
    query = select(texts.c.id, texts.c.text).where(texts.c.source_id == source_id).order_by(texts.c.number)
    return [(row.id, row.text) for row in connection.execute(query)]


def replace_text(connection: Connection, text_id: str, text: str, shift: Shift) -> None:
    """Rewrite one version and move its turns: only masks and withdrawal may do so."""
    connection.execute(update(texts).where(texts.c.id == text_id).values(text=text, words=len(text.split())))
    for row in connection.execute(select(turns.c.id, turns.c.start, turns.c.end).where(turns.c.text_id == text_id)):
        values = {"start": shift.start(row.start), "end": shift.end(row.end)}
        connection.execute(update(turns).where(turns.c.id == row.id).values(values))


def speakers_of(connection: Connection, source_id: str | None = None) -> list[Speaker]:
    """Return the speakers of one source, or of all, in the order they came in."""
    query = select(speakers).order_by(speakers.c.id)
    if source_id is not None:
        query = query.where(speakers.c.source_id == source_id)
    return [Speaker(*row) for row in connection.execute(query)]


def turns_of(connection: Connection, text_id: str, start: int = 0, end: int | None = None) -> list[StoredTurn]:
    """Return the turns of a text version, in order: all, or those that share characters with `[start, end)`."""
    query = select(turns.c.number, turns.c.start, turns.c.end, turns.c.time, turns.c.speaker_id)
    query = query.where(turns.c.text_id == text_id).order_by(turns.c.number)
    if end is not None:
        query = query.where(turns.c.start < end, turns.c.end > start)
    return [StoredTurn(*row) for row in connection.execute(query).all()]


def count_turns(connection: Connection) -> dict[str, int]:
    """Return the number of turns of each text version that has any."""
    query = select(turns.c.text_id, func.count()).where(turns.c.number > 0).group_by(turns.c.text_id)
    return dict(connection.execute(query).all())


def remove_speaker(connection: Connection, speaker_ids: Iterable[str]) -> None:
    """Let go of who spoke: the turns stay as gaps, the speakers lose their informant."""
    for speaker_id in speaker_ids:
        connection.execute(update(speakers).where(speakers.c.id == speaker_id).values(informant_id=None))


# Names of things: free text that a name may have slipped into.
SHORT = (informants.c.group, informants.c.recruitment, sources.c.name)
