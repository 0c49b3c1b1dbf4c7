"""Services around a person, or in the whole material: from maps, courses, and what people say."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from workbench.coding import records as coding_records
from workbench.locale import _
from workbench.material import records as material_records
from workbench.pathways.service_map import Between, Seen, ServiceMap, Told, draw_services, flows
from workbench.pathways.services import Services, read_services
from workbench.safeguards import consent
from workbench.study.courses import Courses

__all__ = ["ServicesOf"]

Pair = tuple[str, str]


@dataclass
class _Found:
    """Services by id as they are met, and what goes on between them."""

    dictionary: Services
    services: dict[str, Seen] = field(default_factory=dict)

    def meet(self, label: str, level: str = "", coordinates: bool = False) -> str:
        """Take a service in by what it is called; returns its id. One that the dictionary knows is the dictionary's."""
        known = self.dictionary.called(label)
        identity = known.id if known else label.casefold()
        there = self.services.get(identity)
        self.services[identity] = Seen(
            identity,
            str(known.label) if known else label,
            known.level if known else (there.level if there and there.level else level),
            coordinates or bool(there and there.coordinates),
        )
        return identity


class ServicesOf(Courses):
    """What the researcher sees of services."""

    def service_dictionary(self) -> Services:
        """The study's services with the words that name them; raises BrokenTemplate for a faulty `services.yaml`."""
        return read_services(self.folder)

    def service_map(self, *, informant: str | None = None, theme: str | None = None) -> ServiceMap:
        """All services by level: around one informant, by their code, or in the whole study.

        Something goes on between two where a line is drawn on the newest map of a network, where help went from one to
        the other in a course, and where both are named in one turn that is coded and whose speaker's consent covers it.
        Where a text has no turns, the coded passage counts. With a theme only what is coded under it counts.
        """
        found = _Found(self.service_dictionary())
        whose = self._informant(informant).id if informant else None
        drawn = {} if theme else self._drawn_lines(found, whose)
        followed = {} if theme else self._steps(found, whose)
        told = self._told(found, whose, theme)
        between = [
            Between(*pair, drawn.get(pair, 0), followed.get(pair, 0), tuple(told.get(pair, ())))
            for pair in {*drawn, *followed, *told}
        ]
        return ServiceMap.of(found.services.values(), between)

    def service_flows(self) -> ServiceMap:
        """From which service to which help went, over all courses: in how many of them."""
        found = _Found(self.service_dictionary())
        between = [Between(*pair, courses=count) for pair, count in self._flows(found, None).items()]
        return ServiceMap.of(found.services.values(), between)

    def service_picture(
        self, *, informant: str | None = None, theme: str | None = None, flow: bool = False, plain: bool = False
    ) -> str:
        """The service map as SVG, or with `flow` how help went from service to service over all courses."""
        if flow:
            return draw_services(self.service_flows(), _("From service to service"), directed=True, plain=plain)
        shown = self.service_map(informant=informant, theme=theme)
        return draw_services(shown, _("Services by level"), plain=plain)

    def _drawn_lines(self, found: _Found, whose: str | None) -> dict[Pair, int]:
        """In how many networks there is a line between two services, on the newest map of each."""
        lines: dict[Pair, set[str]] = defaultdict(set)
        newest = {one.network_id: one.id for one in self.network_maps()}
        for network in self.networks():
            if whose is not None and network.informant_id != whose:
                continue
            drawn = self.drawn(newest[network.id])
            met = {
                one.id: found.meet(one.label, one.level, one.coordinates)
                for one in drawn.there
                if one.kind == "service" or found.dictionary.called(one.label)
            }
            for tie in drawn.ties:
                pair = _pair(met.get(tie.one), met.get(tie.other))
                if pair:
                    lines[pair].add(network.id)
        return {pair: len(networks) for pair, networks in lines.items()}

    def _flows(self, found: _Found, whose: str | None) -> dict[Pair, int]:
        """In how many courses help went from one service to the next."""
        courses = []
        for one in self.courses():
            if whose is not None and one.informant_id != whose:
                continue
            followed = self.course(one.id)
            courses.append(
                [replace(each, service=found.meet(each.service, each.level)) for each in followed.to_measure()]
            )
            for holder in followed.coordinating:
                theirs = [each for each in followed.episodes if each.helper == holder.holder]
                if theirs:
                    found.meet(theirs[-1].service, theirs[-1].level, coordinates=True)
                elif found.dictionary.called(holder.holder):
                    found.meet(holder.holder, coordinates=True)
        return flows(courses)

    def _steps(self, found: _Found, whose: str | None) -> dict[Pair, int]:
        """The same without direction."""
        both: dict[Pair, int] = defaultdict(int)
        for (one, other), count in self._flows(found, whose).items():
            both[_in_order(one, other)] += count
        return both

    def _told(self, found: _Found, whose: str | None, theme: str | None) -> dict[Pair, list[Told]]:
        """The turns in which two services are named, by the two."""
        by_id = {one.id: one for one in found.dictionary.services}
        pairs: dict[Pair, list[Told]] = defaultdict(list)
        for told in self._coded_turns(whose, theme):
            named = found.dictionary.named_in(told.words)
            for one in named if len(named) > 1 else ():
                found.meet(str(by_id[one].label), by_id[one].level)
            for one, other in itertools.combinations(named, 2):
                pairs[_in_order(one, other)].append(told)
        return pairs

    def _coded_turns(self, whose: str | None, theme: str | None) -> Iterator[Told]:
        """The turns of covered speakers that are coded, each once."""
        with self.store.read() as connection:
            covered = consent.coverage(connection)
            mine = {one.id for one in material_records.speakers_of(connection) if one.informant_id == whose}
            chosen = mine if whose is not None else None
            where = {"theme": self.framework.theme(theme).id} if theme else {}
            codings: dict[str, list[coding_records.Coding]] = defaultdict(list)
            for coding in coding_records.list_codings(connection, **where):
                codings[coding.text_id].append(coding)
            for source in material_records.list_sources(connection):
                if source.id not in covered.sources or source.text_id not in codings:
                    continue
                text = material_records.text_of(connection, source.text_id)
                turns = material_records.turns_of(connection, source.text_id)
                for start, end in _coded(turns, codings[source.text_id], covered.speakers, chosen):
                    yield Told(source.name, source.text_id, start, end, text[start:end])


def _coded(
    turns: Sequence[material_records.StoredTurn],
    codings: Iterable[coding_records.Coding],
    covered: frozenset[str],
    chosen: set[str] | None,
) -> list[tuple[int, int]]:
    """Where the turns are that a coding touches; where a text has none, where the codings are."""
    spans = sorted({(one.start, one.end) for one in codings})
    if not turns:
        return spans if chosen is None else []
    found = []
    for turn in turns:
        if turn.speaker_id is not None and turn.speaker_id not in covered:
            continue
        if chosen is not None and turn.speaker_id not in chosen:
            continue
        touched = [(start, end) for start, end in spans if start < turn.end and turn.start < end]
        if touched and turn.number > 0:
            found.append((turn.start, turn.end))
        elif turn.number == 0:
            found += touched
    return found


def _in_order(one: str, other: str) -> Pair:
    return (one, other) if one <= other else (other, one)


def _pair(one: str | None, other: str | None) -> Pair | None:
    return _in_order(one, other) if one and other and one != other else None
