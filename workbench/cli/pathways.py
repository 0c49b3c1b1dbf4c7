"""Commands on networks and courses."""

from pathlib import Path
from typing import Annotated, Any

import typer

from workbench.cli.shared import Json, answer, group_of
from workbench.locale import _

maps = group_of("map", _("Network maps, and courses over time."))


@maps.command("measures", help=_("Measure a network (CSV, GraphML, GEXF) or a course (event log in CSV)."))
def map_measures(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("Where the network or the course stands."))],
    by: Annotated[str, typer.Option(help="helper | service | level")] = "helper",
    gap: Annotated[int, typer.Option(min=1, help=_("How many days without contact make a break."))] = 30,
    as_json: Json = False,
) -> None:
    from workbench.study.pathways import measures_of_file

    made = measures_of_file(file, by, gap)
    answer(made, as_json, lambda: "\n".join(_network(made) if made["nodes"] is not None else _courses(made)))


def _network(made: dict[str, Any]) -> list[str]:
    highest = [f"{who} {_number(made['betweenness'][who])}" for who in made["hubs"]]
    return [
        _line(_("Persons and services"), made["nodes"]), _line(_("Ties"), made["ties"]),
        _line(_("Density"), _number(made["density"])), _line(_("Parts that hang together"), made["components"]),
        _line(_("Highest betweenness"), ", ".join(highest)),
        _line(_("Hold it together"), ", ".join(made["articulation"])),
        _line(_("Without ties"), ", ".join(made["isolated"])),
    ]  # fmt: skip


def _courses(made: dict[str, Any]) -> list[str]:
    return [line for case, one in made["cases"].items() for line in _course(case, one)]


def _course(case: str, one: dict[str, Any]) -> list[str]:
    from workbench.pathways import BREAK_LABELS

    few = [_("Fewer than five contacts: the figures say little.")] if one["too_few"] else []
    told = [f"{_(BREAK_LABELS[each['kind']])}, {each['before']['end']}" for each in one["breaks"]]
    return [
        f"{case} (n = {one['contacts']})", *few, _line("UPC", _number(one["upc"])), _line("COC", _number(one["coc"])),
        _line("SECON", _number(one["secon"])), _line("HI", _number(one["hi"])),
        _line(_("Care density"), _number(one["care_density"])), _line(_("Handovers"), one["handovers"]),
        _line(_("Days with contact"), _number(one["coverage"])), _line(_("Longest gap in days"), one["longest_gap"]),
        _line(_("Breaks"), "; ".join(told)),
    ]  # fmt: skip


def _line(name: str, value: object) -> str:
    return f"{name}\t{value if value not in (None, '') else '–'}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
