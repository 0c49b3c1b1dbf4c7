"""Commands on the manuals' forms."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workbench.cli.shared import HERE, Json, StudyOption, answer, group_of, say
from workbench.locale import _

if TYPE_CHECKING:
    from workbench.forms import Form

forms = group_of("forms", _("The manuals' tools as forms."))
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help=_("The form, as “forms list” names it."))]


@forms.command("list", help=_("All forms: ours, and those in the study's folder “forms”."))
def forms_list(study: StudyOption = HERE, as_json: Json = False) -> None:
    from workbench.forms import read_forms

    found = [_plain(one) for one in read_forms(study).values()]
    answer(found, as_json, lambda: "\n".join(f"{one['id']}\t{one['title']}" for one in found))


@forms.command("show", help=_("A form with its items."))
def forms_show(name: NameArgument, study: StudyOption = HERE, as_json: Json = False) -> None:
    from workbench.forms import KIND_LABELS, read_form

    form = read_form(study, name)
    lines = [f"{_(KIND_LABELS[one.kind])}\t{one.text}\t({one.source})" for one in form.items]
    answer(_plain(form), as_json, lambda: "\n".join([str(form.title), str(form.filled_by), *lines]))


@forms.command("print", help=_("Write a form as a page to print, empty."))
def forms_print(
    name: NameArgument,
    to: Annotated[Path, typer.Option("--to", metavar="FILE.html", help=_("Where to write it."))],
    study: StudyOption = HERE,
) -> None:
    from workbench.forms import read_form
    from workbench.publishing.printed import printed_form
    from workbench.reading import write_bytes

    write_bytes(to, printed_form(read_form(study, name)).encode())
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
