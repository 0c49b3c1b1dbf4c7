"""Forms out of files: those that come with the workbench, and a study's own, which take the place of ours by id."""

from __future__ import annotations

from pathlib import Path

from workbench.errors import BrokenTemplate, NotFound
from workbench.forms.model import Form
from workbench.framework import read_yaml
from workbench.locale import _
from workbench.resources import resource

__all__ = ["read_form", "read_forms"]


def read_forms(folder: Path) -> dict[str, Form]:
    """Return all forms by id, in the order of the manuals' sections: ours, and those in a study folder's `forms`.

    Raises BrokenTemplate with every fault of a file, each with its line.
    """
    found: dict[str, Form] = {}
    for place in (resource("templates", "forms"), folder / "forms"):
        for path in sorted(place.glob("*.yaml")):
            form = read_yaml(path, Form)
            if form.id != path.stem:
                raise BrokenTemplate(
                    _("{file}, line {line}: {reason}.").format(
                        file=path, line=1, reason=_("the id {id} is not the file’s name").format(id=form.id)
                    )
                )
            found[form.id] = form
    return dict(sorted(found.items(), key=lambda one: (one[1].items[0].source, one[0])))


def read_form(folder: Path, name: str) -> Form:
    """Return the form with this id; raises NotFound with those there are."""
    forms = read_forms(folder)
    if name not in forms:
        known = ", ".join(forms)
        raise NotFound(_("There is no form {name}. There are: {known}.").format(name=name, known=known))
    return forms[name]
