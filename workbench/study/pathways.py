"""Networks and courses: measured, taken in from files, and drawn into them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx

from workbench import pathways
from workbench.errors import BadInput, GateClosed
from workbench.exchange import (
    IncomingActor,
    IncomingMap,
    is_course_log,
    read_course_log,
    read_maps,
    read_network,
    write_course_log,
    write_network,
)
from workbench.locale import LANGUAGES, _, using_language
from workbench.pathways import records
from workbench.pathways.courses.continuity import (
    GAP,
    Break,
    By,
    CourseMeasures,
    Episode,
    measure_course,
    met,
    unheld,
    waits,
)
from workbench.pathways.graphs import compose, graph_of, whole_graph
from workbench.pathways.measures import care_density, measure
from workbench.pathways.records import Network
from workbench.privacy import Entry, Register, possible_names, screen
from workbench.publishing.pictures import as_file, checked_kind
from workbench.reading import write_bytes
from workbench.safeguards import consent, gate
from workbench.store import Act, new_id
from workbench.store.rows import change, put, put_new
from workbench.study.base import checked_day
from workbench.study.courses import Followed
from workbench.study.naming import ask_about
from workbench.study.network_maps import LONGEST
from workbench.study.services import ServicesOf

__all__ = ["BY", "Pathways", "measures_of_file"]

MANY_SECTORS = 12  # of a file's own; more are no sectors but something else
BY: tuple[By, ...] = ("helper", "service", "level")
_NOTHING: dict[str, Any] = dict.fromkeys(
    ("nodes", "ties", "density", "components", "isolated", "degree", "betweenness", "hubs", "articulation",
     "constraint", "effective_size", "contacts", "helpers", "handovers", "coc", "upc", "secon", "hi", "days",
     "coverage", "longest_gap", "too_few", "care_density", "cases")
) | {"breaks": []}  # fmt: skip


class Pathways(ServicesOf):
    """What the researcher does with networks as a whole."""

    def measures_of_map(self, map_id: str) -> dict[str, Any]:
        """The measures of a map, as `measures_of_file` tells them, and who is there: `composition` and `by_sector`.

        The person in the middle is left out, and so is what is drawn but not counted.
        """
        drawn = self.drawn(map_id)
        graph = graph_of(drawn.there, drawn.places, drawn.ties, drawn.network.sectors, drawn.network.directed)
        counted = [one for one in drawn.there if one.kind != "uncounted"]
        sectors = Counter(drawn.places[one.id].sector_id for one in counted)
        return {
            **_network(graph),
            "composition": asdict(compose(graph)),
            "by_sector": {
                _(pathways.SECTOR_LABELS.get(one.label, one.label)): sectors[one.id] for one in drawn.network.sectors
            },
        }

    def import_map(
        self, file: Path, *, informant: str | None = None, day: str | None = None, title: str = "", sure: bool = False
    ) -> list[str]:
        """Take a network with its maps in from a file; returns the ids of the maps, the oldest first.

        What the file calls people goes into the vault; on the map stands their role, or a number where the file tells
        none. A map without a day is of `day`. Raises BadInput for what can't be read, Unsure where what it is called
        may be a name, unless `sure`, VaultLocked, and changes nothing.
        """
        incoming = read_maps(file)
        register = self.register()
        days = [checked_day(one.day or day, date.today()) for one in incoming]
        with using_language(self.settings.language):
            labels = _labels(incoming, register)
            case = file.stem.partition("_attributeList_")[0]  # what Network Canvas adds is no title
            title = screen(title or case, register).text[: LONGEST["title"]]
        named = {actor.name for one in incoming for actor in one.actors if actor.name}
        theirs = register.with_new(Entry(new_id(), name) for name in named)
        sectors = _sectors([actor for one in incoming for actor in one.actors])
        own = [label for label in sectors if label not in pathways.SECTOR_LABELS]
        shown = [screen(words, theirs).text for words in (title, *(one.title for one in incoming), *own)]
        ask_about([name for words in shown for name in possible_names(words, is_role=True)], sure)
        told = [(screen(label, theirs).text, professional) for label, professional in sectors.items()]
        with self.store.act("map imported", None, maps=len(incoming)) as act:
            act.subject = network_id = self._begin_network(act, title, informant, told)
            directed, kinds = any(one.directed for one in incoming), any(_has_kinds(one) for one in incoming)
            change(act, records.NETWORK, network_id, directed=directed, kinds=kinds)
            network = records.list_networks(act.connection, network_id)[0]
            actors = {key: new_id() for key in labels}
            latest = {actor.key: actor for one in incoming for actor in one.actors}
            states = {actors[key]: _actor_state(network_id, labels[key], one) for key, one in latest.items()}
            put_new(act, records.ACTOR, states)
            made = []
            for one, drawn_on in zip(incoming, days, strict=True):
                called = screen(one.title, register).text[: LONGEST["title"]] if len(incoming) > 1 else ""
                made.append(self._put_map(act, network, list(sectors), one, actors, {"day": drawn_on, "title": called}))
            self._keep_names(act, network, {actors[key]: (labels[key], one.name) for key, one in latest.items()})
        self.store.scrub()
        return made

    def _put_map(
        self, act: Act, network: Network, told: Sequence[str], one: IncomingMap, actors: Mapping[str, str],
        values: Mapping[str, str],
    ) -> str:  # fmt: skip
        map_id = new_id()
        put(act, records.MAP, map_id, {"network_id": network.id, **values})
        placed = [
            {"map_id": map_id, "actor_id": actors[key], **where}
            for key, where in _spread(one.actors, network, told).items()
        ]
        tied = [
            {"map_id": map_id, "one": one_id, "other": other_id, "kind": kind, "strength": None}
            for one_id, other_id, kind in _tied(one, actors)
        ]
        put_new(act, records.PLACE, {new_id(): state for state in placed})
        put_new(act, records.TIE, {new_id(): state for state in tied})
        return map_id

    def _keep_names(self, act: Act, network: Network, people: Mapping[str, tuple[str, str]]) -> None:
        named = {actor: (label, name) for actor, (label, name) in people.items() if len(name) > 1 and name != label}
        if named:
            whose = network.informant_id
            self._learn(
                act, [Entry(new_id(), name, (), "person", f"[{label}]", whose) for label, name in named.values()]
            )
            self._seal_contacts(network.id, {actor: {"name": name} for actor, (_label, name) in named.items()})

    def take_in(self, file: Path, *, sure: bool = False, **of_map: Any) -> list[str]:
        """Take in what a file holds, the courses of an event log or a network with its maps; returns their ids."""
        return (
            self.import_courses(file, sure=sure) if is_course_log(file) else self.import_map(file, sure=sure, **of_map)
        )

    def measures_of_course(self, course_id: str, by: str = "helper", gap: int = GAP) -> dict[str, Any]:
        """The measures of a course, as `measures_of_file` tells them, and of its roles: who coordinated, on how many
        days nobody did, since when there were two meetings, and how long was waited after each referral.

        Care density compares with the helpers of the study's other courses.
        """
        checked = _checked_by(by)
        followed = self.course(course_id)
        every = {one.id: self.course(one.id).to_measure() for one in self.courses()}
        density = care_density({key: {one.helper for one in episodes} for key, episodes in every.items()})
        measured = measure_course(every[course_id], checked, gap, None if followed.course.closed else date.today())
        made = _course(followed.course.title, measured, density[course_id])
        return {**_NOTHING, **made, **_roles(followed, every[course_id])}

    def measures_of(self, identity: str, by: str = "helper", gap: int = GAP) -> dict[str, Any]:
        """The measures of a map or a course, by its id."""
        if any(one.id == identity for one in self.courses()):
            made = self.measures_of_course(identity, by, gap)
            return {**made, "cases": {self.course(identity).course.title: made}}
        return self.measures_of_map(identity)

    def draw(self, identity: str, to: Path, *, plain: bool = False) -> None:
        """Draw a map or a course into a file, SVG, PNG or PDF by its ending; raises BadInput for another."""
        write_bytes(to, self.drawn_as(identity, checked_kind(to), plain=plain))

    def drawn_as(self, identity: str, kind: str, *, plain: bool = False) -> bytes:
        """A map or a course as the bytes of an SVG, PNG or PDF file; `kind` is its ending."""
        if any(one.id == identity for one in self.courses()):
            return self.course_as(identity, kind, plain=plain)
        return as_file(self.map_picture(identity, plain=plain), kind, self.drawn(identity).network.title)

    def export_pathway(self, identity: str, to: Path) -> None:
        """Write a map (GraphML, GEXF, CSV) or a course (an event log in CSV) into a file for another program.

        It holds roles and codes only, nothing of the vault. Raises BadInput where its person's consent does not cover
        sharing, or for another ending; GateClosed with every finding; VaultLocked.
        """
        suffix = to.suffix.lower()
        if any(one.id == identity for one in self.courses()):
            followed = self.course(identity)
            case = self._shared_by(followed.course.informant_id)
            if suffix != ".csv":
                raise BadInput(_("A course goes out as .csv, not as {suffix}.").format(suffix=suffix))
            content = write_course_log(case, followed.episodes)
        else:
            drawn = self.drawn(identity)
            self._shared_by(drawn.network.informant_id)
            network = drawn.network
            graph = whole_graph(drawn.actors, drawn.places, drawn.ties, network.sectors, network.directed)
            content = write_network(graph, suffix)
        if found := gate.check_bytes(f"pathway{suffix}", content, self.register(), gate.Allowed()):
            raise GateClosed(_("What is to go out names somebody yet. Mask that first."), found)
        write_bytes(to, content)

    def _shared_by(self, informant_id: str | None) -> str:
        """The code of whose it is; raises BadInput where they have not consented to sharing."""
        with self.store.read() as connection:
            sharing = consent.coverage(connection).sharing
        for person in self.informants():
            if person.id == informant_id and person.id in sharing:
                return person.code
        raise BadInput(
            _("Whose it is has not consented to sharing it. “workbench informants consent” records that they have.")
        )

    def course_as(self, course_id: str, kind: str, *, gap: int = GAP, plain: bool = False) -> bytes:
        """A course as the bytes of a file, with its gaps from `gap` days on."""
        title = self.course(course_id).course.title
        return as_file(self.course_picture(course_id, gap=gap, plain=plain), kind, title)

    def draw_services(self, to: Path, **shown: Any) -> None:
        """Draw services into a file, as `service_picture` does; raises BadInput for a kind of file that can't be."""
        write_bytes(to, self.services_as(checked_kind(to), **shown))

    def services_as(self, kind: str, **shown: Any) -> bytes:
        """Services as the bytes of a file, as `service_picture` draws them."""
        return as_file(self.service_picture(**shown), kind, self.settings.title)


def _labels(incoming: Sequence[IncomingMap], register: Register) -> dict[str, str]:
    """What everybody is called on the maps, by their key: their role without identifiers, or a number."""
    found: dict[str, str] = {}
    for one in (actor for each in incoming for actor in each.actors):
        told = " ".join(one.role.split())
        role = "" if possible_names(told, is_role=True) else screen(told, register).text[: LONGEST["label"]]
        if one.key not in found or role:
            found[one.key] = role
    for number, key in enumerate(found, start=1):
        found[key] = found[key] or _("Person {n}").format(n=number)
    return found


def _actor_state(network_id: str, label: str, one: IncomingActor) -> dict[str, Any]:
    return {
        "network_id": network_id, "label": label, "role": "", "in_team": False, "coordinates": False, "support": "",
        "kind": one.kind if one.kind in pathways.ACTOR_LABELS else "person",
        "level": one.level if one.level in pathways.LEVEL_LABELS else "",
    }  # fmt: skip


def _has_kinds(one: IncomingMap) -> bool:
    return any(tie.kind in pathways.TIE_LABELS for tie in one.ties)


def _tied(one: IncomingMap, actors: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The ties of a map by the actors' ids, each once."""
    found = {}
    for tie in one.ties:
        pair = (actors.get(tie.one), actors.get(tie.other))
        if None in pair or pair[0] == pair[1]:
            raise BadInput(_("A line of the map leads to nobody, or to where it began. Nothing was changed."))
        ends = pair if one.directed else tuple(sorted(str(end) for end in pair))
        kind = tie.kind if tie.kind in pathways.TIE_LABELS else ""
        found[str(ends[0]), str(ends[1]), kind] = True
    return list(found)


def _spread(actors: Sequence[IncomingActor], network: Network, told: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Where everybody stands: as the file tells, and who has no place evenly over their sector.

    `told` is what the file calls the network's sectors, in their order.
    """
    sectors = dict(zip(told, network.sectors, strict=True))
    chosen = {one.key: sectors.get(_sector_told(one)) or sectors[pathways.UNTOLD] for one in actors}
    crowd = Counter(sector.id for sector in chosen.values())
    seen: Counter[str] = Counter()
    found = {}
    for one in actors:
        sector = chosen[one.key]
        seen[sector.id] += 1
        across, distance = one.across, one.distance
        if across is None and one.turn is not None:
            there = one.turn * len(network.sectors) - sector.position
            across = there if 0 <= there <= 1 else one.turn
        if across is None:
            across = (seen[sector.id] - 0.5) / crowd[sector.id]
        if distance is None:
            distance = (0.3, 0.65, 1.0)[seen[sector.id] % 3]
        found[one.key] = {"sector_id": sector.id, "distance": round(distance, 4), "bearing": round(across, 4)}
    return found


def _sectors(actors: Sequence[IncomingActor]) -> dict[str, bool]:
    """The sectors of maps that come in, in their order, and whether they hold professionals.

    They are those of a new map, around a person or of an actor map, and after them the file's own; where a file of ours
    with sectors of its own tells their order, just those.
    """
    ordered = sorted(actors, key=lambda one: one.position)  # a file of ours tells it
    told = {_sector_told(one): one.professional for one in ordered}
    own = {label: professional for label, professional in told.items() if label not in pathways.SECTOR_LABELS}
    if len(own) > MANY_SECTORS:
        own = {}
    if own and len({one.position for one in actors}) > 1:
        return dict(told)
    is_of_actors = told.keys() & set(pathways.ACTOR_GROUPS) and not told.keys() & set(pathways.PERSON_SECTORS)
    usual = pathways.ACTOR_GROUPS if is_of_actors else pathways.PERSON_SECTORS
    begun = usual if not own or told.keys() & set(usual) else ()
    untold = [pathways.UNTOLD] if told.keys() - own.keys() - set(begun) else []
    return {label: label in pathways.BY_PROFESSION for label in begun} | own | dict.fromkeys(untold, False)


def _sector_told(one: IncomingActor) -> str:
    """The sector that a file tells: ours by its id, whether by that or in our words, else as it stands there."""
    told = " ".join(one.sector.split())[: LONGEST["label"]]
    return _known_sectors().get(told.casefold(), told or pathways.UNTOLD)


@cache
def _known_sectors() -> dict[str, str]:
    """Our sectors by their ids, and by what they are called in any language."""
    found = {key: key for key in pathways.SECTOR_LABELS}
    for each in LANGUAGES:
        with using_language(each):
            found |= {_(label).casefold(): key for key, label in pathways.SECTOR_LABELS.items()}
    return found


def measures_of_file(path: Path, by: str = "helper", gap: int = GAP) -> dict[str, Any]:
    """Return the measures of a network or an event log in a file; what is undefined, or does not apply, is None.

    `by` tells whether a course is measured by helper, service or level; `gap` is how many days without contact make a
    break. Over several courses counts are added up, and the indices stand with each of the `cases`.
    """
    checked = _checked_by(by)
    if is_course_log(path):
        return _courses(read_course_log(path), checked, gap)
    return _network(read_network(path))


def _checked_by(by: str) -> By:
    for one in BY:
        if one == by:
            return one
    raise BadInput(_("Measures are by {known}, not by {by}.").format(known=", ".join(BY), by=by))


def _network(graph: nx.Graph) -> dict[str, Any]:
    made = measure(graph)
    return {
        **_NOTHING, "nodes": made.nodes, "ties": made.ties, "density": made.density, "components": made.components,
        "isolated": list(made.isolated), "degree": dict(made.degree), "betweenness": dict(made.betweenness),
        "hubs": list(made.hubs), "articulation": list(made.articulation), "constraint": dict(made.constraint),
        "effective_size": dict(made.effective_size),
    }  # fmt: skip


def _courses(cases: Mapping[str, Sequence[Episode]], by: By, gap: int) -> dict[str, Any]:
    density = care_density({case: {one.helper for one in met(episodes)} for case, episodes in cases.items()})
    each = {case: _course(case, measure_course(episodes, by, gap), density[case]) for case, episodes in cases.items()}
    units = {getattr(one, by) for episodes in cases.values() for one in met(episodes)}
    whole = {
        **_NOTHING, "contacts": sum(one["contacts"] for one in each.values()), "helpers": len(units),
        "handovers": sum(one["handovers"] for one in each.values()),
        "breaks": [broken for one in each.values() for broken in one["breaks"]], "cases": each,
    }  # fmt: skip
    return {**whole, **next(iter(each.values()))} if len(each) == 1 else whole


def _course(case: str, made: CourseMeasures, density: float | None) -> dict[str, Any]:
    return {
        "contacts": made.contacts, "helpers": made.units, "handovers": made.handovers, "coc": made.coc, "upc": made.upc,
        "secon": made.secon, "hi": made.herfindahl, "days": made.days, "coverage": made.coverage,
        "longest_gap": made.longest_gap, "too_few": made.few, "care_density": density,
        "breaks": [_break(case, one) for one in made.breaks],
    }  # fmt: skip


def _break(case: str, one: Break) -> dict[str, Any]:
    return {
        "case": case, "kind": one.kind, "day": one.day.isoformat(), "days": one.days, "before": _side(one.before),
        "after": _side(one.after) if one.after else None,
    }  # fmt: skip


def _side(one: Episode) -> dict[str, str]:
    return {
        "service": one.service, "helper": one.helper, "start": one.start.isoformat(), "end": one.end.isoformat(),
        "phase": one.phase,
    }  # fmt: skip


def _roles(followed: Followed, ordered: Sequence[Episode]) -> dict[str, Any]:
    """What is measured of a course besides its contacts."""
    course, today = followed.course, date.today()
    last = date.fromisoformat(course.closed) if course.closed else today
    held = [one for one in followed.holders if one.role == "coordinator"]
    spans = [(date.fromisoformat(one.start), date.fromisoformat(one.end) if one.end else last) for one in held]
    meetings = [one.day for one in followed.meetings]
    return {
        "coordinators": [one.holder for one in held],
        "without_coordinator": unheld(spans, date.fromisoformat(course.opened), last),
        "meetings": len(meetings), "second_meeting": meetings[1] if len(meetings) > 1 else None,
        "waits": [{"service": one.referral.service, "since": one.referral.start.isoformat(), "days": one.days}
                  for one in waits(ordered)],
    }  # fmt: skip
