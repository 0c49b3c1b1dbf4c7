"""Questions to oneself: read from `templates/prompts`, where the rule for which one comes is written down as well."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import Field

from workbench.framework import read_yaml
from workbench.framework.model import Frozen, Label
from workbench.resources import resource

__all__ = ["Prompt", "Prompts", "Situation", "choose", "read_prompts"]


class When(Frozen):
    """What must hold for a question to come; what is not named does not matter."""

    own_organisation: bool | None = None
    strong_words: bool | None = None
    role: tuple[str, ...] = ()

    @property
    def closeness(self) -> tuple[int, int]:
        """How much must hold of this very entry, and how much of the study."""
        return bool(self.role) + (self.strong_words is not None), int(self.own_organisation is not None)


class Prompt(Frozen):
    """One question, in the three languages."""

    id: str
    text: Label
    when: When = Field(default_factory=When)


class Prompts(Frozen):
    """A set of questions with its rule."""

    id: str
    rest_days: int = Field(ge=0)
    strong_words: Mapping[str, tuple[str, ...]]
    prompts: tuple[Prompt, ...]


@dataclass(frozen=True)
class Situation:
    """What an entry says of the situation that it was written in."""

    own_organisation: bool
    role: str = ""
    words: str = ""


def read_prompts(folder: Path) -> Prompts:
    """Return the study's own questions (`prompts.yaml` in its folder), else those that come with the workbench.

    Raises BrokenTemplate with every fault and its line.
    """
    own = folder / "prompts.yaml"
    return read_yaml(own if own.is_file() else resource("templates", "prompts", "insider.yaml"), Prompts)


def choose(prompts: Prompts, situation: Situation, asked: Mapping[str, str], today: date) -> Prompt | None:
    """Return the question that comes now, None for none; `asked` is when each was asked last, as a date.

    The rule stands at the top of `templates/prompts/insider.yaml`.
    """
    rested = [
        one
        for one in prompts.prompts
        if one.id not in asked or (today - date.fromisoformat(asked[one.id])).days >= prompts.rest_days
    ]
    fitting = [one for one in rested if _holds(one.when, prompts, situation)]
    return min(fitting, key=lambda one: ([-n for n in one.when.closeness], asked.get(one.id, "")), default=None)


def _holds(when: When, prompts: Prompts, situation: Situation) -> bool:
    strong = [word for words in prompts.strong_words.values() for word in words]
    return (
        when.own_organisation in (None, situation.own_organisation)
        and (not when.role or _says(situation.role, when.role))
        and (when.strong_words is None or when.strong_words == _says(situation.words, strong))
    )


def _says(text: str, words: Sequence[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) for word in words)
