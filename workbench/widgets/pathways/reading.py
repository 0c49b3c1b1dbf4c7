"""What the page of network maps is shown, as plain data."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from workbench import pathways
from workbench.ink import EM
from workbench.locale import _, format_date, format_number
from workbench.pathways import geometry
from workbench.pathways.explained import EXPLAINED
from workbench.pathways.overview import Role, everyday_roles, roles
from workbench.study import Study
from workbench.study.contacts import CONTACT
from workbench.study.network_maps import Drawn, picture_of

__all__ = ["around", "as_told", "changes", "choices", "drawn", "figures", "labels", "services"]


def choices(study: Study) -> dict[str, Any]:
    """Return what does not change while the page is open: measures of the picture, and what can be chosen."""
    return {
        "geometry": {
            "width": geometry.WIDTH, "height": geometry.HEIGHT, "x": geometry.CENTRE.x, "y": geometry.CENTRE.y,
            "inner": geometry.INNER, "outer": geometry.OUTER, "border": geometry.BORDER, "radius": geometry.RADIUS,
            "em": EM,
        },
        "actorKinds": _named(pathways.ACTOR_LABELS),
        "levels": [["", "–"], *_named(pathways.LEVEL_LABELS)],
        "tieKinds": [["", "–"], *_named(pathways.TIE_LABELS)],
        "roles": [_role(one) for one in roles()],
        "everydayRoles": [_role(one) for one in everyday_roles()],
        "contact": list(CONTACT),
        "themes": [[one.id, str(one.label)] for one in study.framework.themes],
    }  # fmt: skip


def _role(one: Role) -> dict[str, Any]:
    return {
        "id": one.id, "label": str(one.label), "sector": one.sector, "level": one.level, "kind": one.kind,
        "words": sorted(one.words),
    }  # fmt: skip


def _named(labels: dict[str, str]) -> list[list[str]]:
    return [[key, _(label)] for key, label in labels.items()]


def around(study: Study) -> dict[str, Any]:
    """Return the networks with their maps, and whether the vault is open."""
    maps: dict[str, list[dict[str, str]]] = {}
    for one in study.network_maps():
        shown = " ".join(part for part in (format_date(date.fromisoformat(one.day)), one.title) if part)
        maps.setdefault(one.network_id, []).append({"id": one.id, "day": one.day, "title": one.title, "shown": shown})
    codes = {person.id: person.code for person in study.informants()}
    return {
        "seq": study.store.newest.seq,
        "open": study.vault.is_open,
        "informants": sorted(codes.values()),
        "networks": [
            {
                "id": one.id, "title": one.title, "informant": codes.get(one.informant_id or "", ""),
                "centre": study.centre_of(one), "directed": one.directed, "kinds": one.kinds,
                "strengths": one.strengths, "maps": maps.get(one.id, []),
                "sectors": [{"id": s.id, "key": s.label, "label": _(pathways.SECTOR_LABELS.get(s.label, s.label)),
                             "professional": s.professional} for s in one.sectors],
            }
            for one in study.networks()
        ],
    }  # fmt: skip


def drawn(study: Study, map_id: str, em: float, named: bool) -> dict[str, Any]:
    """Return a map with everything on it; `em` is the size of the labels' type in the picture's units."""
    made = study.drawn(map_id)
    return {
        "network": made.network.id,
        "actors": [
            {key: value for key, value in asdict(one).items() if key != "network_id"}
            for one in made.actors
        ],
        "places": {
            key: {"sector": place.sector_id, "distance": place.distance, "bearing": place.bearing}
            for key, place in made.places.items()
        },
        "ties": [
            {"id": tie.id, "one": tie.one, "other": tie.other, "kind": tie.kind, "strength": tie.strength,
             "aside": aside}
            for tie, aside in zip(made.ties, geometry.side_by_side(made.ties), strict=True)
        ],
        **_labels(study, made, em, named),
    }  # fmt: skip


def labels(study: Study, map_id: str, em: float, named: bool) -> dict[str, Any]:
    """Return where the labels of a map stand."""
    return _labels(study, study.drawn(map_id), em, named)


def _labels(study: Study, made: Drawn, em: float, named: bool) -> dict[str, Any]:
    picture = picture_of(made, study.centre_of(made.network))
    sectors = [sector for sector, _label in picture.sectors]
    points = {key: geometry.point(place, sectors) for key, place in made.places.items()}
    names = geometry.name_sectors([label for _sector, label in picture.sectors], em)
    words = {one.id: one.label for one in made.there}
    if named:  # for the eye at this screen alone
        words |= {key: told["name"] for key, told in study.contacts(made.network.id).items() if told.get("name")}
    words = {key: words[key] for key in made.places}
    heads = geometry.arrowheads(made.ties, points) if made.network.directed else []
    laid = geometry.lay_labels(words, points, em, taken_by=[*(name.box for name in names), *heads])
    return {
        "words": words,
        "labels": {key: [list(label.lines), *label.at, *label.box] for key, label in laid.items()},
        "sectorNames": [[list(label.lines), *label.at] for label in names],
    }


def figures(study: Study, map_id: str) -> list[dict[str, str]]:
    """Return the measures of a map, each with its definition, source and reading; what is undefined is “–”."""
    made = study.measures_of_map(map_id)
    told = {**made, **made["composition"]}
    most = max(made["degree"].values(), default=0)
    told["most_lines"] = [f"{who} ({n})" for who, n in made["degree"].items() if n == most and most]
    told["hubs"] = [f"{who} ({_number(made['betweenness'][who])})" for who in made["hubs"]]
    told["least_constrained"] = _least_constrained(made)
    return [
        {
            "name": _(one.name), "value": as_told(told[one.key]), "definition": _(one.definition), "source": one.source,
            "reading": _(one.reading), "n": str(told[one.of]),
        }
        for one in EXPLAINED
    ]  # fmt: skip


def _least_constrained(made: dict[str, Any]) -> list[str]:
    known = {who: value for who, value in made["constraint"].items() if value is not None}
    least = min(known.values(), default=None)
    return [
        f"{who} ({_number(value)}; {_number(made['effective_size'][who])})"
        for who, value in known.items()
        if least is not None and value - least < 1e-12
    ]


def as_told(value: Any) -> str:
    """Return a figure, or names, as they are shown; what is undefined is “–”."""
    if isinstance(value, list):
        return ", ".join(value) or "–"
    return _number(value) if isinstance(value, float) or value is None else str(value)


def _number(value: float | None) -> str:
    return "–" if value is None else format_number(value)


def changes(study: Study, before: str, after: str) -> dict[str, Any]:
    """Return what changed from one map to another in words, and the later one drawn with traces of the earlier."""
    found = study.map_difference(before, after)
    names = {one.id: one.label for made in (before, after) for one in study.drawn(made).actors}
    pairs = {"new_ties": found.new_ties, "gone_ties": found.gone_ties, "changed_ties": found.changed_ties}
    between = "→" if study.drawn(after).network.directed else "–"
    return {
        "picture": study.map_picture(after, before=before),
        "lists": {
            **{
                key: [names[one] for one in getattr(found, key)]
                for key in ("came", "went", "nearer", "farther", "other_sector")
            },
            **{key: [f"{names[one]} {between} {names[other]}" for one, other in each] for key, each in pairs.items()},
        },
    }


def services(study: Study, informant: str | None, theme: str | None, flow: bool) -> dict[str, Any]:
    """Return services by level as a picture, and what goes on between them with the turns that tell of it."""
    shown = study.service_flows() if flow else study.service_map(informant=informant, theme=theme)
    labels = {one.id: one.label for one in shown.services}
    return {
        "title": _("From service to service") if flow else _("Services by level"),
        "picture": study.service_picture(informant=informant, theme=theme, flow=flow),
        "between": [
            {"one": labels[one.one], "other": labels[one.other], "networks": one.networks, "courses": one.courses,
             "told": [{"source": told.source, "words": told.words} for told in one.told]}
            for one in shown.between
        ],
    }  # fmt: skip
