"""Revisions: what a thing was before and after an act. From them come undo, redo and the history of a thing.

A room that wants its things to be undoable offers a `Kind`; an act *touches* a thing before it changes it. What masks
and withdrawal change is never touched: those acts can't be undone.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from workbench.errors import Overtaken
from workbench.locale import _

if TYPE_CHECKING:
    from workbench.store.records import Connection

__all__ = ["Edit", "Kind", "Revision", "State", "Touched", "next_redo", "next_undo", "take_back"]

State = dict[str, Any] | None


@dataclass(frozen=True)
class Kind:
    """How to read and restore the things of one sort.

    `read` returns the state of each id that exists; `write` puts one thing into a state, None meaning that it is not
    there. `write` raises Overtaken where somebody else's work rests on what would go. `same` says whether a thing is
    still in a state that it was left in. What `leads` is put back before everything else.
    """

    name: str
    read: Callable[[Connection, Iterable[str]], Mapping[str, dict[str, Any]]]
    write: Callable[[Connection, str, State], None]
    same: Callable[[State, State], bool] = operator.eq
    leads: bool = False


class Revision(NamedTuple):
    """One thing before and after one act."""

    kind: str
    thing: str
    before: State
    after: State


class Edit(NamedTuple):
    """What one person did in one go: one act, or several that belong together, such as a memo saved as it is typed."""

    id: str
    undoes: str | None


class Touched:
    """The things that an act is about to change, as they were before."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._before: dict[tuple[str, str], State] = {}
        self._kinds: dict[str, Kind] = {}

    def add(self, kind: Kind, things: Iterable[str]) -> None:
        """Remember things before they change; once is enough."""
        new = [thing for thing in things if (kind.name, thing) not in self._before]
        states = kind.read(self._connection, new)
        self._kinds[kind.name] = kind
        for thing in new:
            self._before[kind.name, thing] = states.get(thing)

    def revisions(self) -> list[Revision]:
        """Return what has become of them, in the order they were touched; what stayed as it was is left out."""
        after: dict[tuple[str, str], State] = {}
        for name, kind in self._kinds.items():
            things = [thing for of_kind, thing in self._before if of_kind == name]
            after.update({(name, thing): state for thing, state in kind.read(self._connection, things).items()})
        return [
            Revision(*key, before, after.get(key)) for key, before in self._before.items() if before != after.get(key)
        ]


def next_undo(edits: Iterable[Edit]) -> Edit | None:
    """Return which of a person's edits, newest first, undo takes back: the newest that still stands."""
    void: set[str] = set()
    for edit in edits:
        if edit.id in void:
            continue
        if edit.undoes is None:
            return edit
        void.add(edit.undoes)
    return None


def next_redo(edits: Iterable[Edit]) -> Edit | None:
    """Return which undo redo takes back: the newest one that stands, unless something was done since."""
    void: set[str] = set()
    undos = set()
    edits = list(edits)
    by_id = {edit.id: edit for edit in edits}
    for edit in edits:
        if edit.undoes is not None and (target := by_id.get(edit.undoes)) is not None and target.undoes is None:
            undos.add(edit.id)
    for edit in edits:
        if edit.id in void:
            continue
        if edit.undoes is None:
            return None
        if edit.id in undos:
            return edit
        void.add(edit.undoes)
    return None


def _first_and_last(revisions: Iterable[Revision]) -> list[Revision]:
    """Return one revision a thing, from its first state to its last, in the order in which they must be taken back."""
    merged: dict[tuple[str, str], Revision] = {}
    for revision in revisions:
        key = (revision.kind, revision.thing)
        merged[key] = merged[key]._replace(after=revision.after) if key in merged else revision
    return list(reversed(merged.values()))


def take_back(
    connection: Connection, kinds: Mapping[str, Kind], touched: Touched, revisions: Iterable[Revision]
) -> list[Revision]:
    """Put things back to what they were before some revisions; raises Overtaken where one has changed since."""
    wanted = sorted(_first_and_last(revisions), key=lambda revision: not kinds[revision.kind].leads)
    for revision in wanted:
        kind = kinds[revision.kind]
        touched.add(kind, [revision.thing])
        if not kind.same(kind.read(connection, [revision.thing]).get(revision.thing), revision.after):
            raise Overtaken(_("Somebody has gone on from there, so it can't be undone. Nothing was changed."))
    for revision in wanted:
        kinds[revision.kind].write(connection, revision.thing, revision.before)
    return wanted
