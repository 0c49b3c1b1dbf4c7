"""A form and its items."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from workbench.framework.model import Frozen, Identifier, Label, Misplaced, Text
from workbench.locale import N_, _

__all__ = ["KIND_LABELS", "Form", "Item"]

KIND_LABELS = {
    "core": N_("Must be there"),
    "support": N_("Questions that may help"),
    "check": N_("To tick off"),
    "score": N_("To score"),
    "text": N_("To write"),
}


class Item(Frozen):
    """One item of a form: a mandatory core element, a support question, something to tick off, to score or to write.

    `source` is the document and section that it comes from. A `score` runs from `least` to `most`, whose meaning the
    two `ends` tell.
    """

    id: Identifier
    kind: Literal["core", "support", "check", "score", "text"]
    text: Label
    source: Text
    least: int | None = None
    most: int | None = None
    ends: Annotated[tuple[Label, ...], Field(max_length=2)] = ()

    @model_validator(mode="after")
    def _a_score_has_a_scale(self) -> Self:
        scaled = (self.least is not None, self.most is not None, len(self.ends) == 2)
        if self.kind == "score" and not all(scaled):
            raise ValueError(_("a score needs least, most and two ends"))
        if self.kind == "score" and int(self.least or 0) >= int(self.most or 0):
            raise ValueError(_("the most of a score is above its least"))
        if self.kind != "score" and (any(scaled) or self.ends):
            raise ValueError(_("only a score has least, most and ends"))
        return self


class Form(Frozen):
    """A form: who fills it, and its items in order."""

    id: Identifier
    title: Label
    filled_by: Label
    note: Label | None = None
    items: Annotated[tuple[Item, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_item_once(self) -> Self:
        ids = [one.id for one in self.items]
        if twice := sorted({one for one in ids if ids.count(one) > 1}):
            second = [n for n, one in enumerate(ids) if one == twice[0]][1]
            raise Misplaced(_("the items’ ids stand twice: {ids}").format(ids=", ".join(twice)), "items", second)
        return self

    def of_kind(self, kind: str) -> tuple[Item, ...]:
        """Return the items of a kind."""
        return tuple(one for one in self.items if one.kind == kind)
