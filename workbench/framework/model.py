"""The framework's classes."""

from __future__ import annotations

from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from workbench.errors import BadInput
from workbench.locale import LANGUAGES, _, language

__all__ = ["Framework", "Label", "Member", "Misplaced", "Theme"]

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
M = TypeVar("M", bound="Member")
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class Frozen(BaseModel):
    """Read once, never changed; a key that nobody knows is a fault, since it is mostly a slip of the pen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Misplaced(ValueError):
    """What is wrong with something inside of what is checked; `place` is the way there."""

    def __init__(self, message: str, *place: int | str) -> None:
        super().__init__(message)
        self.place = place


class Label(Frozen):
    """A text in the three languages; a study's own may be in some of them, or one text for all."""

    nb: Text
    da: Text
    en: Text

    @model_validator(mode="before")
    @classmethod
    def _in_the_nearest_language(cls, given: Any) -> Any:
        told = dict.fromkeys(LANGUAGES, given) if isinstance(given, str) else given
        known = [told[each] for each in LANGUAGES if each in told] if isinstance(told, dict) else []
        if not known or not all(isinstance(one, str) and one.strip() for one in known):
            raise ValueError(_("must be a text that is not empty, or one for each of nb, da and en"))
        return {**dict.fromkeys(LANGUAGES, known[0]), **told}

    def __str__(self) -> str:
        return str(getattr(self, language()))


class Member(Frozen):
    """One value of a dimension, such as *promotes* or *systemic*."""

    id: Identifier
    label: Label
    definition: Label | None = None

    def is_called(self, word: str) -> bool:
        """Say whether `word` is this member's id or one of its labels, whatever the case."""
        names = (self.id, self.label.nb, self.label.da, self.label.en)
        return word.strip().casefold() in {name.casefold() for name in names}


class Theme(Member):
    """A theme: the top level of the codebook, numbered as the study numbers them."""

    number: Annotated[int, Field(ge=1)]

    def is_called(self, word: str) -> bool:
        """As a member, and also by number."""
        return word.strip() == str(self.number) or super().is_called(word)


class Framework(Frozen):
    """Two dimensions and a set of themes.

    `effects` is the first dimension (columns of the matrix), `determinants` the second (rows).
    """

    id: Identifier
    label: Label
    effects: Annotated[tuple[Member, ...], Field(min_length=2)]
    determinants: Annotated[tuple[Member, ...], Field(min_length=2)]
    themes: Annotated[tuple[Theme, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_name_once(self) -> Self:
        for kind in ("effects", "determinants", "themes"):
            ids = [member.id for member in getattr(self, kind)]
            twice = sorted({i for i in ids if ids.count(i) > 1})
            if twice:
                raise ValueError(_("{kind}: the id {ids} stands twice").format(kind=kind, ids=", ".join(twice)))
        numbers = [theme.number for theme in self.themes]
        if len(set(numbers)) < len(numbers):
            raise ValueError(_("themes: two themes have the same number"))
        return self

    def effect(self, word: str) -> Member:
        """Return the effect called `word`; raises BadInput, naming those there are."""
        return _called(word, self.effects, _("effect"))

    def determinant(self, word: str) -> Member:
        """Return the determinant called `word`; raises BadInput, naming those there are."""
        return _called(word, self.determinants, _("determinant"))

    def theme(self, word: str) -> Theme:
        """Return the theme called `word`, by number, id or label; raises BadInput, naming those there are."""
        return _called(word, self.themes, _("theme"))


def _called(word: str, members: tuple[M, ...], kind: str) -> M:
    for member in members:
        if member.is_called(word):
            return member
    known = ", ".join(f"{m.number} {m.label}" if isinstance(m, Theme) else str(m.label) for m in members)
    raise BadInput(_("No {kind} is called “{word}”. There are: {known}.").format(kind=kind, word=word, known=known))
