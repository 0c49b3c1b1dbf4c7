"""The command on agreement between coders."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.shared import HERE, Json, StudyOption, answer, app, open_study
from workbench.locale import _

if TYPE_CHECKING:
    from workbench.review.agreed import Agreement, Spread


@app.command("agreement", help=_("How far coders agree: alpha with its interval, percent, kappa."))
def agreement(
    round_id: Annotated[str | None, typer.Option("--round", help=_("The readings of this round."))] = None,
    by: Annotated[str, typer.Option(help="theme | effect | determinant | code")] = "theme",
    data: Annotated[Path | None, typer.Option(help=_("CSV from anywhere: coder, unit, value."))] = None,
    level: Annotated[str, typer.Option(help="nominal | ordinal | interval | ratio")] = "nominal",
    length: Annotated[
        int | None, typer.Option(min=1, help=_("The CSV has spans (coder, start, end, value) of a whole this long."))
    ] = None,
    study: StudyOption = HERE,
    as_json: Json = False,
) -> None:
    from workbench.review.agreed import Spread
    from workbench.study.comparing import agreement_of_file, plain

    if data is not None:
        made = agreement_of_file(data, level, length)
        value = _plain_spread(made) if isinstance(made, Spread) else plain(made)
        words = _spread(made) if isinstance(made, Spread) else _line("", made)
        answer(value, as_json, lambda: words)
        return
    opened = open_study(study)
    rows = opened.agreement(by, round_id)
    named = {"theme": opened.framework.themes, "effect": opened.framework.effects,
             "determinant": opened.framework.determinants}  # fmt: skip
    labels = {one.id: str(one.label) for one in named.get(by, ())} | {one.id: one.name for one in opened.codebook()}
    found = [(value, labels.get(value, value), made) for value, made in rows]
    answer(
        [{"by": by, "value": value, "label": label, **plain(made)} for value, label, made in found],
        as_json,
        lambda: "\n".join(_line(label, made) for _value, label, made in found),
    )


def _line(label: str, made: "Agreement") -> str:
    from workbench.tables.agreement import interval, number

    told = made.reason or f"α {number(made.alpha)} {interval(made)}"
    more = [f"{100 * made.percent:.0f} %" if made.percent is not None else "", f"κ {number(made.kappa)}"]
    return "\t".join(filter(None, [label, told, *(more if not made.reason else ()), ", ".join(made.coders)]))


def _spread(made: "Spread") -> str:
    from workbench.tables.agreement import number

    if made.u_alpha is None and made.reason:
        head = made.reason
    else:
        head = f"uα {number(made.u_alpha)}\t|uα {number(made.binary_alpha)}\tcuα {number(made.cu_alpha)}"
    return "\n".join([head, *(f"{value}\tα {number(one['alpha'])}" for value, one in made.per_value.items())])


def _plain_spread(made: "Spread") -> dict[str, Any]:
    values = {**asdict(made), "coders": list(made.coders), "per_value": {k: dict(v) for k, v in made.per_value.items()}}
    return values if made.reason else {key: value for key, value in values.items() if key != "reason"}
