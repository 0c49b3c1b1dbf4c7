"""Read a definition that people write in YAML; say of each fault on which line it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from workbench.errors import BrokenTemplate
from workbench.framework.model import Framework
from workbench.locale import _
from workbench.reading import fault, why_not
from workbench.resources import resource

__all__ = ["read_framework", "read_yaml"]

Model = TypeVar("Model", bound=BaseModel)


def read_framework(name: str) -> Framework:
    """Return the framework with this name among `templates/frameworks`, or the one in the file `name`."""
    shipped = resource("templates", "frameworks", f"{name}.yaml")
    if not (shipped.is_file() or Path(name).exists()):
        known = ", ".join(sorted(path.stem for path in shipped.parent.glob("*.yaml")))
        raise BrokenTemplate(
            _("There is no framework {name}. There are: {known}; or name a file.").format(name=name, known=known)
        )
    return read_yaml(shipped if shipped.is_file() else Path(name), Framework)


def read_yaml(path: Path, model: type[Model]) -> Model:
    """Read a YAML file into a model; raises BrokenTemplate with every fault, each with its line and reason."""
    try:
        source = path.read_text("utf-8")
        node = yaml.compose(source, yaml.SafeLoader)
        return model.model_validate(yaml.safe_load(source))
    except OSError as error:
        raise BrokenTemplate(_("{file} can't be read: {reason}.").format(file=path, reason=why_not(error))) from error
    except UnicodeDecodeError as error:
        raise BrokenTemplate(
            _("{file} is not saved as UTF-8. Save it as UTF-8 in your editor.").format(file=path)
        ) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = _("this is no YAML; look at colons, quotation marks, and how far lines are indented")
        faults = [(mark.line + 1 if mark else 1, reason)]
    except yaml.YAMLError as error:
        faults = [(1, str(error))]
    except ValidationError as error:
        found = error.errors()
        inside = {one["loc"][:n] for one in found for n in range(len(one["loc"]))}
        # A list whose items are faulty is too short for pydantic besides.
        told = [one for one in found if one["type"] != "too_short" or one["loc"] not in inside]
        faults = [(_line(node, place), _reason(one["loc"], fault(one))) for one in told for place in [_place(one)]]
    raise BrokenTemplate(
        "\n".join(_("{file}, line {line}: {reason}.").format(file=path, line=line, reason=why) for line, why in faults)
    )


def _place(error: Mapping[str, Any]) -> Sequence[int | str]:
    """The way to what is wrong, also inside of what was checked as a whole."""
    return (*error["loc"], *getattr(error.get("ctx", {}).get("error"), "place", ()))


def _line(node: yaml.Node | None, place: Sequence[int | str]) -> int:
    """Return the line (from 1) of the deepest node on the way to `place`."""
    line = node.start_mark.line + 1 if node else 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == step), None)
            if found is None:
                break
            key, node = found
            line = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _reason(place: Sequence[int | str], message: str) -> str:
    where = ".".join(str(step) for step in place)
    return f"{where}: {message}" if where else message
