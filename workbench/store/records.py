"""The store's own tables and the engine beneath: the only place in this room that imports SQLAlchemy."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Column,
    Engine,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, DatabaseError

from workbench.errors import BadInput
from workbench.locale import _
from workbench.store.audit import GENESIS, AuditRow, chain_hash, commit_to
from workbench.store.history import Edit, Kind, Revision, State
from workbench.store.identity import new_id, now

if TYPE_CHECKING:
    from workbench.store.engine import Act

__all__ = [
    "LINK",
    "MEMO",
    "Connection",
    "HistoryRow",
    "Link",
    "Memo",
    "add_link",
    "add_revisions",
    "append_audit",
    "audit",
    "audit_payloads",
    "audit_rows",
    "edits_of",
    "erase_payloads",
    "forget_memos",
    "forget_revisions",
    "history_of",
    "links",
    "list_links",
    "list_memos",
    "memos",
    "metadata",
    "migrate",
    "newest_seq",
    "open_engine",
    "put_memo",
    "read_rows",
    "remove_links",
    "remove_memo",
    "revisions",
    "revisions_of",
    "reword_memo",
    "reword_revision",
    "touched_since",
    "write_row",
]

NEWEST_MIGRATION = "0015"

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", String(36), nullable=False, unique=True),
    Column("at", String(32), nullable=False),
    Column("actor", String(100), nullable=False),
    Column("kind", String(50), nullable=False),
    Column("subject", String(36), index=True),
    Column("commitment", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)

payload = Table(
    "audit_payload",
    metadata,
    Column("seq", Integer, ForeignKey("audit.seq"), primary_key=True, autoincrement=False),
    Column("salt", String(32), nullable=False),
    Column("payload", Text, nullable=False),
)

memos = Table(
    "memos",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("about", String(36), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("author", String(100), nullable=False),
    Column("created", String(32), nullable=False),
)


# What a thing was before and after an act. It holds words (a memo's, a code's), so masks go over it too.
revisions = Table(
    "revisions",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("seq", Integer, nullable=False, index=True),
    Column("at", String(32), nullable=False),
    Column("actor", String(100), nullable=False),
    Column("edit", String(36), nullable=False, index=True),
    Column("undoes", String(36)),
    Column("kind", String(30), nullable=False),
    Column("thing", String(80), nullable=False),
    Column("before", Text),
    Column("after", Text),
    Column("reason", Text),
    Index("ix_revisions_kind_thing", "kind", "thing"),
)

links = Table(
    "links",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("one", String(36), nullable=False, index=True),
    Column("other", String(36), nullable=False, index=True),
    Column("author", String(100), nullable=False),
    Column("created", String(32), nullable=False),
)


def truncate_log(connection: Connection) -> None:
    """Write SQLite's write-ahead log into the database and empty it; it waits for those who read."""
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]


def open_engine(url: str) -> Engine:
    """Return an engine for a store.

    SQLite gets WAL, full synchronisation and foreign keys; its driver's own transactions are switched off so that an
    act can begin by taking the write lock.
    """
    try:
        engine = create_engine(make_url(url), connect_args=_connect_args(url))
    except ArgumentError as error:
        raise BadInput(_("The store's address {url!r} in study.toml can't be read.").format(url=url)) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _connect_args(url: str) -> dict[str, Any]:
    return {"timeout": 30} if url.startswith("sqlite") else {}


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    connection.create_function("lower", 1, _lower, deterministic=True)  # SQLite's own knows A to Z only
    # The default cache of 2 MB makes a table over a large study read the same pages again and again.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "cache_size=-262144"):
        connection.execute(f"PRAGMA {pragma}")


def _lower(text: str | None) -> str | None:
    return None if text is None else text.lower()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def migrate(engine: Engine) -> None:
    """Bring a store to the newest form; does nothing to one that is there already."""
    try:
        if _migration_of(engine) == NEWEST_MIGRATION:
            return
        from alembic import command  # slow to import, and needed only once for each new form
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", "workbench:store/migrations")
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except DatabaseError as error:
        raise BadInput(
            _("The study's store can't be opened: {reason}. Restore it from your newest backup.").format(
                reason=error.orig
            )
        ) from error


def _migration_of(engine: Engine) -> str | None:
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def append_audit(
    connection: Connection, actor: str, kind: str, subject: str | None, details: dict[str, Any]
) -> AuditRow:
    """Write the audit row that ends an act; the caller holds the write lock."""
    last = connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).first()
    seq, previous = (last.seq + 1, last.hash) if last else (1, GENESIS)
    salt, body, commitment = commit_to(details)
    covered = (seq, new_id(), now(), actor, kind, subject, commitment, previous)
    row = AuditRow(*covered, chain_hash(covered))
    connection.execute(insert(audit), row._asdict())
    connection.execute(insert(payload), {"seq": seq, "salt": salt, "payload": body})
    return row


def audit_rows(connection: Connection, since: int = 0) -> list[AuditRow]:
    """Return the trail's rows after number `since`, oldest first."""
    rows = connection.execute(select(audit).where(audit.c.seq > since).order_by(audit.c.seq))
    return [AuditRow(*row) for row in rows]


def audit_payloads(connection: Connection) -> dict[int, tuple[str, str]]:
    """Return salt and details of every act whose details have not been erased."""
    return {row.seq: (row.salt, row.payload) for row in connection.execute(select(payload))}


def newest_seq(connection: Connection) -> int:
    """Return the number of the newest act, 0 in an empty store."""
    return int(connection.execute(select(func.coalesce(func.max(audit.c.seq), 0))).scalar_one())


def erase_payloads(connection: Connection, subjects: list[str]) -> int:
    """Erase the details of all acts on the given subjects; the chain keeps its commitments. Returns how many."""
    numbers = select(audit.c.seq).where(audit.c.subject.in_(subjects))
    return connection.execute(payload.delete().where(payload.c.seq.in_(numbers))).rowcount


# --- revisions --------------------------------------------------------------------------------------------------------

LONGEST_UNDO = 500


@dataclass(frozen=True)
class HistoryRow:
    """One revision with who made it, when, and why."""

    id: str
    seq: int
    at: str
    actor: str
    kind: str
    thing: str
    before: State
    after: State
    reason: str | None
    undoes: str | None = None


def add_revisions(
    connection: Connection, row: AuditRow, edit: Edit, reason: str | None, made: Iterable[Revision]
) -> None:  # fmt: skip
    """Keep what an act changed."""
    common = {"seq": row.seq, "at": row.at, "actor": row.actor, "edit": edit.id, "undoes": edit.undoes}
    rows = [
        {
            "id": new_id(), **common, "reason": reason, "kind": revision.kind, "thing": revision.thing,
            "before": _as_json(revision.before), "after": _as_json(revision.after),
        }
        for revision in made
    ]  # fmt: skip
    if rows:
        connection.execute(insert(revisions), rows)


def edits_of(connection: Connection, actor: str, kinds: Iterable[str]) -> list[Edit]:
    """Return a person's edits of things of these kinds, newest first, as far back as undo goes."""
    query = (
        select(revisions.c.edit, func.max(revisions.c.undoes))
        .where(revisions.c.actor == actor, revisions.c.kind.in_(list(kinds)))
        .group_by(revisions.c.edit)
        .order_by(func.max(revisions.c.seq).desc())
        .limit(LONGEST_UNDO)
    )
    return [Edit(*row) for row in connection.execute(query)]


def revisions_of(connection: Connection, edit: str) -> list[Revision]:
    """Return what an edit changed, oldest first."""
    query = select(revisions).where(revisions.c.edit == edit).order_by(revisions.c.seq, revisions.c.id)
    return [
        Revision(row.kind, row.thing, _from_json(row.before), _from_json(row.after))
        for row in connection.execute(query)
    ]


def touched_since(connection: Connection, seq: int, actor: str | None = None) -> list[tuple[str, str]]:
    """Return kind and id of what was changed after act number `seq`, each once; by one person, where one is named."""
    query = select(revisions.c.kind, revisions.c.thing).where(revisions.c.seq > seq).distinct()
    if actor is not None:
        query = query.where(revisions.c.actor == actor)
    return [(row.kind, row.thing) for row in connection.execute(query)]


def history_of(connection: Connection, kind: str, thing: str | None = None) -> list[HistoryRow]:
    """Return the revisions of one thing, or of all of its kind, oldest first."""
    query = select(revisions).where(revisions.c.kind == kind).order_by(revisions.c.seq, revisions.c.id)
    if thing is not None:
        query = query.where(revisions.c.thing == thing)
    return [
        HistoryRow(
            r.id, r.seq, r.at, r.actor, r.kind, r.thing, _from_json(r.before), _from_json(r.after), r.reason,
            r.undoes,
        )
        for r in connection.execute(query)
    ]  # fmt: skip


def reword_revision(
    connection: Connection, revision_id: str, before: State, after: State, reason: str | None
) -> None:  # fmt: skip
    """Replace what a revision says: masks do so, and offsets that move with them."""
    values = {"before": _as_json(before), "after": _as_json(after), "reason": reason}
    connection.execute(update(revisions).where(revisions.c.id == revision_id).values(values))


def forget_revisions(connection: Connection, things: Iterable[str]) -> int:
    """Remove the revisions of things that are no more: nothing brings them back. Returns how many."""
    return sum(connection.execute(delete(revisions).where(revisions.c.thing == thing)).rowcount for thing in things)


def _as_json(state: State) -> str | None:
    return None if state is None else json.dumps(state, ensure_ascii=False, sort_keys=True)


def _from_json(kept: str | None) -> State:
    return None if kept is None else json.loads(kept)


# --- memos and links --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Memo:
    """An analytic note on anything that has an id."""

    id: str
    about: str
    text: str
    author: str
    created: str


def put_memo(act: Act, about: str, words: str, author: str, memo: str | None = None) -> str:
    """Add a memo whose words were screened, or word `memo` anew; returns its id.

    A memo that this edit made on the same thing already is worded anew too: it is saved again and again while it is
    typed, by a page that may not have heard of its id yet, and comes from the inbox once more after a crash.
    """
    memo = memo or _memo_of(act, about)
    if memo is not None:
        act.touch(MEMO, memo)
        reword_memo(act.connection, memo, words)
        return memo
    row = {"id": new_id(), "about": about, "text": words, "author": author, "created": now()}
    act.touch(MEMO, row["id"])
    act.connection.execute(insert(memos), row)
    return row["id"]


def _memo_of(act: Act, about: str) -> str | None:
    made = [one.thing for one in revisions_of(act.connection, act.edit.id) if one.kind == "memo" and not one.before]
    query = select(memos.c.id).where(memos.c.id.in_(made), memos.c.about == about)
    return act.connection.execute(query).scalar()


def list_memos(connection: Connection, about: str | None = None) -> list[Memo]:
    """Return memos, oldest first: all, or those on one thing."""
    query = select(memos).order_by(memos.c.id)
    if about is not None:
        query = query.where(memos.c.about == about)
    return [Memo(*row) for row in connection.execute(query)]


def reword_memo(connection: Connection, memo_id: str, words: str) -> None:
    """Replace a memo's words by masked ones."""
    connection.execute(memos.update().where(memos.c.id == memo_id).values(text=words))


def remove_memo(connection: Connection, memo_id: str) -> None:
    """Remove one memo."""
    connection.execute(delete(memos).where(memos.c.id == memo_id))


def forget_memos(connection: Connection, about: list[str], author: str | None = None) -> int:
    """Remove the memos on things that are no more, or by an author, also from what undo remembers; returns how many."""
    gone = [memo.id for memo in list_memos(connection) if memo.about in set(about) or memo.author == author]
    connection.execute(delete(memos).where(memos.c.id.in_(gone)))
    forget_revisions(connection, [*gone, *(row.thing for row in history_of(connection, "memo") if _was_on(row, about))])
    remove_links(connection, [*about, *gone])
    return len(gone)


def _was_on(row: HistoryRow, about: list[str]) -> bool:
    return any(state is not None and state["about"] in about for state in (row.before, row.after))


def _read_memos(connection: Connection, ids: Iterable[str]) -> Mapping[str, dict[str, Any]]:
    return read_rows(connection, memos, ids)


def _write_memo(connection: Connection, memo_id: str, state: State) -> None:
    write_row(connection, memos, memo_id, state)


def read_rows(connection: Connection, table: Table, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return rows by id, without the id: the state of things that are one row each."""
    found = {}
    for row in connection.execute(select(table).where(table.c.id.in_(list(ids)))):
        values = dict(row._mapping)
        found[values.pop("id")] = values
    return found


def write_row(connection: Connection, table: Table, identity: str, state: State) -> None:
    """Make a row what `state` says, or remove it."""
    if state is None:
        connection.execute(delete(table).where(table.c.id == identity))
    elif not connection.execute(update(table).where(table.c.id == identity).values(state)).rowcount:
        connection.execute(insert(table), {"id": identity, **state})


@dataclass(frozen=True)
class Short:
    """A short free text that stands as a name of something: its column, its row's id, and what it says."""

    column: Column[Any]
    id: str
    text: str


def short_texts(connection: Connection, columns: Iterable[Column[Any]]) -> list[Short]:
    """Return what the rooms' columns of short free text say, where they say anything."""
    return [
        Short(column, identity, text)
        for column in columns
        for identity, text in connection.execute(select(_key(column), column))
        if text
    ]


def reword_short(connection: Connection, short: Short, text: str) -> None:
    """Replace a short text by a masked one; where only one thing may be called so, its id stands behind it."""
    key, table = _key(short.column), short.column.table
    if short.column.unique and connection.execute(select(key).where(short.column == text)).first():
        text = f"{text} {short.id}"
    connection.execute(update(table).where(key == short.id).values({short.column: text}))


def _key(column: Column[Any]) -> Column[Any]:
    return next(iter(column.table.primary_key))


MEMO = Kind("memo", _read_memos, _write_memo)


@dataclass(frozen=True)
class Link:
    """A connection that a person drew between any two things."""

    id: str
    one: str
    other: str
    author: str
    created: str


def add_link(connection: Connection, identity: str, one: str, other: str, author: str) -> None:
    """Connect two things."""
    row = {"id": identity, "one": one, "other": other, "author": author, "created": now()}
    connection.execute(insert(links), row)


def list_links(connection: Connection, thing: str | None = None) -> list[Link]:
    """Return links, oldest first: all, or those of one thing."""
    query = select(links).order_by(links.c.id)
    if thing is not None:
        query = query.where((links.c.one == thing) | (links.c.other == thing))
    return [Link(*row) for row in connection.execute(query)]


def remove_links(connection: Connection, things: Iterable[str]) -> None:
    """Remove links by their own id, or by that of a thing they hold."""
    for thing in things:
        held = (links.c.id == thing) | (links.c.one == thing) | (links.c.other == thing)
        connection.execute(delete(links).where(held))


def _read_links(connection: Connection, ids: Iterable[str]) -> Mapping[str, dict[str, Any]]:
    return read_rows(connection, links, ids)


def _write_link(connection: Connection, link_id: str, state: State) -> None:
    write_row(connection, links, link_id, state)


LINK = Kind("link", _read_links, _write_link)
