"""The rows of the network overview: roles that may be filled, from `templates/network_overview.yaml`."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from workbench.framework import read_yaml
from workbench.framework.model import Frozen, Member, Text
from workbench.locale import _
from workbench.pathways.labels import LEVEL_LABELS, SECTOR_LABELS
from workbench.resources import resource

__all__ = ["Role", "roles"]


class Role(Member):
    """A row of the overview: what it is called, the sector that it belongs into, and the level of a service."""

    sector: str
    level: str = ""
    kind: Literal["person", "service"] = "person"

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if self.sector not in SECTOR_LABELS or self.level not in {"", *LEVEL_LABELS}:
            raise ValueError(_("there is no such sector or level"))
        return self


class _Overview(Frozen):
    source: Text
    rows: Annotated[tuple[Role, ...], Field(min_length=1)]


@cache
def roles() -> tuple[Role, ...]:
    """Return the rows of the overview in order."""
    return read_yaml(resource("templates", "network_overview.yaml"), _Overview).rows
