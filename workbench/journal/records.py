"""Log entries, their wordings, and what is to be gone back to: this room's only use of SQLAlchemy.

An entry has passages (observation, reflection, afterthoughts, questions to go back with, what came of them), and each
passage has wordings. A wording is never changed but by masks: who words a passage anew adds one that comes after the
ones it replaces. Where two devices did so at once, two wordings stand, and both are shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, Select, String, Table, Text, delete, insert, select, update

from workbench.store.records import Connection, metadata

__all__ = [
    "REFLECTIONS",
    "SHORT",
    "Attachment",
    "Entry",
    "FollowUp",
    "Outline",
    "Passage",
    "Wording",
    "add_attachment",
    "add_entry",
    "add_follow_up",
    "add_passage",
    "add_wording",
    "attachments_of",
    "call_attachment",
    "entry_of",
    "follow_ups_of",
    "forget_present",
    "is_there",
    "list_entries",
    "outline",
    "places_used",
    "remove_attachment",
    "remove_entry",
    "reword",
    "settle",
    "wordings_of_all",
]

_id = String(36)
REFLECTIONS = frozenset({"reflection", "afterthought"})

entries = Table(
    "log_entries",
    metadata,
    Column("id", _id, primary_key=True),
    Column("happened", String(32), nullable=False),
    Column("offset", Integer, nullable=False),
    Column("logged", String(32), nullable=False),
    Column("setting", String(100), nullable=False),
    Column("place", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("observer", String(10), nullable=False),
    Column("author", String(100), nullable=False),
    Column("origin", String(20), nullable=False, server_default=""),
    Index("ix_log_entries_happened", "happened", "id"),
)

present = Table(
    "log_present",
    metadata,
    Column("id", _id, primary_key=True),
    Column("entry_id", _id, ForeignKey("log_entries.id"), nullable=False, index=True),
    Column("who", Text, nullable=False),
)

passages = Table(
    "log_passages",
    metadata,
    Column("id", _id, primary_key=True),
    Column("entry_id", _id, ForeignKey("log_entries.id"), nullable=False, index=True),
    Column("part", String(20), nullable=False),
    Column("about_id", _id, ForeignKey("log_passages.id")),
    Column("author", String(100), nullable=False),
    Column("created", String(32), nullable=False),
)

wordings = Table(
    "log_wordings",
    metadata,
    Column("id", _id, primary_key=True),
    Column("passage_id", _id, ForeignKey("log_passages.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("author", String(100), nullable=False),
    Column("written", String(32), nullable=False),
)

follow_ups = Table(
    "log_follow_ups",
    metadata,
    Column("passage_id", _id, ForeignKey("log_passages.id"), primary_key=True),
    Column("whom", Text, nullable=False),
    Column("due", String(10)),
    Column("settled", String(32)),
)


# An entry may wait in the inbox still when something is attached to it, so its id is no foreign key.
attachments = Table(
    "log_attachments",
    metadata,
    Column("id", _id, primary_key=True),
    Column("entry_id", _id, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("media_type", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("author", String(100), nullable=False),
    Column("created", String(32), nullable=False),
)


@dataclass(frozen=True)
class Wording:
    """What a passage said from `written` on; `after` are the ids of the wordings that it takes the place of."""

    id: str
    text: str
    author: str
    written: str
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """One part of an entry with all its wordings, the oldest first; `about_id` is the question an outcome answers."""

    id: str
    entry_id: str
    part: str
    author: str
    created: str
    about_id: str | None = None
    wordings: tuple[Wording, ...] = ()

    @property
    def standing(self) -> tuple[Wording, ...]:
        """The wordings that none comes after: one, or several where two devices worded the passage at once."""
        replaced = {identity for wording in self.wordings for identity in wording.after}
        return tuple(wording for wording in self.wordings if wording.id not in replaced)

    @property
    def text(self) -> str:
        """What the passage says now; what was worded at once stands one below the other."""
        return "\n\n".join(wording.text for wording in self.standing)


@dataclass(frozen=True)
class Attachment:
    """A photo, sound or document that belongs to an entry; its `size` bytes lie sealed in the vault."""

    id: str
    entry_id: str
    name: str
    media_type: str
    size: int
    author: str
    created: str


@dataclass(frozen=True)
class FollowUp:
    """A question to go back with: to whom, until when (a date), and since when it is settled."""

    passage_id: str
    entry_id: str
    whom: str
    due: str | None
    settled: str | None


class Timed:
    """What happened, and was logged, at some time; both times are in UTC."""

    happened: str
    offset: int
    logged: str
    origin: str

    @property
    def local(self) -> datetime:
        """When it happened, by the clock on the wall there."""
        return datetime.fromisoformat(self.happened).astimezone(timezone(timedelta(minutes=self.offset)))

    @property
    def whole_day(self) -> bool:
        """Whether only the day is known: an older log did not tell the hour."""
        return self.origin == "day"

    @property
    def delay(self) -> timedelta:
        """How long after the happening the entry was written; never less than nothing, and nothing where unknown."""
        if self.origin:
            return timedelta(0)
        return max(timedelta(0), datetime.fromisoformat(self.logged) - datetime.fromisoformat(self.happened))


@dataclass(frozen=True)
class Outline(Timed):
    """An entry without its words: when, what kind of situation, and which parts it has. Times are as in `Entry`."""

    id: str
    happened: str
    offset: int
    logged: str
    setting: str
    parts: tuple[str, ...]
    origin: str = ""

    @property
    def reflected(self) -> bool:
        """Whether something was thought about it, then or later."""
        return not REFLECTIONS.isdisjoint(self.parts)


@dataclass(frozen=True)
class Entry(Timed):
    """One log entry. `happened` and `logged`, when it was written, are in UTC; `offset` is how many minutes ahead of
    UTC the clock on the wall was when it happened.

    `observer` is `open` or `hidden`; `present` are groups and pseudonyms. `origin` is `undated` where an older log did
    not tell when it was written, `day` where it did not tell the hour either: `logged` is then when it was brought in,
    and says nothing of delay.
    """

    id: str
    happened: str
    offset: int
    logged: str
    setting: str
    place: str
    role: str
    observer: str
    author: str
    present: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    origin: str = ""

    def part(self, name: str) -> str:
        """What the entry says now in one of its parts; empty where it has none."""
        return "\n\n".join(passage.text for passage in self.passages if passage.part == name)


def is_there(connection: Connection, identity: str) -> bool:
    """Say whether an entry, a passage or a wording has this id."""
    return any(
        connection.execute(select(table.c.id).where(table.c.id == identity)).first()
        for table in (entries, passages, wordings)
    )


def add_entry(connection: Connection, values: dict[str, Any], who: Iterable[tuple[str, str]]) -> None:
    """Add an entry without its words; `who` are ids and names of those present."""
    connection.execute(insert(entries), values)
    rows = [{"id": identity, "entry_id": values["id"], "who": name} for identity, name in who]
    if rows:
        connection.execute(insert(present), rows)


def add_passage(connection: Connection, values: dict[str, Any]) -> None:
    """Add a passage without its words."""
    connection.execute(insert(passages), values)


def add_wording(connection: Connection, passage_id: str, wording: Wording) -> None:
    """Add a wording of a passage."""
    row = {"id": wording.id, "passage_id": passage_id, "text": wording.text, "author": wording.author}
    connection.execute(insert(wordings), {**row, "written": wording.written, "after": json.dumps(wording.after)})


def add_follow_up(connection: Connection, passage_id: str, whom: str, due: str | None) -> None:
    """Say of a question with whom it is to be taken up, and until when."""
    connection.execute(insert(follow_ups), {"passage_id": passage_id, "whom": whom, "due": due})


def settle(connection: Connection, passage_id: str, when: str) -> None:
    """Say when a question was settled."""
    connection.execute(update(follow_ups).where(follow_ups.c.passage_id == passage_id).values(settled=when))


def list_entries(
    connection: Connection, *, ids: Sequence[str] | None = None, before: tuple[str, str] | None = None,
    limit: int | None = None, words: Sequence[str] = (), **where: str,
) -> list[Entry]:  # fmt: skip
    """Return entries with all their words, the newest happening first.

    `before` is happening and id of the last one seen, `where` narrows by column. Each of `words` must stand in one of
    the entry's wordings, whatever the case.
    """
    query = select(entries).order_by(entries.c.happened.desc(), entries.c.id.desc())
    for column, value in where.items():
        query = query.where(entries.c[column] == value)
    if ids is not None:
        query = query.where(entries.c.id.in_(ids))
    for word in words:
        said = select(passages.c.entry_id).join(wordings, wordings.c.passage_id == passages.c.id)
        query = query.where(entries.c.id.in_(said.where(wordings.c.text.icontains(word, autoescape=True))))
    if before is not None:
        happened, identity = before
        same = (entries.c.happened == happened) & (entries.c.id < identity)
        query = query.where((entries.c.happened < happened) | same)
    query = query if limit is None else query.limit(limit)
    chosen = query.with_only_columns(entries.c.id)  # a query, for a list of ids has an end in SQLite
    who: dict[str, list[str]] = {}
    there = select(present).where(present.c.entry_id.in_(chosen)).order_by(present.c.id)
    for row in connection.execute(there):
        who.setdefault(row.entry_id, []).append(row.who)
    parts = _passages(connection, chosen)
    return [
        Entry(
            row.id, row.happened, row.offset, row.logged, row.setting, row.place, row.role, row.observer, row.author,
            tuple(who.get(row.id, ())), tuple(parts.get(row.id, ())), row.origin,
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def places_used(connection: Connection) -> dict[str, str]:
    """Return the newest entry's place, by setting; entries without a place have no say."""
    query = select(entries.c.setting, entries.c.place).where(entries.c.place != "")
    return {row.setting: row.place for row in connection.execute(query.order_by(entries.c.happened, entries.c.id))}


def settings_used(connection: Connection) -> set[str]:
    """Return every kind of situation that an entry names."""
    return set(connection.scalars(select(entries.c.setting).where(entries.c.setting != "").distinct()))


def outline(connection: Connection) -> list[Outline]:
    """Return every entry without its words, the oldest happening first."""
    parts: dict[str, list[str]] = {}
    query = select(passages.c.entry_id, passages.c.part).order_by(passages.c.created, passages.c.id)
    for row in connection.execute(query):
        parts.setdefault(row.entry_id, []).append(row.part)
    return [
        Outline(row.id, row.happened, row.offset, row.logged, row.setting, tuple(parts.get(row.id, ())), row.origin)
        for row in connection.execute(select(entries).order_by(entries.c.happened, entries.c.id))
    ]  # fmt: skip


def _passages(connection: Connection, entry_ids: Select[Any]) -> dict[str, list[Passage]]:
    said: dict[str, list[Wording]] = {}
    words = select(wordings).join(passages, passages.c.id == wordings.c.passage_id)
    words = words.where(passages.c.entry_id.in_(entry_ids)).order_by(wordings.c.written, wordings.c.id)
    for row in connection.execute(words):
        wording = Wording(row.id, row.text, row.author, row.written, tuple(json.loads(row.after)))
        said.setdefault(row.passage_id, []).append(wording)
    found: dict[str, list[Passage]] = {}
    query = select(passages).where(passages.c.entry_id.in_(entry_ids)).order_by(passages.c.created, passages.c.id)
    for row in connection.execute(query):
        passage = Passage(
            row.id, row.entry_id, row.part, row.author, row.created, row.about_id, tuple(said.get(row.id, ()))
        )  # fmt: skip
        found.setdefault(row.entry_id, []).append(passage)
    return found


def entry_of(connection: Connection, identity: str) -> str | None:
    """Return the id of the entry that an entry, passage or wording is or belongs to."""
    if connection.execute(select(entries.c.id).where(entries.c.id == identity)).first():
        return identity
    passage = select(wordings.c.passage_id).where(wordings.c.id == identity).scalar_subquery()
    query = select(passages.c.entry_id).where((passages.c.id == identity) | (passages.c.id == passage))
    return connection.execute(query).scalar()


def follow_ups_of(connection: Connection) -> list[FollowUp]:
    """Return the questions to go back with: those due first come first."""
    query = select(follow_ups, passages.c.entry_id).join(passages, passages.c.id == follow_ups.c.passage_id)
    query = query.order_by(follow_ups.c.due.is_(None), follow_ups.c.due, passages.c.id)
    return [
        FollowUp(row.passage_id, row.entry_id, row.whom, row.due, row.settled) for row in connection.execute(query)
    ]  # fmt: skip


def add_attachment(connection: Connection, attachment: Attachment) -> None:
    """Add what is known of an attachment."""
    connection.execute(insert(attachments), asdict(attachment))


def attachments_of(connection: Connection, identity: str | None = None) -> list[Attachment]:
    """Return the attachments of an entry, the one with this id, or all, the oldest first."""
    query = select(attachments).order_by(attachments.c.created, attachments.c.id)
    if identity is not None:
        query = query.where((attachments.c.entry_id == identity) | (attachments.c.id == identity))
    return [Attachment(*row) for row in connection.execute(query)]


def call_attachment(connection: Connection, identity: str, name: str) -> None:
    """Give an attachment its name."""
    connection.execute(update(attachments).where(attachments.c.id == identity).values(name=name))


def remove_attachment(connection: Connection, identity: str) -> None:
    """Remove what is known of an attachment."""
    connection.execute(delete(attachments).where(attachments.c.id == identity))


def remove_entry(connection: Connection, identity: str) -> list[str]:
    """Remove an entry with all its words; returns the ids of its wordings."""
    mine = select(passages.c.id).where(passages.c.entry_id == identity)
    gone = list(connection.execute(select(wordings.c.id).where(wordings.c.passage_id.in_(mine))).scalars())
    connection.execute(delete(follow_ups).where(follow_ups.c.passage_id.in_(mine)))
    connection.execute(delete(wordings).where(wordings.c.passage_id.in_(mine)))
    connection.execute(update(passages).where(passages.c.entry_id == identity).values(about_id=None))
    connection.execute(delete(passages).where(passages.c.entry_id == identity))
    connection.execute(delete(present).where(present.c.entry_id == identity))
    connection.execute(delete(entries).where(entries.c.id == identity))
    return gone


def forget_present(connection: Connection, who: str) -> int:
    """Take somebody from those who were present; returns from how many entries."""
    return connection.execute(delete(present).where(present.c.who == who)).rowcount


# --- what masks go over ---


def wordings_of_all(connection: Connection) -> list[tuple[str, str]]:
    """Return id and text of every wording, the newest last."""
    return [(row.id, row.text) for row in connection.execute(select(wordings.c.id, wordings.c.text))]


def reword(connection: Connection, wording_id: str, text: str) -> None:
    """Replace a wording's text by a masked one."""
    connection.execute(update(wordings).where(wordings.c.id == wording_id).values(text=text))


# Places, roles, settings and people: short free text that a name may have slipped into.
SHORT = (entries.c.place, entries.c.role, entries.c.setting, present.c.who, follow_ups.c.whom, attachments.c.name)
