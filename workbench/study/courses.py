"""Courses of help over time: episodes, who held which role, meetings and agreements; drawn and measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from workbench import pathways
from workbench.errors import BadInput, NotFound
from workbench.exchange import read_course_log
from workbench.locale import N_, _
from workbench.pathways.courses import records
from workbench.pathways.courses.continuity import GAP, Episode, in_order, shares_days
from workbench.pathways.courses.lanes import Lanes, Mark, Span, draw_lanes
from workbench.pathways.courses.records import Course, Event, Holder, KeptEpisode
from workbench.privacy import Register, screen
from workbench.store import Act, new_id, now
from workbench.store.history import Revision
from workbench.store.rows import change, put
from workbench.study.base import checked_day, refuse_unknown
from workbench.study.contacts import Contacts
from workbench.study.naming import ask_about, doubts, refuse_names

__all__ = ["Courses", "Followed"]

LONGEST = {"title": 200, "service": 100, "helper": 100, "phase": 200, "holder": 100, "about": 300, "who": 300}
_ROLES = ("title", "helper", "holder", "service")  # short words that are no sentence
LATER = "9999-12-31"
_DAYS = ("start", "end", "day", "until", "opened", "closed")
_KINDS = {
    "episode": (records.EPISODE, {"kind": pathways.KIND_LABELS, "level": {"": "", **pathways.LEVEL_LABELS}}),
    "holder": (records.HOLDER, {"role": pathways.ROLE_LABELS}),
    "event": (records.EVENT, {"kind": pathways.EVENT_LABELS}),
}
_EMPTY: dict[str, dict[str, Any]] = {
    "episode": {"service": "", "helper": "", "level": "", "kind": "contact", "start": "", "end": None, "contacts": 1,
                "phase": ""},
    "holder": {"role": "coordinator", "holder": "", "start": "", "end": None},
    "event": {"kind": "meeting", "day": "", "until": None, "about": "", "who": ""},
}  # fmt: skip
_NEEDED = {"episode": ("service", "start"), "holder": ("holder", "start"), "event": ("day",)}


@dataclass(frozen=True)
class Followed:
    """One course with everything that is known of it, in the order of time."""

    course: Course
    episodes: tuple[KeptEpisode, ...]
    holders: tuple[Holder, ...]
    events: tuple[Event, ...]

    def to_measure(self, today: date | None = None) -> list[Episode]:
        """The episodes in order; what goes on has lasted until today, or until the course was closed."""
        last = date.fromisoformat(self.course.closed) if self.course.closed else today or date.today()
        return in_order(one.until(last) for one in self.episodes)

    def entries(self, what: str) -> Sequence[KeptEpisode | Holder | Event]:
        """What is in it of one sort: `episode`, `holder` or `event`."""
        found: dict[str, Sequence[KeptEpisode | Holder | Event]] = {
            "episode": self.episodes, "holder": self.holders, "event": self.events,
        }  # fmt: skip
        return found[what]

    @property
    def coordinating(self) -> list[Holder]:
        """Who coordinates still, or did when the course was closed."""
        coordinators = (one for one in self.holders if one.role == "coordinator")
        return [one for one in coordinators if one.end is None or one.end == self.course.closed]

    @property
    def meetings(self) -> list[Event]:
        """The network meetings; from the second on it is a course in the manual's sense."""
        return [one for one in self.events if one.kind == "meeting"]


class Courses(Contacts):
    """What the researcher does with courses, and the person whose course it is beside her."""

    def courses(self) -> list[Course]:
        """All courses, by the day on which they began."""
        with self.store.read() as connection:
            return records.list_courses(connection)

    def course(self, course_id: str) -> Followed:
        """A course with everything in it, all of one moment; raises NotFound."""
        with self.store.read() as connection:
            for one in records.list_courses(connection, course_id):
                return Followed(
                    one,
                    tuple(records.list_episodes(connection, course_id)),
                    tuple(records.list_holders(connection, course_id)),
                    tuple(records.list_events(connection, course_id)),
                )
        raise NotFound(_("That course is no longer there. “workbench map list” shows all."))

    def add_course(
        self, title: str = "", *, informant: str | None = None, opened: str | None = None, sure: bool = False,
        edit: str | None = None,
    ) -> str:  # fmt: skip
        """Open a course on the day of the first contact; `informant` is the code of whose it is. Returns its id."""
        title = self._short_words("title", title, sure)
        first = checked_day(opened, date.today())
        with self.store.act("course opened", None, edit=edit) as act:
            act.subject = identity = self._open_course(act, title, informant, first)
        return identity

    def _open_course(self, act: Act, title: str, informant: str | None, opened: str) -> str:
        whom = self._takes_part(informant) if informant else None
        title = title or (whom.code if whom else _("Course"))
        identity = new_id()
        state = {"title": title, "informant_id": whom.id if whom else None, "opened": opened, "closed": None}
        put(act, records.COURSE, identity, state | {"created": now()})
        return identity

    def change_course(self, course_id: str, *, sure: bool = False, edit: str | None = None, **values: str) -> None:
        """Change a course's `title`, `informant` (a code, or empty), `opened` or `closed` (empty: it goes on)."""
        there = self.course(course_id).course
        changed: dict[str, Any] = {}
        if "title" in values:
            changed["title"] = self._needed("title", values.pop("title"), sure=sure)
        if "informant" in values:
            code = values.pop("informant")
            changed["informant_id"] = self._takes_part(code).id if code else None
        if "opened" in values:
            changed["opened"] = checked_day(values.pop("opened"), date.today())
        if "closed" in values:
            closed = values.pop("closed")
            changed["closed"] = checked_day(closed, date.today()) if closed else None
        refuse_unknown(values)
        made = replace(there, **changed)
        _refuse_backwards(made.opened, made.closed)
        with self.store.act("course changed", course_id, edit=edit) as act:
            change(act, records.COURSE, course_id, **changed)

    def remove_course(self, course_id: str) -> None:
        """Remove a course for good, with what undo remembers of it."""
        self.course(course_id)
        with self.store.act("course removed", course_id) as act:
            records.forget_course(act.connection, course_id)
        self.store.scrub()

    # --- what is in a course: episodes, who holds a role, events ---

    def add_to_course(
        self, course_id: str, what: str, *, sure: bool = False, edit: str | None = None, **given: Any
    ) -> str:
        """Add an `episode`, a `holder` of a role, or an `event` to a course; returns its id.

        An episode has `service`, `start` and, optional, `helper` (by their role), `end` (none: it goes on), `level`,
        `kind`, `contacts` and `phase`; a holder `role`, `holder`, `start`, `end`; an event `kind`, `day`, `until`,
        `about`, `who`. Days are ISO dates, both in it. A new coordinator ends the time of the one before, and holds it
        until the one after, unless told until when.
        Raises BadInput for what can't have been, or names somebody; Unsure for what may be a name, unless `sure`.
        """
        followed = self.course(course_id)
        state = {"course_id": course_id, **self._state(what, _EMPTY[what], given, sure)}
        coordinates = what == "holder" and state["role"] == "coordinator"
        if coordinates:
            state["end"] = state["end"] or _next_coordinator(followed, state["start"])
        self._refuse_impossible(what, followed, state)
        identity = new_id()
        with self.store.act(f"{what} added", identity, edit=edit) as act:
            if coordinates:
                self._end_coordinator(act, followed, state["start"])
            put(act, _KINDS[what][0], identity, state)
        return identity

    def _end_coordinator(self, act: Act, followed: Followed, day: str) -> None:
        for one in followed.holders:
            if one.role == "coordinator" and one.start <= day and (one.end is None or one.end > day):
                change(act, records.HOLDER, one.id, end=day)

    def change_in_course(
        self, course_id: str, what: str, identity: str, *, sure: bool = False, edit: str | None = None, **given: Any
    ) -> None:
        """Change some of what an episode, a holder or an event says; as for `add_to_course`."""
        followed = self.course(course_id)
        state = self._state(what, self._in(followed, what, identity), given, sure)
        self._refuse_impossible(what, followed, state, but=identity)
        with self.store.act(f"{what} changed", identity, edit=edit) as act:
            change(act, _KINDS[what][0], identity, **state)

    def remove_from_course(self, course_id: str, what: str, identity: str, *, edit: str | None = None) -> None:
        """Remove an episode, a holder or an event."""
        self._in(self.course(course_id), what, identity)
        with self.store.act(f"{what} removed", identity, edit=edit) as act:
            put(act, _KINDS[what][0], identity, None)

    def undo_course(self) -> list[Revision]:
        """Take back one's own newest change of a course; raises Overtaken where others went on from it."""
        return self.store.undo(records.KINDS, sure=True)

    def redo_course(self) -> list[Revision]:
        """Take back one's own newest undo of a change of a course."""
        return self.store.redo(records.KINDS)

    # --- in, and drawn ---

    def import_courses(self, file: Path, *, sure: bool = False) -> list[str]:
        """Take the courses of an event log in; returns their ids. A case that is an informant's code becomes theirs.

        Raises BadInput for what can't be read or have been, and where all is there already, Unsure for words that may
        be names, unless `sure`; then nothing is changed. A course that is there already does not come in again. What
        the register knows is masked.
        """
        register = self.register()
        codes = {person.code for person in self.informants()}
        there = {(one.title, _alike(map(_said, self.course(one.id).episodes))) for one in self.courses()}
        made: list[str] = []
        unsure: list[str] = []
        with self.store.act("courses imported", None) as act:
            for case, episodes in read_course_log(file).items():
                title = case if case in codes else _screened(case, "title", register, unsure)
                kept = [_kept(one, register, unsure) for one in episodes]
                if (title, _alike(kept)) in there:
                    continue
                opened = min(one.start for one in episodes).isoformat()
                made.append(self._open_course(act, title, case if case in codes else None, opened))
                for one in kept:
                    put(act, records.EPISODE, new_id(), {"course_id": made[-1]} | one)
            ask_about(unsure, sure)
            if not made:
                raise BadInput(_("All the courses in {file} are in the study already.").format(file=file.name))
            act.details["courses"] = len(made)
        return made

    def course_picture(self, course_id: str, *, plain: bool = False, gap: int = GAP) -> str:
        """A course as SVG: a lane for each helper, by level; gaps longer than `gap` days are counted."""
        followed = self.course(course_id)
        course, today = followed.course, date.today()
        last = date.fromisoformat(course.closed) if course.closed else today
        lanes = Lanes(
            course.title,
            date.fromisoformat(course.opened),
            date.fromisoformat(course.closed) if course.closed else None,
            followed.to_measure(today),
            [_span(one, last) for one in followed.holders],
            [_event_mark(one) for one in followed.events],
            gap,
            today,
        )
        return draw_lanes(lanes, plain=plain)

    # --- checks ---

    def _in(self, followed: Followed, what: str, identity: str) -> dict[str, Any]:
        for one in followed.entries(what):
            if one.id == identity:
                return {key: getattr(one, key) for key in _EMPTY[what]}
        raise NotFound(_("That is no longer in the course: somebody has removed it."))

    def _state(self, what: str, was: Mapping[str, Any], given: dict[str, Any], sure: bool) -> dict[str, Any]:
        """What an entry of a course says, once `given` has been checked."""
        refuse_unknown({key: value for key, value in given.items() if key not in was})
        _kind, choices = _KINDS[what]
        changed: dict[str, Any] = {}
        said = []
        for key, value in given.items():
            if key in choices:
                changed[key] = _one_of(key, value, choices[key])
            elif key in _DAYS:
                changed[key] = checked_day(value, date.today()) if value else None
            elif key == "contacts":
                changed[key] = _count(value)
            else:
                words = " ".join(str(value or "").split())
                if words and words != was[key]:
                    _refuse_long(words, key)
                    said.append((words, key in _ROLES))
                changed[key] = words
        if said:
            refuse_names(said, self.register(), sure)
        state = {**was, **changed}
        if missing := [key for key in _NEEDED[what] if not state[key]]:
            raise BadInput(_("It is not told: {what}.").format(what=", ".join(_(_CALLED[key]) for key in missing)))
        return state

    def _refuse_impossible(self, what: str, followed: Followed, state: Mapping[str, Any], but: str = "") -> None:
        _refuse_backwards(state.get("start") or state.get("day") or "", state.get("end") or state.get("until"))
        if what == "holder" and state["role"] == "coordinator":
            _refuse_second_coordinator(followed, state, but)
        if what != "episode":
            return
        today = date.today()
        made = KeptEpisode(id=but, course_id="", **{key: state[key] for key in _EMPTY["episode"]}).until(today)
        for one in followed.episodes:
            if one.id != but and shares_days(one.until(today), made):
                told = _("From {start} there is an episode with the same helper already that shares days with it.")
                raise BadInput(told.format(start=one.start))


_CALLED = {"service": N_("service"), "start": N_("from which day"), "holder": N_("who"), "day": N_("on which day")}


def _refuse_second_coordinator(followed: Followed, state: Mapping[str, Any], but: str) -> None:
    """Raise BadInput where somebody else coordinates on one of those days; on the day of a handover both do.

    One who is new ends the time of whoever coordinates on the first day.
    """
    end = state["end"] or LATER
    for one in followed.holders:
        if one.role != "coordinator" or one.id == but or (not but and one.start <= state["start"]):
            continue
        if state["start"] < (one.end or LATER) and one.start < end:
            told = _("From {start} {who} coordinates. One does at a time: change until when, or theirs first.")
            raise BadInput(told.format(start=one.start, who=one.holder))


def _next_coordinator(followed: Followed, day: str) -> str | None:
    """The day on which the next coordinator took over, if there is one already."""
    return min((one.start for one in followed.holders if one.role == "coordinator" and one.start > day), default=None)


def _span(one: Holder, last: date) -> Span:
    start = date.fromisoformat(one.start)
    return Span(one.role, one.holder, start, max(start, date.fromisoformat(one.end) if one.end else last))


def _event_mark(one: Event) -> Mark:
    until = date.fromisoformat(one.until) if one.until else None
    return Mark(one.kind, date.fromisoformat(one.day), until, one.about)


def _kept(one: Episode, register: Register, unsure: list[str]) -> dict[str, Any]:
    return {
        "service": _screened(one.service, "service", register, unsure),
        "helper": "" if one.helper == one.service else _screened(one.helper, "helper", register, unsure),
        "level": one.level, "kind": one.kind, "start": one.start.isoformat(),
        "end": None if one.open else one.end.isoformat(), "contacts": one.contacts,
        "phase": _screened(one.phase, "phase", register, unsure),
    }  # fmt: skip


def _said(one: KeptEpisode) -> dict[str, Any]:
    return {key: getattr(one, key) for key in _EMPTY["episode"]}


def _alike(episodes: Iterable[Mapping[str, Any]]) -> frozenset[tuple[tuple[str, Any], ...]]:
    """The same for courses whose episodes say the same."""
    return frozenset(tuple(sorted(one.items())) for one in episodes)


def _screened(words: str, key: str, register: Register, unsure: list[str]) -> str:
    """Words of a file with what the register knows masked; what may be a name goes to those that are `unsure`."""
    if not words:
        return ""
    found = screen(words, register)
    unsure += doubts(found, is_role=key in _ROLES)
    _refuse_long(found.text, key)
    return found.text


def _refuse_long(words: str, key: str) -> None:
    if len(words) > LONGEST[key]:
        raise BadInput(_("That is too long: at most {n} characters.").format(n=LONGEST[key]))


def _refuse_backwards(start: str, end: str | None) -> None:
    if end and end < start:
        raise BadInput(_("It ends on {end}, before it starts on {start}.").format(start=start, end=end))


def _one_of(key: str, value: str, known: Mapping[str, str]) -> str:
    if value not in known:
        raise BadInput(_("There is no {what} “{value}”.").format(what=key, value=value))
    return value


def _count(value: Any) -> int:
    if not str(value).isdecimal() or int(value) < 1:
        raise BadInput(_("Contacts are counted from 1 on."))
    return int(value)
