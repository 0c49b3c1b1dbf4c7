"""Commands on the gatherings of learning networks."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.shared import HERE, Json, PassphraseFile, StudyOption, answer, group_of, open_study, say
from workbench.locale import _

gatherings = group_of("gatherings", _("What teams told at gatherings, and how it went on."))
NetworkOption = Annotated[str | None, typer.Option(metavar="NAME", help=_("Only of this learning network."))]


@gatherings.command("import", help=_("Take in goals, challenges and measures of teams from a table (CSV)."))
def gatherings_import(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help=_("Where it stands."))],
    sure: Annotated[bool, typer.Option("--sure", help=_("What looks like a name is none."))] = False,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    added = open_study(study, passphrase_file).import_gatherings(file, sure=sure)
    answer({"notes": added}, as_json, lambda: _("{n} notes came in.").format(n=added))


@gatherings.command("list", help=_("All that teams told, in the order of gatherings."))
def gatherings_list(network: NetworkOption = None, study: StudyOption = HERE, as_json: Json = False) -> None:
    told = open_study(study).progress(network).told
    rows = [
        {"gathering": one.number, "network": one.network, "standing": one.standing, "dropped": one.dropped,
         **asdict(one.note)}
        for one in told
    ]  # fmt: skip
    shown = [
        f"{one.number}\t{one.network}\t{one.note.team}\t{one.note.kind}\t{one.standing}\t{one.note.words}"
        for one in told
    ]
    answer(rows, as_json, lambda: "\n".join(shown))


@gatherings.command("draw", help=_("Draw how many goals, challenges and measures there were, by theme."))
def gatherings_draw(
    to: Annotated[Path, typer.Option("--to", metavar="FILE.svg|png|pdf", help=_("Where to write it."))],
    network: NetworkOption = None,
    plain: Annotated[bool, typer.Option("--black-and-white", help=_("For print without colour."))] = False,
    study: StudyOption = HERE,
) -> None:
    open_study(study).draw_progress(to, network, plain=plain)
    say(_("{file} is written.").format(file=to))
