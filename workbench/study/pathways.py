"""Networks and courses, measured, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import networkx as nx

from workbench.errors import BadInput
from workbench.exchange import is_course_log, read_course_log, read_network
from workbench.locale import _
from workbench.pathways.continuity import GAP, Break, By, CourseMeasures, Episode, measure_course
from workbench.pathways.measures import care_density, measure

__all__ = ["BY", "measures_of_file"]

BY: tuple[By, ...] = ("helper", "service", "level")
_NOTHING: dict[str, Any] = dict.fromkeys(
    ("nodes", "ties", "density", "components", "isolated", "degree", "betweenness", "hubs", "articulation",
     "constraint", "effective_size", "contacts", "helpers", "handovers", "coc", "upc", "secon", "hi", "days",
     "coverage", "longest_gap", "too_few", "care_density", "cases")
) | {"breaks": []}  # fmt: skip


def measures_of_file(path: Path, by: str = "helper", gap: int = GAP) -> dict[str, Any]:
    """Return the measures of a network or an event log in a file; what is undefined, or does not apply, is None.

    `by` tells whether a course is measured by helper, service or level; `gap` is how many days without contact make a
    break. Over several courses counts are added up, and the indices stand with each of the `cases`.
    """
    if by not in BY:
        raise BadInput(_("Measures are by {known}, not by {by}.").format(known=", ".join(BY), by=by))
    if is_course_log(path):
        return _courses(read_course_log(path), next(one for one in BY if one == by), gap)
    return _network(read_network(path))


def _network(graph: nx.Graph) -> dict[str, Any]:
    made = measure(graph)
    return {
        **_NOTHING, "nodes": made.nodes, "ties": made.ties, "density": made.density, "components": made.components,
        "isolated": list(made.isolated), "degree": dict(made.degree), "betweenness": dict(made.betweenness),
        "hubs": list(made.hubs), "articulation": list(made.articulation), "constraint": dict(made.constraint),
        "effective_size": dict(made.effective_size),
    }  # fmt: skip


def _courses(cases: Mapping[str, Sequence[Episode]], by: By, gap: int) -> dict[str, Any]:
    density = care_density({case: {one.helper for one in episodes} for case, episodes in cases.items()})
    each = {case: _course(case, measure_course(episodes, by, gap), density[case]) for case, episodes in cases.items()}
    units = {getattr(one, by) for episodes in cases.values() for one in episodes}
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
        "case": case, "kind": one.kind, "days": one.days, "before": _side(one.before),
        "after": _side(one.after) if one.after else None,
    }  # fmt: skip


def _side(one: Episode) -> dict[str, str]:
    return {
        "service": one.service, "helper": one.helper, "start": one.start.isoformat(), "end": one.end.isoformat(),
        "phase": one.phase,
    }  # fmt: skip
