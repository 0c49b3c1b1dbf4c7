"""Measures of a network: pure functions of a networkx graph from which the person in the middle is left out.

With that person in it every pair is connected, and wins every centrality. A graph with direction stays directed in
every measure. What is undefined is None, never 0 or 1.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isnan

import networkx as nx

__all__ = ["NetworkMeasures", "care_density", "external_internal", "measure"]


@dataclass(frozen=True)
class NetworkMeasures:
    """What is measured of one network; `n` persons and services, the one in the middle apart.

    `hubs` are those with the highest betweenness, all of them where several share it; `articulation` those without
    whom the network falls into more parts than before.
    """

    nodes: int
    ties: int
    density: float | None
    components: int
    isolated: tuple[Hashable, ...]
    degree: Mapping[Hashable, int]
    betweenness: Mapping[Hashable, float]
    hubs: tuple[Hashable, ...]
    articulation: tuple[Hashable, ...]
    constraint: Mapping[Hashable, float | None]
    effective_size: Mapping[Hashable, float | None]


def measure(graph: nx.Graph) -> NetworkMeasures:
    """Measure a network.

    Density is the share of possible ties that are there. Betweenness is Freeman's (1979), normalised by the number of
    pairs of others. Constraint and effective size are Burt's (1992); who has no tie has neither. Components and
    articulation points pay no heed to direction.
    """
    loose = graph.to_undirected(as_view=True) if graph.is_directed() else graph
    both_ways = graph.to_directed(as_view=True)  # networkx copies an undirected graph for each node: minutes for 2 000
    betweenness = nx.betweenness_centrality(graph)
    cut = set(nx.articulation_points(loose))
    return NetworkMeasures(
        nodes=len(graph),
        ties=graph.number_of_edges(),
        density=nx.density(graph) if len(graph) > 1 else None,
        components=nx.number_connected_components(loose),
        isolated=tuple(nx.isolates(graph)),
        degree=dict(graph.degree()),
        betweenness=betweenness,
        hubs=_highest(betweenness),
        articulation=tuple(node for node in graph if node in cut),
        constraint=_defined(graph, nx.constraint(graph)),
        effective_size=_defined(graph, nx.effective_size(both_ways, list(graph))),
    )


def _highest(values: Mapping[Hashable, float]) -> tuple[Hashable, ...]:
    top = max(values.values(), default=0)
    return tuple(node for node, value in values.items() if top and abs(value - top) < 1e-12)


def _defined(graph: nx.Graph, values: Mapping[Hashable, float]) -> dict[Hashable, float | None]:
    return {node: None if isnan(values[node]) else values[node] for node in graph}


def external_internal(graph: nx.Graph, group: Callable[[Hashable], str | None]) -> float | None:
    """Return the E–I index of Krackhardt and Stern (1988): (E − I) / (E + I), −1 all ties inside, 1 all across.

    `group` gives a node's group; ties of those without one are not counted. None where no tie is counted.
    """
    pairs = [(group(one), group(other)) for one, other in graph.edges()]
    known = [(one, other) for one, other in pairs if one is not None and other is not None]
    across = sum(one != other for one, other in known)
    return (2 * across - len(known)) / len(known) if known else None


def care_density(cases: Mapping[str, Iterable[str]]) -> dict[str, float | None]:
    """Return each person's care density (Pollack et al. 2013): how many persons a pair of their helpers share, on
    average over the pairs, the person included.

    `cases` holds the helpers of each person. None for who has fewer than two helpers.
    """
    helpers = {case: sorted(set(given)) for case, given in cases.items()}
    shared: dict[tuple[str, str], int] = {}
    for given in helpers.values():
        for pair in combinations(given, 2):
            shared[pair] = shared.get(pair, 0) + 1
    return {case: _mean([shared[pair] for pair in combinations(given, 2)]) for case, given in helpers.items()}


def _mean(values: Sequence[int]) -> float | None:
    return sum(values) / len(values) if values else None
