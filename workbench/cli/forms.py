"""Commands on the manuals' forms."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.shared import HERE, Json, PassphraseFile, StudyOption, answer, group_of, open_study, say
from workbench.errors import BadInput, BrokenTemplate
from workbench.locale import _

if TYPE_CHECKING:
    from workbench.forms import Form

forms = group_of("forms", _("The manuals' tools as forms."))
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help=_("The form, as “forms list” names it."))]


@forms.command("list", help=_("All forms: ours, and those in the study's folder “forms”."))
def forms_list(study: StudyOption = HERE, as_json: Json = False) -> None:
    from workbench.forms import read_forms

    there, faults = read_forms(study)
    found = [_plain(one) for one in there.values()]
    answer(found, as_json, lambda: "\n".join(f"{one['id']}\t{one['title']}" for one in found))
    if faults:
        raise BrokenTemplate("\n".join(faults))


@forms.command("show", help=_("A form with its items."))
def forms_show(name: NameArgument, study: StudyOption = HERE, as_json: Json = False) -> None:
    from workbench.forms import KIND_LABELS, read_form

    form = read_form(study, name)
    lines = [f"{_(KIND_LABELS[one.kind])}\t{one.text}\t({one.source})" for one in form.items]
    answer(_plain(form), as_json, lambda: "\n".join([str(form.title), str(form.filled_by), *lines]))


@forms.command("answer", help=_("Keep a form as it was filled: item=value for each item, 1 for what is ticked."))
def forms_answer(
    name: NameArgument,
    values: Annotated[list[str], typer.Argument(metavar="ITEM=VALUE…", help=_("What was filled in."))],
    informant: Annotated[str | None, typer.Option(metavar="CODE", help=_("Whom it is about."))] = None,
    day: Annotated[str | None, typer.Option(metavar="DATE", help=_("When it was filled; today if not told."))] = None,
    filled_by: Annotated[str, typer.Option(help=_("Who filled it, by code or role."))] = "",
    sure: Annotated[bool, typer.Option("--sure", help=_("What looks like a name is none."))] = False,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    if wrong := [one for one in values if "=" not in one]:
        raise BadInput(_("“{what}” is not item=value.").format(what=wrong[0]))
    filled = {item.strip(): value for item, _sign, value in (one.partition("=") for one in values)}
    made = open_study(study, passphrase_file).answer_form(
        name, filled, informant=informant, day=day, filled_by=filled_by, sure=sure
    )
    answer({"id": made}, as_json, lambda: made)


@forms.command("answers", help=_("All filled forms, by day."))
def forms_answers(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help=_("Only of this form."))] = None,
    informant: Annotated[str | None, typer.Option(metavar="CODE", help=_("Whom it is about."))] = None,
    study: StudyOption = HERE,
    as_json: Json = False,
) -> None:
    opened = open_study(study)
    codes = {person.id: person.code for person in opened.informants()}
    found = [
        {"id": one.id, "form": one.form, "day": one.day, "informant": codes.get(one.informant_id or ""),
         "filled_by": one.filled_by, "marks": one.marks, "words": one.words}
        for one in opened.form_answers(name, informant)
    ]  # fmt: skip
    answer(found, as_json, lambda: "\n".join(f"{one['id']}\t{one['form']}\t{one['day']}" for one in found))


@forms.command("draw", help=_("Draw a form's scores over time into a file."))
def forms_draw(
    name: NameArgument,
    to: Annotated[Path, typer.Option("--to", metavar="FILE.svg|png|pdf", help=_("Where to write it."))],
    informant: Annotated[str | None, typer.Option(metavar="CODE", help=_("Whom it is about."))] = None,
    plain: Annotated[bool, typer.Option("--black-and-white", help=_("For print without colour."))] = False,
    study: StudyOption = HERE,
) -> None:
    from workbench.publishing.pictures import write_picture

    opened = open_study(study)
    write_picture(to, opened.form_trends(name, informant=informant, plain=plain), opened.settings.title)
    say(_("{file} is written.").format(file=to))


@forms.command("print", help=_("Write a form as a page to print, empty or as it was filled."))
def forms_print(
    name: NameArgument,
    to: Annotated[Path, typer.Option("--to", metavar="FILE.html", help=_("Where to write it."))],
    filled: Annotated[str | None, typer.Option("--answer", metavar="ID", help=_("The answer to print."))] = None,
    study: StudyOption = HERE,
    passphrase_file: PassphraseFile = None,
) -> None:
    from workbench.forms import read_form
    from workbench.publishing.printed import printed_form
    from workbench.reading import write_bytes

    if to.suffix.lower() != ".html":
        raise BadInput(_("{file}: a form is written as a page. Let the name end in .html.").format(file=to.name))
    if filled is None:
        content = printed_form(read_form(study, name)).encode()
    else:
        content = open_study(study, passphrase_file).printed_form(name, filled)
    write_bytes(to, content)
    say(_("{file} is written. Open it in a browser, and print it from there.").format(file=to))


def _plain(form: "Form") -> dict[str, Any]:
    items = [
        {
            "id": one.id, "kind": one.kind, "text": str(one.text), "source": one.source, "least": one.least,
            "most": one.most, "ends": [str(end) for end in one.ends],
        }
        for one in form.items
    ]  # fmt: skip
    return {"id": form.id, "title": str(form.title), "filled_by": str(form.filled_by), "items": items}
