"""Networks out of files. A tie of somebody with themselves is refused, and so is one that is told twice."""

from __future__ import annotations

import io
from pathlib import Path

import networkx as nx
from lxml import etree

from workbench.errors import BadInput, BrokenFile
from workbench.locale import _
from workbench.reading import column_names, read_bytes, read_rows, undefused

__all__ = ["is_course_log", "read_network"]


def is_course_log(path: Path) -> bool:
    """Say whether a file is an event log rather than a network."""
    if path.suffix.lower() in _GRAPHS:
        return False
    columns = column_names(path)
    return "case" in columns and "source" not in columns


def read_network(path: Path) -> nx.Graph:
    """Read a network: GraphML, GEXF, or an edge list in CSV with the columns source, target and, optional, kind.

    A GraphML or GEXF file that says its ties are directed gives a directed graph. Raises BadInput, naming the row.
    """
    reader = _GRAPHS.get(path.suffix.lower())
    if reader is None:
        return _edge_list(path)
    content = read_bytes(path)
    _refuse_declarations(content, path.name)
    try:
        read = reader(io.BytesIO(content))
    except (ValueError, KeyError, TypeError, AttributeError, nx.NetworkXException) as error:
        told = _("{file} can't be read as a network. Save it anew in the program that made it.")
        raise BrokenFile(told.format(file=path.name)) from error
    return _simple(read, path.name)


_GRAPHS = {".graphml": nx.read_graphml, ".gexf": nx.read_gexf}


def _refuse_declarations(content: bytes, name: str) -> None:
    """Refuse XML that declares a document type: entities grow without bound, or reach for other files."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise BrokenFile(
            _("{file}, line {line}: this is not well-formed XML. Export the network anew.").format(
                file=name, line=error.lineno or 1
            )
        ) from error
    if root.getroottree().docinfo.doctype:
        raise BrokenFile(
            _("{file} declares a document type or entities, which no network needs. Export it anew without.").format(
                file=name
            )
        )


def _simple(read: nx.Graph, name: str) -> nx.Graph:
    """Return a graph with at most one tie between two, by the labels that its persons have."""
    labels = [str(data.get("label") or node) for node, data in read.nodes(data=True)]
    named = dict(zip(read, labels if len(set(labels)) == len(labels) else map(str, read), strict=True))
    graph: nx.Graph = nx.DiGraph() if read.is_directed() else nx.Graph()
    graph.add_nodes_from((named[node], dict(data)) for node, data in read.nodes(data=True))
    for one, other, data in read.edges(data=True):
        _add(graph, named[one], named[other], str(data.get("kind", "")), name)
    return graph


def _edge_list(path: Path) -> nx.Graph:
    graph = nx.Graph()
    for number, row in read_rows(path, "source", "target"):
        one, other = (undefused(row.get(column, "")) for column in ("source", "target"))
        where = _("{file}, row {row}").format(file=path.name, row=number)
        if not one and not other:
            raise BadInput(_("{where}: neither source nor target is told.").format(where=where))
        if one and other:
            _add(graph, one, other, undefused(row.get("kind", "")), where)
        else:
            graph.add_node(one or other)  # somebody without ties
    return graph


def _add(graph: nx.Graph, one: str, other: str, kind: str, where: str) -> None:
    if one == other:
        raise BadInput(
            _("{where}: “{who}” has a tie to themselves. Take it out, and try again.").format(where=where, who=one)
        )
    if graph.has_edge(one, other):
        if kind in graph.edges[one, other]["kinds"]:
            raise BadInput(
                _("{where}: the tie between “{one}” and “{other}” is told twice. Take one out.").format(
                    where=where, one=one, other=other
                )
            )
        graph.edges[one, other]["kinds"].append(kind)
    else:
        graph.add_edge(one, other, kinds=[kind])
