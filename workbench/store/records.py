"""The store's own tables and the engine beneath: the only place in this room that imports SQLAlchemy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    func,
    insert,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError, DatabaseError

from workbench.errors import BadInput
from workbench.locale import _
from workbench.store.audit import GENESIS, AuditRow, chain_hash, commit_to
from workbench.store.identity import new_id, now

__all__ = [
    "Connection",
    "Memo",
    "add_memo",
    "append_audit",
    "audit",
    "audit_payloads",
    "audit_rows",
    "erase_payloads",
    "forget_memos",
    "list_memos",
    "memos",
    "metadata",
    "migrate",
    "newest_seq",
    "open_engine",
    "reword_memo",
]

NEWEST_MIGRATION = "0001"

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
    # The default cache of 2 MB makes a table over a large study read the same pages again and again.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "cache_size=-262144"):
        connection.execute(f"PRAGMA {pragma}")


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


@dataclass(frozen=True)
class Memo:
    """An analytic note on anything that has an id."""

    id: str
    about: str
    text: str
    author: str
    created: str


def add_memo(connection: Connection, about: str, words: str, author: str) -> str:
    """Add a memo whose words were screened; returns its id."""
    row = {"id": new_id(), "about": about, "text": words, "author": author, "created": now()}
    connection.execute(insert(memos), row)
    return row["id"]


def list_memos(connection: Connection, about: str | None = None) -> list[Memo]:
    """Return memos, oldest first: all, or those on one thing."""
    query = select(memos).order_by(memos.c.id)
    if about is not None:
        query = query.where(memos.c.about == about)
    return [Memo(*row) for row in connection.execute(query)]


def reword_memo(connection: Connection, memo_id: str, words: str) -> None:
    """Replace a memo's words by masked ones."""
    connection.execute(memos.update().where(memos.c.id == memo_id).values(text=words))


def forget_memos(connection: Connection, about: list[str]) -> int:
    """Remove the memos on things that are no more; returns how many."""
    return sum(connection.execute(memos.delete().where(memos.c.about == identity)).rowcount for identity in about)
