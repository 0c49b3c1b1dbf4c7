"""The codebook: codes under their themes, each change with its history and reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from workbench.coding import records
from workbench.coding.history import CODE, CODING
from workbench.coding.records import Code
from workbench.errors import BadInput, NotFound
from workbench.locale import _
from workbench.store import Act, new_id
from workbench.store.records import Connection, history_of

__all__ = ["COLOURS", "RESERVED", "WORDS", "add", "as_at", "change", "code", "merge", "named", "split"]

COLOURS = 8  # told apart by the colour-blind; the page's style sheet says which they are
LONGEST_NAME = 200
RESERVED = frozenset("123456789+-*cvmnpexbt/?")  # the coder's page listens to these itself
WORDS = ("name", "definition", "use_when", "not_when", "example")


def code(connection: Connection, code_id: str) -> Code:
    """Return a code; raises NotFound, also when somebody else removed it a moment ago."""
    for one in records.list_codes(connection):
        if one.id == code_id:
            return one
    raise NotFound(_("That code is no longer there: somebody has removed it. Choose another."))


def named(act: Act, name: str, theme: str) -> str:
    """Return the id of the code with this name, made under `theme` where it is new."""
    return records.code_id_of(act.connection, name) or add(act, theme=theme, name=name)


def add(act: Act, *, theme: str, name: str, **values: Any) -> str:
    """Add a code under a theme, or under `parent_id`; returns its id. Raises BadInput for a name in use."""
    codes = records.list_codes(act.connection)
    name = _free_name(codes, name, None)
    _check_shortcut(codes, values.get("shortcut"), None)
    if values.get("parent_id"):
        theme = code(act.connection, values["parent_id"]).theme
    identity = new_id()
    act.touch(CODE, identity)
    values.setdefault("colour", _least_used(codes))
    records.add_code(act.connection, identity, theme=theme, name=name, **values)
    return identity


def change(act: Act, code_id: str, **values: Any) -> None:
    """Rename, describe, move or retire a code.

    `parent_id` and `theme` move it, with its branches and their codings. Raises BadInput for a name or shortcut in use,
    or a place under itself.
    """
    codes = records.list_codes(act.connection)
    before = code(act.connection, code_id)
    if "name" in values:
        values["name"] = _free_name(codes, values["name"], code_id)
    _check_shortcut(codes, values.get("shortcut"), code_id)
    below = _below(codes, code_id)
    if values.get("parent_id"):
        if values["parent_id"] in {code_id, *below}:
            raise BadInput(_("“{name}” can't be placed under itself or one of its own branches.").format(
                name=before.name
            ))  # fmt: skip
        values["theme"] = code(act.connection, values["parent_id"]).theme
    elif "theme" in values and "parent_id" not in values:
        values["parent_id"] = None
    act.touch(CODE, code_id)
    records.change_code(act.connection, code_id, **values)
    if values.get("theme", before.theme) != before.theme:
        _take_along(act, [code_id, *below], values["theme"])


def merge(act: Act, code_id: str, into: str) -> int:
    """Give a code's codings and branches to another, and remove it; returns how many codings went over.

    Raises BadInput for a merge into itself or one of its own branches.
    """
    codes = records.list_codes(act.connection)
    gone, target = code(act.connection, code_id), code(act.connection, into)
    if into in {code_id, *_below(codes, code_id)}:
        raise BadInput(_("“{name}” can't be merged into itself or one of its own branches.").format(name=gone.name))
    moving = [one.id for one in records.list_codings(act.connection, code_id=code_id)]
    act.touch(CODING, *moving)
    records.recode(act.connection, moving, into, target.theme)
    for branch in (one for one in codes if one.parent_id == code_id):
        act.touch(CODE, branch.id)
        records.change_code(act.connection, branch.id, parent_id=into, theme=target.theme)
        _take_along(act, [branch.id, *_below(codes, branch.id)], target.theme)
    act.touch(CODE, code_id)  # last, for undo goes backwards: it is there again before what refers to it
    records.remove_code(act.connection, code_id)
    return len(moving)


def split(act: Act, code_id: str, name: str, codings: Sequence[str]) -> str:
    """Make a new code beside this one, and give it some of its codings; returns the new code's id."""
    whole = code(act.connection, code_id)
    own = {one.id for one in records.list_codings(act.connection, code_id=code_id)}
    if strange := set(codings) - own:
        raise BadInput(
            _("{n} of the codings chosen do not bear “{name}”. Choose among its own.").format(
                n=len(strange), name=whole.name
            )
        )
    new = add(act, theme=whole.theme, name=name, parent_id=whole.parent_id)
    act.touch(CODING, *codings)
    records.recode(act.connection, codings, new, whole.theme)
    return new


def as_at(connection: Connection, moment: str) -> list[Code]:
    """Return the codebook as it was at a moment, given as the store writes times."""
    states: dict[str, dict[str, Any] | None] = {}
    for row in history_of(connection, "code"):
        if row.at <= moment:
            states[row.thing] = row.after
    kept = {name for name in Code.__dataclass_fields__ if name != "id"}
    then = [
        replace(Code(identity, "", ""), **{key: state[key] for key in kept & state.keys()})
        for identity, state in states.items()
        if state is not None
    ]
    return sorted(then, key=lambda one: (one.theme, one.name))


def _take_along(act: Act, codes: Iterable[str], theme: str) -> None:
    for identity in codes:
        moving = [one.id for one in records.list_codings(act.connection, code_id=identity)]
        act.touch(CODE, identity)
        act.touch(CODING, *moving)
        records.change_code(act.connection, identity, theme=theme)
        records.recode(act.connection, moving, identity, theme)


def _below(codes: Sequence[Code], code_id: str) -> list[str]:
    children = [one.id for one in codes if one.parent_id == code_id]
    return [*children, *(below for child in children for below in _below(codes, child))]


def _free_name(codes: Sequence[Code], name: str, own: str | None) -> str:
    name = " ".join(name.split())
    if not name:
        raise BadInput(_("A code needs a name."))
    if len(name) > LONGEST_NAME:
        raise BadInput(_("A code's name has at most {n} characters.").format(n=LONGEST_NAME))
    if any(one.name.casefold() == name.casefold() and one.id != own for one in codes):
        raise BadInput(_("There is a code called “{name}” already. Choose another name.").format(name=name))
    return name


def _check_shortcut(codes: Sequence[Code], key: str | None, own: str | None) -> None:
    if key and (key.lower() in RESERVED or len(key) != 1 or key.isspace()):
        raise BadInput(_("The key {key} can't be a shortcut. Choose another letter.").format(key=key))
    for one in codes:
        if key and one.shortcut == key and one.id != own:
            raise BadInput(_("“{name}” has the shortcut {key} already.").format(name=one.name, key=key))


def _least_used(codes: Sequence[Code]) -> int:
    return min(range(COLOURS), key=lambda colour: sum(one.colour == colour for one in codes))
