"""Maps and courses of those who let them be shared: what is measured, and what is needed to draw them again.

An edition freezes this, and draws from it: roles and codes only, nothing of the vault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from workbench import pathways
from workbench.locale import N_, _, format_date, sort_key
from workbench.material import records as material
from workbench.pathways import records
from workbench.pathways.courses import records as courses
from workbench.pathways.courses.continuity import FEW, Episode, in_order, measure_course
from workbench.pathways.courses.explained import EXPLAINED as COURSES_EXPLAINED
from workbench.pathways.courses.lanes import Lanes, Mark, Span, draw_lanes
from workbench.pathways.drawing import MapPicture, svg
from workbench.pathways.explained import EXPLAINED as MAPS_EXPLAINED
from workbench.pathways.explained import Explained
from workbench.pathways.graphs import compose, graph_of
from workbench.pathways.measures import measure
from workbench.pathways.records import Actor, Place, Sector, Tie
from workbench.store.records import Connection, audit_rows, newest_seq
from workbench.tables.records import Coverage
from workbench.tables.table import Table

__all__ = ["caption", "course_picture", "map_picture", "measured", "pathways_table", "shared"]

COLUMNS = {
    "what": N_("What it is"), "whose": N_("Whose"), "day": N_("Day"), "n": N_("n"),
    "density": N_("Density"), "hub": N_("Highest betweenness"), "professional": N_("Share of professionals"),
    "coc": N_("Continuity (COC)"), "secon": N_("From contact to contact (SECON)"), "handovers": N_("Handovers"),
    "longest_gap": N_("Longest gap in days"), "breaks": N_("Breaks"),
}  # fmt: skip
_UNDEFINED = "–"
# The columns of maps and of courses, and the measures that they are.
_OF_MAPS = {"n": "nodes", "density": "density", "hub": "hubs", "professional": "share_professional"}
_OF_COURSES = {"n": "contacts", "coc": "coc", "secon": "secon", "handovers": "handovers", "longest_gap": "longest_gap",
               "breaks": "breaks"}  # fmt: skip


def pathways_table(connection: Connection, coverage: Coverage) -> Table:
    """The measures of each map and course whose person consents to sharing; n is the number of helpers or contacts.

    What goes on still has lasted until the day of the study's newest act, so that the same study gives the same table.
    """
    today = date.fromisoformat(audit_rows(connection, newest_seq(connection) - 1)[-1].at[:10])
    codes = {one.id: one.code for one in material.list_informants(connection) if one.id in coverage.sharing}
    maps = list(_maps(connection, codes))
    drawn = list(_courses(connection, codes, today))
    rows = [_map_row(one) for one in maps] + [_course_row(one) for one in drawn]
    rows.sort(key=lambda row: (sort_key(str(row["whose"])), str(row["what"]), str(row["sorted"])))
    for row in rows:
        del row["sorted"]
    columns = {key: _(label) for key, label in COLUMNS.items()}
    left_out = _("Only what its person lets be shared is here. n is the number of helpers, or of contacts.")
    data = {"maps": maps, "courses": drawn}
    return Table("pathways", _("Networks and courses"), columns, rows, left_out, data)


def measured(table: Table) -> list[tuple[Table, list[tuple[str, Explained]]]]:
    """Return the table in parts, one of maps and one of courses, each with its own columns and what they are.

    A part with nothing in it is left out.
    """
    found = []
    for kind, keys, explained in (("maps", _OF_MAPS, MAPS_EXPLAINED), ("courses", _OF_COURSES, COURSES_EXPLAINED)):
        whole = _("Network map") if kind == "maps" else _("Course")
        rows = [{key: row[key] for key in ("whose", "day", *keys)} for row in table.rows if row["what"] == whole]
        if rows:
            columns = {key: table.columns[key] for key in ("whose", "day", *keys)}
            by_key = {one.key: one for one in explained}
            told = [(columns[key], by_key[name]) for key, name in keys.items() if name in by_key]
            few = kind == "courses" and any(row["n"] < FEW for row in rows)
            note = _("With fewer than five contacts the figures say little; continuity is left out (–).") if few else ""
            found.append((Table(table.name, whole, columns, rows, note), told))
    return found


def shared(connection: Connection, coverage: Coverage) -> list[str]:
    """Return the ids of the networks and courses that the table shows: an edition names what it was made from."""
    networks = [one.id for one in records.list_networks(connection) if one.informant_id in coverage.sharing]
    return networks + [one.id for one in courses.list_courses(connection) if one.informant_id in coverage.sharing]


def _maps(connection: Connection, codes: dict[str, str]) -> Iterator[dict[str, Any]]:
    for network in records.list_networks(connection):
        if network.informant_id not in codes:
            continue
        actors = records.list_actors(connection, network.id)
        for one in records.list_maps(connection, network.id):
            places = records.list_places(connection, one.id)
            there = {place.actor_id for place in places}
            yield {
                "whose": codes[network.informant_id],
                "day": one.day,
                "directed": network.directed,
                "sectors": [
                    {"id": each.id, "label": _(pathways.SECTOR_LABELS.get(each.label, each.label)),
                     "professional": each.professional}
                    for each in network.sectors
                ],
                "actors": [
                    {"id": each.id, "label": each.label, "kind": each.kind, "level": each.level,
                     "coordinates": each.coordinates}
                    for each in actors
                    if each.id in there
                ],
                "places": [
                    {"actor": place.actor_id, "sector": place.sector_id, "distance": place.distance,
                     "bearing": place.bearing}
                    for place in places
                ],
                "ties": [
                    {"one": tie.one, "other": tie.other, "kind": tie.kind, "strength": tie.strength}
                    for tie in records.list_ties(connection, one.id)
                ],
            }  # fmt: skip


def _courses(connection: Connection, codes: dict[str, str], today: date) -> Iterator[dict[str, Any]]:
    for one in courses.list_courses(connection):
        if one.informant_id not in codes:
            continue
        last = date.fromisoformat(one.closed) if one.closed else today
        held = courses.list_holders(connection, one.id)
        yield {
            "whose": codes[one.informant_id],
            "opened": one.opened,
            "closed": one.closed,
            "today": today.isoformat(),
            "episodes": [
                {**asdict(each), "start": each.start.isoformat(), "end": each.end.isoformat()}
                for each in in_order(kept.until(last) for kept in courses.list_episodes(connection, one.id))
            ],
            "roles": [
                {"what": each.role, "who": each.holder, "start": each.start, "end": each.end or last.isoformat()}
                for each in held
            ],
            "marks": [
                {"kind": each.kind, "day": each.day, "until": each.until}
                for each in courses.list_events(connection, one.id)
            ],
        }


# --- drawn and measured from what is frozen ---


def _map_of(frozen: dict[str, Any]) -> MapPicture:
    sectors = [
        (Sector(each["id"], "", n, each["label"], each["professional"]), each["label"])
        for n, each in enumerate(frozen["sectors"])
    ]
    actors = [
        Actor(each["id"], "", each["label"], each["kind"], each["level"], "", False, each["coordinates"], "")
        for each in frozen["actors"]
    ]
    places = {
        each["actor"]: Place("", "", each["actor"], each["sector"], each["distance"], each["bearing"])
        for each in frozen["places"]
    }
    ties = [Tie("", "", each["one"], each["other"], each["kind"], each["strength"]) for each in frozen["ties"]]
    title = f"{frozen['whose']}, {format_date(date.fromisoformat(frozen['day']))}"
    return MapPicture(title, frozen["whose"], sectors, actors, places, ties, frozen["directed"])


def caption(what: str, whose: str, day: str) -> str:
    """Return what stands with a picture: what it is, whose, and of which day or from when on."""
    return f"{what}: {whose}, {format_date(date.fromisoformat(day))}"


def map_picture(frozen: dict[str, Any]) -> str:
    """Return a frozen map as SVG."""
    return svg(_map_of(frozen))


def _episodes(frozen: dict[str, Any]) -> list[Episode]:
    return [
        Episode(**{**one, "start": date.fromisoformat(one["start"]), "end": date.fromisoformat(one["end"])})
        for one in frozen["episodes"]
    ]


def _day(given: str | None) -> date | None:
    return date.fromisoformat(given) if given else None


def course_picture(frozen: dict[str, Any]) -> str:
    """Return a frozen course as SVG; what meetings were about stays in the study."""
    opened = date.fromisoformat(frozen["opened"])
    closed = _day(frozen["closed"])
    roles = [
        Span(one["what"], one["who"], date.fromisoformat(one["start"]),
             max(date.fromisoformat(one["start"]), date.fromisoformat(one["end"])))
        for one in frozen["roles"]
    ]  # fmt: skip
    marks = [
        Mark(
            one["kind"], date.fromisoformat(one["day"]), date.fromisoformat(one["until"]) if one["until"] else None, ""
        )
        for one in frozen["marks"]
    ]
    title = f"{frozen['whose']}, {format_date(opened)}"
    return draw_lanes(Lanes(title, opened, closed, _episodes(frozen), roles, marks, today=_day(frozen["today"])))


def _map_row(frozen: dict[str, Any]) -> dict[str, Any]:
    picture = _map_of(frozen)
    sectors = [sector for sector, _label in picture.sectors]
    graph = graph_of(list(picture.actors), picture.places, picture.ties, sectors, picture.directed)
    made = measure(graph)
    return {
        **_empty(_("Network map"), frozen["whose"], frozen["day"]), "n": made.nodes,
        "density": _rounded(made.density), "hub": ", ".join(map(str, made.hubs)) or _UNDEFINED,
        "professional": _rounded(compose(graph).share_professional),
    }  # fmt: skip


def _course_row(frozen: dict[str, Any]) -> dict[str, Any]:
    made = measure_course(_episodes(frozen), open_until=None if frozen["closed"] else _day(frozen["today"]))
    few = made.few
    return {
        **_empty(_("Course"), frozen["whose"], frozen["opened"]), "n": made.contacts,
        "coc": _UNDEFINED if few else _rounded(made.coc), "secon": _UNDEFINED if few else _rounded(made.secon),
        "handovers": made.handovers, "longest_gap": _UNDEFINED if made.longest_gap is None else made.longest_gap,
        "breaks": len(made.breaks),
    }  # fmt: skip


def _empty(what: str, whose: str, day: str) -> dict[str, Any]:
    shown = format_date(date.fromisoformat(day))
    return dict.fromkeys(COLUMNS, _UNDEFINED) | {"what": what, "whose": whose, "day": shown, "sorted": day}


def _rounded(value: float | None) -> float | str:
    return _UNDEFINED if value is None else round(value, 3)
