"""Commands on networks and courses."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from workbench.cli.shared import HERE, Json, PassphraseFile, StudyOption, answer, group_of, open_study, say
from workbench.locale import _, ngettext

maps = group_of("map", _("Network maps, and courses over time."))


@maps.command(
    "import",
    help=_(
        "Take in a network with its maps (easyNWK, Network Canvas, GraphML, GEXF, CSV), or courses (event log in CSV)."
    ),
)
def map_import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("Where it stands."))],
    informant: Annotated[str | None, typer.Option(metavar="CODE", help=_("Who stands in the middle."))] = None,
    day: Annotated[
        str | None, typer.Option(metavar="DATE", help=_("When it was drawn, if the file tells no day."))
    ] = None,
    title: Annotated[str, typer.Option(help=_("What it is called."))] = "",
    sure: Annotated[bool, typer.Option("--sure", help=_("What looks like a name is none."))] = False,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    opened = open_study(study, passphrase_file)
    made = opened.take_in(file, sure=sure, informant=informant, day=day, title=title)
    answer([{"id": one} for one in made], as_json, lambda: "\n".join(made))


@maps.command("list", help=_("All network maps and courses."))
def map_list(study: StudyOption = HERE, as_json: Json = False) -> None:
    opened = open_study(study)
    titles = {one.id: one.title for one in opened.networks()}
    found = [
        {"id": one.id, "kind": "map", "network": titles[one.network_id], "title": one.title, "day": one.day,
         "actors": len(opened.drawn(one.id).places)}
        for one in opened.network_maps()
    ]  # fmt: skip
    found += [
        {"id": one.id, "kind": "course", "title": one.title, "day": one.opened,
         "episodes": len(opened.course(one.id).episodes)}
        for one in opened.courses()
    ]  # fmt: skip
    answer(found, as_json, lambda: "\n".join("\t".join(map(str, one.values())) for one in found))


@maps.command("draw", help=_("Draw a map or a course into a file."))
def map_draw(
    map_id: Annotated[str, typer.Argument(metavar="ID", help=_("The map or course, as “map list” names it."))],
    to: Annotated[Path, typer.Option("--to", metavar="FILE.svg|png|pdf", help=_("Where to write it."))],
    plain: Annotated[bool, typer.Option("--black-and-white", help=_("For print without colour."))] = False,
    study: StudyOption = HERE,
) -> None:
    open_study(study).draw(map_id, to, plain=plain)
    say(_("{file} is written.").format(file=to))


@maps.command("export", help=_("Write a map (GraphML, GEXF, CSV) or a course (event log in CSV) for another program."))
def map_export(
    map_id: Annotated[str, typer.Argument(metavar="ID", help=_("The map or course, as “map list” names it."))],
    to: Annotated[Path, typer.Option("--to", metavar="FILE.graphml|gexf|csv", help=_("Where to write it."))],
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
) -> None:
    open_study(study, passphrase_file).export_pathway(map_id, to)
    say(_("{file} is written.").format(file=to))


@maps.command("services", help=_("Which services there are by level, and between which something goes on."))
def map_services(
    informant: Annotated[str | None, typer.Option(metavar="CODE", help=_("Only around this informant."))] = None,
    theme: Annotated[str | None, typer.Option(help=_("Only what is coded under this theme."))] = None,
    flow: Annotated[bool, typer.Option("--flow", help=_("How help went on over all courses."))] = False,
    to: Annotated[Path | None, typer.Option("--to", metavar="FILE.svg|png|pdf", help=_("Draw it there."))] = None,
    plain: Annotated[bool, typer.Option("--black-and-white", help=_("For print without colour."))] = False,
    study: StudyOption = HERE,
    as_json: Json = False,
) -> None:
    opened = open_study(study)
    if to is not None:
        opened.draw_services(to, informant=informant, theme=theme, flow=flow, plain=plain)
        say(_("{file} is written.").format(file=to))
        return
    shown = opened.service_flows() if flow else opened.service_map(informant=informant, theme=theme)
    labels = {one.id: one.label for one in shown.services}
    made = {
        "services": [asdict(one) for one in shown.services],
        "between": [
            {"one": one.one, "other": one.other, "weight": one.weight, "networks": one.networks,
             "courses": one.courses, "turns": [asdict(told) for told in one.told]}
            for one in shown.between
        ],
    }  # fmt: skip
    lines = [f"{labels[one.one]}\t{labels[one.other]}\t{one.weight}" for one in shown.between]
    answer(made, as_json, lambda: "\n".join(lines))


@maps.command("measures", help=_("Measure a map, a network (CSV, GraphML, GEXF) or a course (event log in CSV)."))
def map_measures(
    of: Annotated[str, typer.Argument(metavar="ID|FILE", help=_("A map, or where a network or a course stands."))],
    by: Annotated[str, typer.Option(help="helper | service | level")] = "helper",
    gap: Annotated[int, typer.Option(min=1, help=_("How many days without contact make a break."))] = 30,
    study: StudyOption = HERE,
    as_json: Json = False,
) -> None:
    from workbench.study.pathways import measures_of_file

    if Path(of).exists() or Path(of).suffix:
        made = measures_of_file(Path(of), by, gap)
    else:
        made = open_study(study).measures_of(of, by, gap)
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
    told = [_break(BREAK_LABELS[each["kind"]], each) for each in one["breaks"]]
    return [
        f"{case} (n = {one['contacts']})", *few, _line("UPC", _number(one["upc"])), _line("COC", _number(one["coc"])),
        _line("SECON", _number(one["secon"])), _line("HI", _number(one["hi"])),
        _line(_("Care density"), _number(one["care_density"])), _line(_("Handovers"), one["handovers"]),
        _line(_("Days with contact"), _number(one["coverage"])), _line(_("Longest gap in days"), one["longest_gap"]),
        _line(_("Breaks"), "; ".join(told)),
    ]  # fmt: skip


def _break(label: str, one: dict[str, Any]) -> str:
    from workbench.pathways import GAPS

    days = ngettext("{n} day", "{n} days", one["days"]).format(n=one["days"])
    told = f"{_(label)}, {one['day']}"
    return f"{told} ({days})" if one["kind"] in GAPS else told


def _line(name: str, value: object) -> str:
    return f"{name}\t{value if value not in (None, '') else '–'}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
