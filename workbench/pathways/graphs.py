"""A map as a graph to measure: without the person in the middle, and without what is drawn but not counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from workbench.pathways.labels import UNTOLD
from workbench.pathways.measures import external_internal
from workbench.pathways.records import Actor, Place, Sector, Tie

__all__ = ["Composition", "compose", "graph_of", "named", "whole_graph"]


def named(actors: Iterable[Actor]) -> dict[str, str]:
    """Return what actors are called, by id; of those called alike the second has a 2 behind, and so on."""
    seen: Counter[str] = Counter()
    found = {}
    for one in actors:
        seen[one.label] += 1
        found[one.id] = one.label if seen[one.label] == 1 else f"{one.label} {seen[one.label]}"
    return found


def graph_of(
    actors: Sequence[Actor], places: Mapping[str, Place], ties: Iterable[Tie], sectors: Sequence[Sector], directed: bool
) -> nx.Graph:
    """Return the graph of a map by names; a node knows its `level` and whether it is there by `professional` part, None
    where that is not told."""
    names = named(actors)
    by_profession = {sector.id: None if sector.label == UNTOLD else sector.professional for sector in sectors}
    graph: nx.Graph = nx.DiGraph() if directed else nx.Graph()
    for one in actors:
        if one.id in places and one.kind != "uncounted":
            graph.add_node(names[one.id], level=one.level, professional=by_profession[places[one.id].sector_id])
    for tie in ties:
        one_name, other_name = names.get(tie.one), names.get(tie.other)
        if one_name in graph and other_name in graph:
            graph.add_edge(one_name, other_name)
    return graph


def whole_graph(
    actors: Sequence[Actor], places: Mapping[str, Place], ties: Iterable[Tie], sectors: Sequence[Sector], directed: bool
) -> nx.Graph:
    """Return a map with all that is told of it, to hand on: where everybody stands, of what kind they and lines are.

    Unlike `graph_of`, what is not counted is in it too, and several lines between two are.
    """
    names = named(actors)
    stands = {
        sector.id: {"sector": sector.label, "professional": sector.professional, "position": n}
        for n, sector in enumerate(sectors)
    }
    graph: nx.Graph = nx.MultiDiGraph() if directed else nx.MultiGraph()
    for one in actors:
        if place := places.get(one.id):
            told = {"kind": one.kind, "level": one.level}
            graph.add_node(
                names[one.id], **told, **stands[place.sector_id], distance=place.distance, bearing=place.bearing
            )
    for tie in ties:
        strength = {"strength": tie.strength} if tie.strength else {}
        graph.add_edge(names[tie.one], names[tie.other], kind=tie.kind, **strength)
    return graph


@dataclass(frozen=True)
class Composition:
    """Who is there: how many by profession and how many else, what ties cross, and how dense it is without the former.

    `across_professions` and `across_levels` are E–I indices (−1 all ties inside, 1 all across), None where no tie
    counts; a tie of somebody without a level does not count for levels, and `ties_with_levels` are those that do.
    """

    professional: int
    private: int
    share_professional: float | None
    density_without_professionals: float | None
    across_professions: float | None
    across_levels: float | None
    ties_with_levels: int


def compose(graph: nx.Graph) -> Composition:
    """Return who is in a graph that `graph_of` made."""
    there = dict(graph.nodes(data="professional"))
    professional = [node for node in graph if there[node]]
    private = graph.subgraph([node for node in graph if there[node] is False])
    n = len(professional) + len(private)
    levels = dict(graph.nodes(data="level"))
    return Composition(
        professional=len(professional),
        private=len(private),
        share_professional=len(professional) / n if n else None,
        density_without_professionals=nx.density(private) if len(private) > 1 else None,
        across_professions=external_internal(graph, lambda node: None if there[node] is None else str(there[node])),
        across_levels=external_internal(graph, lambda node: levels[node] or None),
        ties_with_levels=sum(bool(levels[one] and levels[other]) for one, other in graph.edges()),
    )
