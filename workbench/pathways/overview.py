"""The rows of the network overview, and other roles that everybody knows, from `templates/network_overview.yaml`."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from workbench.framework import read_yaml
from workbench.framework.model import Frozen, Member, Text
from workbench.locale import _
from workbench.pathways.labels import LEVEL_LABELS, SECTOR_LABELS
from workbench.resources import resource

__all__ = ["Role", "everyday_roles", "roles"]


class Role(Member):
    """A row of the overview: what it is called, `also` otherwise, its sector, and the level of a service."""

    sector: str
    level: str = ""
    kind: Literal["person", "service"] = "person"
    also: tuple[Text, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """What they are called in any language, in small letters, with the article behind too: “naboen”."""
        called = {one.casefold() for one in (self.label.nb, self.label.da, self.label.en, *self.also)}
        return frozenset(word + ending for word in called for ending in ("", "n", "en", "a", "et"))

    def is_called(self, word: str) -> bool:
        """Say whether `word` is one of those words, whatever its case, with a number behind or not: “Nabo 2”."""
        return re.sub(r"\s+\d+$", "", word.strip()).casefold() in self.words

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if self.sector not in SECTOR_LABELS or self.level not in {"", *LEVEL_LABELS}:
            raise ValueError(_("there is no such sector or level"))
        return self


class _Overview(Frozen):
    source: Text
    rows: Annotated[tuple[Role, ...], Field(min_length=1)]
    everyday: tuple[Role, ...]


def roles() -> tuple[Role, ...]:
    """Return the rows of the overview in order."""
    return _overview().rows


def everyday_roles() -> tuple[Role, ...]:
    """Return the roles that are no row of the overview, and that everybody knows: “sister”, “neighbour”."""
    return _overview().everyday


@cache
def _overview() -> _Overview:
    return read_yaml(resource("templates", "network_overview.yaml"), _Overview)
