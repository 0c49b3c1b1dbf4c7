"""Forms out of files: those that come with the workbench, and a study's own, which take the place of ours by id."""

from __future__ import annotations

from pathlib import Path

from workbench.errors import BrokenTemplate, NotFound
from workbench.forms.model import Form
from workbench.framework import read_yaml
from workbench.locale import _
from workbench.resources import resource

__all__ = ["read_form", "read_forms"]


def read_forms(folder: Path) -> tuple[dict[str, Form], list[str]]:
    """Return all forms by id, in the order of the manuals' sections, ours and those in a study folder's `forms`; and
    what is wrong with each file that holds none, with its line.

    Where a study's own file is faulty, ours of that name does not stand in for it.
    """
    found: dict[str, Form] = {}
    faults = []
    for name, path in _files(folder).items():
        try:
            found[name] = _read(path)
        except BrokenTemplate as fault:
            faults.append(str(fault))
    return dict(sorted(found.items(), key=lambda one: (one[1].items[0].source, one[0]))), faults


def read_form(folder: Path, name: str) -> Form:
    """Return the form with this id; raises NotFound with those there are, BrokenTemplate for a faulty file."""
    files = _files(folder)
    if name not in files:
        known = ", ".join(files)
        raise NotFound(_("There is no form {name}. There are: {known}.").format(name=name, known=known))
    return _read(files[name])


def _files(folder: Path) -> dict[str, Path]:
    """The file of each form by its id: the study's own before ours."""
    places = (resource("templates", "forms"), folder / "forms")
    return {path.stem: path for place in places for path in sorted(place.glob("*.yaml"))}


def _read(path: Path) -> Form:
    form = read_yaml(path, Form)
    if form.id != path.stem:
        reason = _("the id {id} is not the file’s name").format(id=form.id)
        raise BrokenTemplate(_("{file}, line {line}: {reason}.").format(file=path, line=1, reason=reason))
    return form
