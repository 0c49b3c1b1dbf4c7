"""Courses, their episodes, who held which role, and what happened on a day: this part's only use of SQLAlchemy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, ForeignKey, Integer, String, Table, delete, select

from workbench.pathways.courses.continuity import Episode
from workbench.store.records import Connection, forget_revisions, history_of, metadata
from workbench.store.rows import row_kind

__all__ = [
    "COURSE",
    "EPISODE",
    "EVENT",
    "HOLDER",
    "KINDS",
    "SHORT",
    "Course",
    "Event",
    "Holder",
    "KeptEpisode",
    "courses_of",
    "forget_course",
    "list_courses",
    "list_episodes",
    "list_events",
    "list_holders",
]

_id = String(36)


def _course_id() -> Column[str]:
    return Column("course_id", _id, ForeignKey("courses.id"), nullable=False, index=True)


courses = Table(
    "courses",
    metadata,
    Column("id", _id, primary_key=True),
    Column("title", String(200), nullable=False),
    Column("informant_id", _id, ForeignKey("informants.id"), index=True),
    Column("opened", String(10), nullable=False),
    Column("closed", String(10)),
    Column("created", String(32), nullable=False),
)

episodes = Table(
    "course_episodes",
    metadata,
    Column("id", _id, primary_key=True),
    _course_id(),
    Column("service", String(100), nullable=False),
    Column("helper", String(100), nullable=False),
    Column("level", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("start", String(10), nullable=False),
    Column("end", String(10)),
    Column("contacts", Integer, nullable=False),
    Column("phase", String(200), nullable=False),
)

holders = Table(
    "course_holders",
    metadata,
    Column("id", _id, primary_key=True),
    _course_id(),
    Column("role", String(20), nullable=False),
    Column("holder", String(100), nullable=False),
    Column("start", String(10), nullable=False),
    Column("end", String(10)),
)

events = Table(
    "course_events",
    metadata,
    Column("id", _id, primary_key=True),
    _course_id(),
    Column("kind", String(20), nullable=False),
    Column("day", String(10), nullable=False),
    Column("until", String(10)),
    Column("about", String(300), nullable=False),
    Column("who", String(300), nullable=False),
)


@dataclass(frozen=True)
class Course:
    """The help for one person over time: open from the first contact, until it is closed."""

    id: str
    title: str
    informant_id: str | None
    opened: str
    closed: str | None
    created: str


@dataclass(frozen=True)
class KeptEpisode:
    """An episode as it is kept: days as ISO dates, both in it; without `end` it goes on."""

    id: str
    course_id: str
    service: str
    helper: str
    level: str
    kind: str
    start: str
    end: str | None
    contacts: int
    phase: str

    def until(self, today: date) -> Episode:
        """Return the episode to measure, where one that goes on has lasted until today."""
        start = date.fromisoformat(self.start)
        return Episode(
            self.service, self.helper or self.service, start,
            date.fromisoformat(self.end) if self.end else max(start, today),
            self.level, self.contacts, self.kind, self.phase, open=not self.end,
        )  # fmt: skip


@dataclass(frozen=True)
class Holder:
    """Who held a role from one day to another, both in it; without `end` they hold it still."""

    id: str
    course_id: str
    role: str
    holder: str
    start: str
    end: str | None


@dataclass(frozen=True)
class Event:
    """A meeting, or an agreement that holds `until` a day, if one is told: what it is about, and who was in it."""

    id: str
    course_id: str
    kind: str
    day: str
    until: str | None
    about: str
    who: str


def list_courses(connection: Connection, id: str | None = None) -> list[Course]:
    """Return courses by the day on which they began; all, or one."""
    query = select(courses).order_by(courses.c.opened, courses.c.id)
    return [Course(*row) for row in connection.execute(query if id is None else query.where(courses.c.id == id))]


def courses_of(connection: Connection, informant_id: str) -> list[str]:
    """Return the ids of one informant's courses."""
    return list(connection.execute(select(courses.c.id).where(courses.c.informant_id == informant_id)).scalars())


def list_episodes(connection: Connection, course_id: str | None = None) -> list[KeptEpisode]:
    """Return episodes in the order in which they began, of one course or of all."""
    query = select(episodes).order_by(episodes.c.start, episodes.c.id)
    if course_id is not None:
        query = query.where(episodes.c.course_id == course_id)
    return [KeptEpisode(*row) for row in connection.execute(query)]


def list_holders(connection: Connection, course_id: str) -> list[Holder]:
    """Return who held roles in a course, in the order in which they began to."""
    query = select(holders).where(holders.c.course_id == course_id).order_by(holders.c.start, holders.c.id)
    return [Holder(*row) for row in connection.execute(query)]


def list_events(connection: Connection, course_id: str) -> list[Event]:
    """Return the meetings and agreements of a course by day."""
    query = select(events).where(events.c.course_id == course_id).order_by(events.c.day, events.c.id)
    return [Event(*row) for row in connection.execute(query)]


EPISODE = row_kind("course_episode", episodes)
HOLDER = row_kind("course_holder", holders)
EVENT = row_kind("course_event", events)
COURSE = row_kind("course", courses, tuple((table, "course_id") for table in (episodes, holders, events)))
KINDS = {kind.name: kind for kind in (COURSE, EPISODE, HOLDER, EVENT)}


def forget_course(connection: Connection, course_id: str) -> int:
    """Remove a course with all that is in it, also from what undo remembers; returns how many rows went."""
    remembered = [row for kind in KINDS for row in history_of(connection, kind)]
    inside = {row.thing for row in remembered if (row.before or row.after or {}).get("course_id") == course_id}
    forget_revisions(connection, inside | {course_id})
    gone = sum(
        connection.execute(delete(table).where(table.c.course_id == course_id)).rowcount
        for table in (events, holders, episodes)
    )
    return gone + connection.execute(delete(courses).where(courses.c.id == course_id)).rowcount


# Names of things: free text that a name may have slipped into.
SHORT = (
    courses.c.title, episodes.c.service, episodes.c.helper, episodes.c.phase, holders.c.holder, events.c.about,
    events.c.who,
)  # fmt: skip
