"""Network maps out of other programs' files: easyNWK's JSON, Network Canvas's CSV and GraphML, and plain networks.

What other programs call a person may be their real name, so it is kept apart from the role that a map may show.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import networkx as nx

from workbench.errors import BadInput, BrokenFile
from workbench.exchange.networks import read_network
from workbench.locale import _
from workbench.pathways import PERSON_SECTORS, SECTOR_LABELS
from workbench.reading import column_names, decode, read_bytes, read_rows, undefused

__all__ = ["IncomingActor", "IncomingMap", "IncomingTie", "read_maps"]


@dataclass(frozen=True)
class IncomingActor:
    """Somebody on a map of another program.

    `role` is what they are to the person in the middle, `name` what the program calls them. `sector` is one of ours by
    its id, or words, `professional` whether it holds helpers, `position` which it is, where a file of ours tells that;
    `turn` is how far round they stand, clockwise from the top (0 to 1), `across` how far across the sector. What the
    file does not tell is None or empty.
    """

    key: str
    role: str = ""
    name: str = ""
    sector: str = ""
    professional: bool = False
    position: int = 0
    level: str = ""
    kind: str = "person"
    distance: float | None = None
    turn: float | None = None
    across: float | None = None


class IncomingTie(NamedTuple):
    """Two who have to do with each other, by their keys."""

    one: str
    other: str
    kind: str = ""


@dataclass(frozen=True)
class IncomingMap:
    """One map of another program, of a `day` where it tells that."""

    title: str
    day: str | None
    actors: tuple[IncomingActor, ...]
    ties: tuple[IncomingTie, ...]
    directed: bool = False


def read_maps(path: Path) -> list[IncomingMap]:
    """Read the maps in a file, the oldest first.

    JSON is easyNWK's; a CSV file with the column networkCanvasUUID is one of a Network Canvas export, whose others lie
    beside it; anything else is read as a network. Raises BadInput for an empty map.
    """
    if path.suffix.lower() == ".json":
        made = _easynwk(path)
    elif path.suffix.lower() == ".csv" and _is_network_canvas(path):
        made = [_network_canvas(path)]
    else:
        made = [_network(read_network(path), path.stem)]
    if not any(one.actors for one in made):
        raise BadInput(_("{file}: there is nobody on the map. Nothing was changed.").format(file=path.name))
    return made


# --- easyNWK: JSON that begins with a byte order mark; one file holds one person's maps ---

_EASYNWK_SECTORS = ("family", "spare_time", "work", "professional")  # from the right upper quarter, counterclockwise


def _easynwk(path: Path) -> list[IncomingMap]:
    try:
        told = json.loads(decode(read_bytes(path), path.name).removeprefix("\ufeff"))
        versions = told.get("versions", [{"title": "", "date": None, "nwk": told}])
        return [_easynwk_map(one) for one in versions]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BrokenFile(
            _("{file} is no easyNWK file that can be read. Save it anew there.").format(file=path.name)
        ) from error


def _easynwk_map(version: Mapping[str, Any]) -> IncomingMap:
    network = version["nwk"]
    return IncomingMap(
        title=str(version.get("title") or ""),
        day=version.get("date") or None,
        actors=tuple(_easynwk_actor(one) for one in network["alteri"]),
        ties=tuple(IncomingTie(str(one["id1"]), str(one["id2"])) for one in network["connections"]),
    )


def _easynwk_actor(one: Mapping[str, Any]) -> IncomingActor:
    angle = float(one["angle"]) % 360
    counted = one.get("human", True) and not one.get("deceased", False)
    return IncomingActor(
        key=str(one["id"]),
        role=str(one.get("role") or ""),
        name=str(one["name"]),
        sector=_EASYNWK_SECTORS[int(angle // 90)],
        kind="person" if counted else "uncounted",
        distance=min(1.0, float(one["distance"]) / 100),
        across=1 - (angle % 90) / 90,
    )


# --- Network Canvas ---

_UUID, _SOURCE, _TARGET = "networkcanvasuuid", "networkcanvassourceuuid", "networkcanvastargetuuid"
_ROLES = ("role", "relationship", "relation", "rolle", "relasjon")
_YES = {"true", "1"}
_HIDDEN = "ENCRYPTED"  # what an export writes in place of what it keeps to itself


def _is_network_canvas(path: Path) -> bool:
    return _UUID in column_names(path)


def _network_canvas(path: Path) -> IncomingMap:
    """Read an export from one of its files: one file holds each type of node, one each type of tie."""
    session = path.name.partition("_attributeList")[0].partition("_edgeList")[0]
    beside = [one for one in sorted(path.parent.glob("*.csv")) if one.name.startswith(session)]
    actors: list[IncomingActor] = []
    ties: list[IncomingTie] = []
    day = None
    for file in beside if session != path.name else [path]:
        for number, row in read_rows(file):
            cells = {key: "" if value == _HIDDEN else undefused(value) for key, value in row.items()}
            where = _("{file}, row {row}").format(file=file.name, row=number)
            if cells.get(_SOURCE) and cells.get(_TARGET):
                ties.append(IncomingTie(cells[_SOURCE], cells[_TARGET]))
            elif cells.get(_UUID) and "nodeid" in cells:
                actors.append(_canvas_actor(cells[_UUID], cells, where))
            day = cells.get("sessionstart", "")[:10] or day
    return IncomingMap(session, day, tuple(actors), tuple(dict.fromkeys(ties)))


def _canvas_actor(key: str, cells: Mapping[str, Any], where: str) -> IncomingActor:
    lowered = {name.lower(): value for name, value in cells.items()}
    role = next((str(lowered[name]) for name in _ROLES if lowered.get(name)), "")
    distance, turn = _layout(lowered, where)
    name, sector = lowered.get("name") or lowered.get("label") or "", lowered.get("sector") or _chosen_sector(lowered)
    return IncomingActor(key, role, str(name), str(sector), distance=distance, turn=turn)


def _chosen_sector(cells: Mapping[str, Any]) -> str:
    """One of our sectors where a choice is named like it: there is a column for each, `group_family` say."""
    named = {key: key for key in PERSON_SECTORS} | {_(SECTOR_LABELS[key]).casefold(): key for key in PERSON_SECTORS}
    chosen = [name.casefold() for name, value in cells.items() if str(value).casefold() in _YES]
    return next((key for words, key in named.items() for name in chosen if name.endswith("_" + words)), "")


def _layout(cells: Mapping[str, Any], where: str) -> tuple[float | None, float | None]:
    """How far out and how far round somebody stands, by the coordinates of a layout: 0 to 1 from the top left."""
    for name in cells:
        if name.endswith("_x") and cells.get(name[:-1] + "y") and cells[name] and "screenspace" not in name:
            try:
                x, y = float(cells[name]) - 0.5, float(cells[name[:-1] + "y"]) - 0.5
            except ValueError as error:
                raise BadInput(_("{where}: a place is not told as two numbers.").format(where=where)) from error
            return min(1.0, 2 * math.hypot(x, y)), math.atan2(x, -y) / (2 * math.pi) % 1
    return None, None


# --- anything else ---


def _network(graph: nx.Graph, title: str) -> IncomingMap:
    from_canvas = any("networkCanvasUUID" in data for _node, data in graph.nodes(data=True))
    reader = _canvas_actor if from_canvas else _plain_actor
    return IncomingMap(
        title,
        None,
        tuple(reader(str(node), data, str(node)) for node, data in graph.nodes(data=True)),
        tuple(IncomingTie(str(one), str(other), kind) for one, other, kind in _kinds(graph)),
        graph.is_directed() and not from_canvas,
    )


def _kinds(graph: nx.Graph) -> Iterable[tuple[str, str, str]]:
    for one, other, data in graph.edges(data=True):
        for kind in data["kinds"]:
            yield one, other, kind


def _plain_actor(key: str, data: Mapping[str, Any], where: str) -> IncomingActor:
    distance = _share(data.get("distance"), where)
    return IncomingActor(
        key, key, sector=str(data.get("sector", "")), level=str(data.get("level", "")),
        professional=str(data.get("professional")).casefold() in _YES, kind=str(data.get("kind") or "person"),
        position=_whole(data.get("position")), distance=distance, across=_share(data.get("bearing"), where),
    )  # fmt: skip


def _whole(value: object) -> int:
    return int(str(value)) if str(value).isdecimal() else 0


def _share(value: object, where: str) -> float | None:
    if value in (None, ""):
        return None
    try:
        number = float(str(value))
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:
        raise BadInput(_("{where}: a place on the map is from 0 (the middle) to 1 (the edge).").format(where=where))
    return number
