"""The services of a study, and which of them are named in what people say: from `services.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from workbench.framework import read_yaml
from workbench.framework.model import Frozen, Member, Misplaced
from workbench.locale import _
from workbench.pathways.labels import LEVEL_LABELS
from workbench.resources import resource

__all__ = ["Service", "Services", "read_services"]


def _as_word(given: str) -> str:
    if not re.fullmatch(r"[^*]{2,}\*?", given.strip()):
        raise ValueError(_("a word has two characters or more, and “*” only at its end"))
    return given.strip()


Word = Annotated[str, AfterValidator(_as_word)]


class Service(Member):
    """A service with its level, and the words that name it in a text."""

    level: str = ""
    words: tuple[Word, ...] = ()

    @model_validator(mode="after")
    def _is_on_a_level(self) -> Self:
        if self.level not in {"", *LEVEL_LABELS}:
            raise ValueError(_("there is no level “{level}”; there are {known}").format(
                level=self.level, known=", ".join(LEVEL_LABELS)))  # fmt: skip
        return self


class Services(Frozen):
    """The service dictionary of a study."""

    services: Annotated[tuple[Service, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        ids = [one.id for one in self.services]
        words = [word for one in self.services for word in one.words]
        if twice := sorted({one for names in (ids, words) for one in names if names.count(one) > 1}):
            named = [n for n, one in enumerate(self.services) for name in (one.id, *one.words) if name == twice[0]]
            raise Misplaced(_("{names}: stands twice").format(names=", ".join(twice)), "services", named[1])
        return self

    def named_in(self, text: str) -> list[str]:
        """Return the ids of the services that a text names, each once, in the order in which they come."""
        return list(dict.fromkeys(_by_group(self)[match.lastgroup or ""] for match in _pattern(self).finditer(text)))

    def called(self, label: str) -> Service | None:
        """Return the service that a short label means: by its name, or the one that it names."""
        for one in self.services:
            if one.is_called(label):
                return one
        named = self.named_in(label)
        return next((one for one in self.services if [one.id] == named), None)


def read_services(folder: Path) -> Services:
    """Return the study's own services (`services.yaml` in its folder), else those that come with the workbench.

    Raises BrokenTemplate with every fault and its line.
    """
    own = folder / "services.yaml"
    return read_yaml(own if own.is_file() else resource("templates", "services.yaml"), Services)


def _longest_first(services: Sequence[Service]) -> Iterable[tuple[int, str]]:
    words = [(number, word) for number, one in enumerate(services) for word in one.words]
    return sorted(words, key=lambda one: -len(one[1]))


@cache
def _pattern(services: Services) -> re.Pattern[str]:
    """All words as one pattern, the longest first; a group each, since two services never share one."""
    parts = [rf"(?P<w{number}_{n}>{_word(word)})" for n, (number, word) in enumerate(_longest_first(services.services))]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)" if parts else r"(?!)")


@cache
def _by_group(services: Services) -> dict[str, str]:
    return {
        f"w{number}_{n}": services.services[number].id
        for n, (number, _word) in enumerate(_longest_first(services.services))
    }


def _word(word: str) -> str:
    """A word as a pattern: whatever its case where it is written small, with any ending where it ends in `*`."""
    stem = r"\s+".join(re.escape(part) for part in word.removesuffix("*").split())
    ending = r"\w*" if word.endswith("*") else ""
    return f"{stem}{ending}" if stem != stem.lower() else f"(?i:{stem}){ending}"
