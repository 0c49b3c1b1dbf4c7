"""How what teams set out to do went on from gathering to gathering: kept, worded anew, new, or no longer named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.locale import sort_key
from workbench.pathways.gatherings.records import Gathering, Note

__all__ = ["Progress", "Told", "progress_of"]


@dataclass(frozen=True)
class Told:
    """A note where it stands: at which gathering of which learning network, and how it is told there.

    `standing` is `first` (nothing is earlier), `new`, `kept` (the same words) or `reworded`; `dropped` says that the
    team's next gathering names it no more.
    """

    note: Note
    network: str
    number: int
    standing: str
    dropped: bool


@dataclass(frozen=True)
class Progress:
    """Teams by learning network and name, gatherings by number, and what each told there."""

    numbers: tuple[int, ...]
    teams: tuple[tuple[str, str], ...]
    told: tuple[Told, ...]

    def at(self, network: str, team: str, number: int) -> list[Told]:
        """What a team told at a gathering."""
        return [one for one in self.told if (one.network, one.note.team, one.number) == (network, team, number)]

    def counts(self, kind: str, key: str = "kind") -> dict[str, dict[int, int]]:
        """How many notes of a kind there are at each gathering, by `kind`, `theme` or `standing`."""
        found: Counter[tuple[str, int]] = Counter(
            (one.standing if key == "standing" else getattr(one.note, key), one.number)
            for one in self.told
            if one.note.kind == kind
        )
        return {value: {n: found[value, n] for n in self.numbers} for value in dict.fromkeys(v for v, _n in found)}

    def teams_with(self, kind: str) -> dict[int, int]:
        """How many teams told something of a kind at each gathering."""
        teams = {(one.network, one.note.team, one.number) for one in self.told if one.note.kind == kind}
        return {n: sum(number == n for _network, _team, number in teams) for n in self.numbers}


def progress_of(gatherings: Iterable[Gathering], notes: Sequence[Note]) -> Progress:
    """Return what teams told, in the order of gatherings.

    A note goes on from an earlier one where it says so, or where the team told the same at the gathering before.
    """
    places = {one.id: one for one in gatherings}
    by_id = {one.id: one for one in notes}
    said = {_said(one, places[one.gathering_id].number, places): one for one in notes}
    visits: dict[tuple[str, str], set[int]] = {}
    for one in notes:
        visits.setdefault((places[one.gathering_id].network, one.team), set()).add(places[one.gathering_id].number)
    before: dict[str, Note | None] = {}
    for one in notes:
        place = places[one.gathering_id]
        last = max((n for n in visits[place.network, one.team] if n < place.number), default=0)
        before[one.id] = by_id.get(one.earlier_id or "") or said.get(_said(one, last, places))
    followed = {one.id for one in before.values() if one}
    told = []
    for one in sorted(notes, key=lambda note: (places[note.gathering_id].number, note.id)):
        place, earlier = places[one.gathering_id], before[one.id]
        numbers = visits[place.network, one.team]
        if earlier:
            standing = "kept" if _folded(earlier.words) == _folded(one.words) else "reworded"
        else:
            standing = "first" if place.number == min(numbers) else "new"
        told.append(
            Told(one, place.network, place.number, standing, one.id not in followed and place.number < max(numbers))
        )
    teams = sorted(visits, key=lambda team: (sort_key(team[0]), sort_key(team[1])))
    return Progress(tuple(sorted({one.number for one in places.values()})), tuple(teams), tuple(told))


def _said(one: Note, number: int, places: Mapping[str, Gathering]) -> tuple[str, int, str, str, str]:
    """By what the same words of a team at a gathering are known."""
    return places[one.gathering_id].network, number, one.team, one.kind, _folded(one.words)


def _folded(words: str) -> str:
    return words.casefold().rstrip(". ")
