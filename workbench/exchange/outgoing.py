"""Networks and courses into files that other programs read, and this one too."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable

import networkx as nx

from workbench.errors import BadInput
from workbench.locale import _
from workbench.pathways.courses.records import KeptEpisode
from workbench.reading import defused

__all__ = ["write_course_log", "write_network"]

COURSE_LOG = ("case", "service", "helper", "level", "kind", "start", "end", "contacts", "phase")


def write_network(graph: nx.Graph, suffix: str) -> bytes:
    """Return a network as the content of a file: GraphML, GEXF, or an edge list in CSV, which knows no places.

    Raises BadInput for another ending.
    """
    if suffix not in _WRITERS:
        raise BadInput(
            _("A map goes out as {known}, not as {suffix}.").format(known=", ".join(_WRITERS), suffix=suffix)
        )
    return _WRITERS[suffix](graph)


def write_course_log(case: str, episodes: Iterable[KeptEpisode]) -> bytes:
    """Return a course as an event log in CSV, in the columns that `read_course_log` reads.

    An episode that goes on has no end; what a spreadsheet would run is defused.
    """
    return _table(COURSE_LOG, ([case, *(getattr(one, key) or "" for key in COURSE_LOG[1:])] for one in episodes))


def _edge_list(graph: nx.Graph) -> bytes:
    ties = [[one, other, data["kind"], data.get("strength", "")] for one, other, data in graph.edges(data=True)]
    return _table(("source", "target", "kind", "strength"), ties + [[who, "", "", ""] for who in nx.isolates(graph)])


def _table(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows([defused(str(cell)) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")  # a spreadsheet takes it for UTF-8 by its mark


def _graphml(graph: nx.Graph) -> bytes:
    return "\n".join(nx.generate_graphml(graph)).encode()


def _gexf(graph: nx.Graph) -> bytes:
    return "\n".join(nx.generate_gexf(graph)).encode()


_WRITERS: dict[str, Callable[[nx.Graph], bytes]] = {".graphml": _graphml, ".gexf": _gexf, ".csv": _edge_list}
