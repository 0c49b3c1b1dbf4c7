"""Gatherings of a learning network: what its teams told there, taken in, compared over time, and drawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from workbench import pathways
from workbench.errors import BadInput, NotFound
from workbench.exchange import IncomingNote, read_gatherings
from workbench.locale import _
from workbench.pathways.gatherings import records
from workbench.pathways.gatherings.drawing import draw_progress
from workbench.pathways.gatherings.progress import Progress, progress_of
from workbench.pathways.gatherings.records import Gathering, Note
from workbench.privacy import Register, screen
from workbench.publishing.pictures import as_file, checked_kind
from workbench.reading import write_bytes
from workbench.store import Act, new_id
from workbench.store.history import Revision
from workbench.store.rows import change, put
from workbench.study.base import Base, checked_day
from workbench.study.naming import ask_about, doubts, refuse_names

__all__ = ["Gatherings"]

LONGEST = {"network": 100, "team": 100, "words": 1000}


class Gatherings(Base):
    """What the researcher does with what teams set out to do, and how it went."""

    def gatherings(self) -> list[Gathering]:
        """All gatherings, by learning network and number."""
        with self.store.read() as connection:
            return records.list_gatherings(connection)

    def progress(self, network: str | None = None) -> Progress:
        """What teams told and how it went on, in one learning network or all."""
        with self.store.read() as connection:
            chosen = _of_network(records.list_gatherings(connection), network)
            ids = {one.id for one in chosen}
            return progress_of(chosen, [one for one in records.list_notes(connection) if one.gathering_id in ids])

    def progress_picture(self, network: str | None = None, *, plain: bool = False) -> str:
        """How many goals, challenges and measures there were at each gathering, by theme, as SVG."""
        themes = {theme.id: str(theme.label) for theme in self.framework.themes}
        title = network or _("Gatherings")
        return draw_progress(self.progress(network), themes, title, plain=plain)

    def draw_progress(self, to: Path, network: str | None = None, *, plain: bool = False) -> None:
        """Draw that picture into a file, SVG, PNG or PDF by its ending; raises BadInput for another."""
        write_bytes(to, self.progress_as(checked_kind(to), network, plain=plain))

    def progress_as(self, kind: str, network: str | None = None, *, plain: bool = False) -> bytes:
        """That picture as the bytes of a file; `kind` is its ending."""
        return as_file(self.progress_picture(network, plain=plain), kind, self.settings.title)

    def add_note(
        self, number: int, team: str, kind: str, words: str, *, day: str | None = None, network: str = "",
        theme: str = "", earlier: str | None = None, sure: bool = False, edit: str | None = None,
    ) -> str:  # fmt: skip
        """Write down a `goal`, `challenge` or `measure` that a team told at the gathering with this number.

        `day` is needed where it is the first of that gathering; `earlier` is the id of the note it goes on from.
        Returns its id. Raises BadInput for words that name somebody, Unsure for what may be a name, unless `sure`.
        """
        state = self._note(self.register(), sure, team=team, kind=kind, words=words, theme=theme)
        gathering = _checked(network, "network")
        with self.store.act("gathering noted", None, edit=edit) as act:
            held = self._gathering(act, gathering, _whole(number), day)
            linked = _linked(act, earlier, state["team"], held)
            act.subject = identity = new_id()
            put(act, records.NOTE, identity, {**state, "gathering_id": held.id, "earlier_id": linked})
        return identity

    def change_note(self, note: str, *, sure: bool = False, edit: str | None = None, **values: str) -> None:
        """Change a note's `team`, `kind`, `words`, `theme` or `earlier` (an id, or empty)."""
        there = self._there(note)
        kept = {key: getattr(there, key) for key in ("team", "kind", "words", "theme")}
        earlier = values.pop("earlier", there.earlier_id)
        state = self._note(self.register(), sure, **(kept | values))
        with self.store.act("gathering noted", note, edit=edit) as act:
            held = {one.id: one for one in records.list_gatherings(act.connection)}[there.gathering_id]
            linked = _linked(act, earlier, state["team"], held)
            change(act, records.NOTE, note, **state, earlier_id=linked)

    def remove_note(self, note: str, *, edit: str | None = None) -> None:
        """Remove a note; what goes on from it stands on its own then. The last of a gathering takes that along."""
        there = self._there(note)
        with self.store.act("gathering note removed", note, edit=edit) as act:
            left = [one for one in records.list_notes(act.connection) if one.id != note]
            for one in left:
                if one.earlier_id == note:
                    change(act, records.NOTE, one.id, earlier_id=None)
            put(act, records.NOTE, note, None)
            if not any(one.gathering_id == there.gathering_id for one in left):
                put(act, records.GATHERING, there.gathering_id, None)

    def undo_gathering(self) -> list[Revision]:
        """Take back one's own newest change of what teams told."""
        return self.store.undo(records.KINDS, sure=True)

    def redo_gathering(self) -> list[Revision]:
        """Take back one's own newest undo of such a change."""
        return self.store.redo(records.KINDS)

    def import_gatherings(self, file: Path, *, sure: bool = False) -> int:
        """Take in what teams told from a table, as `read_gatherings` reads it; returns how many notes came in.

        What the register knows is masked; what stands in the study already comes in once. Raises BadInput naming the
        row, Unsure for words that may be names, unless `sure`; then nothing is changed.
        """
        register = self.register()
        with self.store.act("gatherings imported", None) as act:
            notes = records.list_notes(act.connection)
            before = len(notes)
            unsure: list[str] = []
            for one in read_gatherings(file):
                self._take_note(act, one, notes, register, unsure)
            ask_about(unsure, sure)
            act.details["notes"] = len(notes) - before
        return len(notes) - before

    def _take_note(self, act: Act, one: IncomingNote, notes: list[Note], register: Register, unsure: list[str]) -> None:
        try:
            network, team, words, earlier = (
                _masked(text, key, register, unsure)
                for text, key in (
                    (one.network, "network"), (one.team, "team"), (one.words, "words"), (one.earlier, "words")
                )
            )  # fmt: skip
            theme = self.framework.theme(one.theme).id if one.theme else ""
            held = self._gathering(act, network, one.number, one.day)
        except BadInput as error:
            raise BadInput(f"{one.where}: {error}") from error
        theirs = [other for other in notes if other.team == team]
        if any((other.gathering_id, other.kind, other.words) == (held.id, one.kind, words) for other in theirs):
            return
        goes_on = next((other.id for other in reversed(theirs) if other.words == earlier), None) if earlier else None
        if earlier and not goes_on:
            told = _("{where}: “{earlier}” is not told by {team} in an earlier row.")
            raise BadInput(told.format(where=one.where, earlier=earlier, team=team))
        notes.append(Note(new_id(), held.id, team, one.kind, words, theme, goes_on))
        put(act, records.NOTE, notes[-1].id, {key: value for key, value in vars(notes[-1]).items() if key != "id"})

    def _gathering(self, act: Act, network: str, number: int, day: str | None) -> Gathering:
        """The gathering with this number, begun if it is not there; raises BadInput where it was on another day."""
        for one in records.list_gatherings(act.connection):
            if (one.network, one.number) == (network, number):
                if day and day != one.day:
                    told = _("Gathering {n} was on {day}, not on {other}.")
                    raise BadInput(told.format(n=number, day=one.day, other=day))
                return one
        if not day:
            raise BadInput(
                _("Say on which day gathering {n} was: it is the first that is told of it.").format(n=number)
            )
        made = Gathering(new_id(), network, number, checked_day(day, date.today()))
        put(act, records.GATHERING, made.id, {"network": network, "number": number, "day": made.day})
        return made

    def _there(self, note: str) -> Note:
        with self.store.read() as connection:
            for one in records.list_notes(connection):
                if one.id == note:
                    return one
        raise NotFound(_("That is no longer there: somebody has removed it."))

    def _note(self, register: Register, sure: bool, **values: str) -> dict[str, str]:
        if values["kind"] not in pathways.NOTE_LABELS:
            raise BadInput(_("There is no {what} “{value}”.").format(what="kind", value=values["kind"]))
        checked = {key: _checked(values[key], key) for key in ("team", "words")}
        for words in checked.values():
            if not words:
                raise BadInput(_("Say which team, and what it told."))
        refuse_names([(words, False) for words in checked.values()], register, sure)
        theme = self.framework.theme(values["theme"]).id if values["theme"] else ""
        return {"kind": values["kind"], "theme": theme, **checked}


def _linked(act: Act, earlier: str | None, team: str, held: Gathering) -> str | None:
    """The id of the note that one goes on from; raises BadInput where that is another team's, or not earlier."""
    if not earlier:
        return None
    numbers = {one.id: one.number for one in _of_network(records.list_gatherings(act.connection), held.network)}
    for one in records.list_notes(act.connection):
        if one.id == earlier and one.team == team and numbers.get(one.gathering_id, held.number) < held.number:
            return one.id
    raise BadInput(_("A note goes on from one that the same team told at an earlier gathering."))


def _of_network(gatherings: Iterable[Gathering], network: str | None) -> list[Gathering]:
    return [one for one in gatherings if network is None or one.network == network]


def _checked(words: str, key: str) -> str:
    kept = " ".join(words.split())
    if len(kept) > LONGEST[key]:
        raise BadInput(_("That is too long: at most {n} characters.").format(n=LONGEST[key]))
    return kept


def _whole(number: int) -> int:
    if number < 1:
        raise BadInput(_("Gatherings are numbered from 1 on."))
    return number


def _masked(words: str, key: str, register: Register, unsure: list[str]) -> str:
    """Words of a file with what the register knows masked; what may be a name goes to those that are `unsure`."""
    if not words:
        return ""
    found = screen(_checked(words, key), register)
    unsure += doubts(found, is_role=False)
    return _checked(found.text, key)
