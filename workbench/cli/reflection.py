"""Commands on the preunderstanding."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.shared import HERE, Json, PassphraseFile, StudyOption, answer, answer_id, group_of, open_study
from workbench.locale import _

if TYPE_CHECKING:
    from workbench.reflection import Hypothesis

preunderstanding = group_of("preunderstanding", _("What you held before the study, and how it moved."))

Day = Annotated[str | None, typer.Option(help=_("The day, as 2026-05-01; today where left out."))]


@preunderstanding.command("add", help=_("Write down what you hold to promote or inhibit."))
def preunderstanding_add(
    words: str,
    effect: Annotated[str, typer.Option(help=_("An effect."))],
    determinant: Annotated[str, typer.Option(help=_("A determinant."))],
    grounds: Annotated[str, typer.Option(help=_("What makes you think so."))] = "",
    new: Annotated[bool, typer.Option("--new", help=_("It came to you during the study, not before it."))] = False,
    day: Day = None,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    opened = open_study(study, passphrase_file)
    answer_id(
        opened.add_hypothesis(words, effect=effect, determinant=determinant, grounds=grounds, new=new, day=day), as_json
    )


@preunderstanding.command("turn", help=_("Say what became of it: held, nuanced or given_up."))
def preunderstanding_turn(
    hypothesis: str,
    standing: str,
    words: Annotated[str, typer.Option(help=_("How you see it now."))] = "",
    grounds: Annotated[str, typer.Option(help=_("What makes you think so."))] = "",
    day: Day = None,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    opened = open_study(study, passphrase_file)
    answer_id(opened.turn_hypothesis(hypothesis, standing, words=words, grounds=grounds, day=day), as_json)


@preunderstanding.command("link", help=_("Link it to a log entry, a coding or anything that has an id."))
def preunderstanding_link(hypothesis: str, other: str, study: StudyOption = HERE, as_json: Json = False) -> None:
    answer_id(open_study(study).cite(hypothesis, other), as_json)


@preunderstanding.command("list", help=_("List what you hold, with its story."))
def preunderstanding_list(study: StudyOption = HERE, as_json: Json = False) -> None:
    opened = open_study(study)
    linked = {one.id: opened.cited(one.id) for one in opened.hypotheses()}
    answer(
        [_plain(one, linked[one.id]) for one in opened.hypotheses()],
        as_json,
        lambda: "\n\n".join(_shown(one, linked[one.id]) for one in opened.hypotheses()),
    )


@preunderstanding.command("remove", help=_("Take it away, with its story."))
def preunderstanding_remove(hypothesis: str, study: StudyOption = HERE) -> None:
    open_study(study).remove_hypothesis(hypothesis)


@preunderstanding.command("draw", help=_("Draw how the whole moved, as SVG."))
def preunderstanding_draw(
    to: Annotated[Path, typer.Option(help=_("The file to write."))], study: StudyOption = HERE
) -> None:
    from workbench.reading import write_bytes

    write_bytes(to, open_study(study).movement().encode())


def _plain(one: "Hypothesis", linked: list[str]) -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(one), "before": one.before, "now": one.now, "standing": one.standing, "links": linked}


def _shown(one: "Hypothesis", linked: list[str]) -> str:
    from workbench.reflection import STANDING_LABELS

    turns = (
        " · ".join(filter(None, (turn.day, str(_(STANDING_LABELS[turn.standing])), turn.words, turn.grounds)))
        for turn in one.story
    )
    links = [_("linked to {ids}").format(ids=", ".join(linked))] if linked else []
    return "\n  ".join([f"{one.effect}\t{one.determinant}\t{one.id}", *turns, *links])
