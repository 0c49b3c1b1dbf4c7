"""What is to be drawn or printed holds no names: what names somebody is refused, what may name them is asked about."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.errors import BadInput, Unsure
from workbench.locale import _
from workbench.privacy import Register, Screened, possible_names, screen

__all__ = ["ask_about", "doubts", "refuse_alike", "refuse_names"]


def refuse_names(said: Iterable[tuple[str, bool]], register: Register, sure: bool) -> None:
    """Raise BadInput where words to be drawn name somebody, Unsure with all that may be names, unless `sure`.

    Of each is told whether it is a role: that is asked about where it is spelt as names are too.
    """
    found = [(screen(words, register), is_role) for words, is_role in said]
    if any(one.masks for one, _is_role in found):
        raise BadInput(
            _("What you wrote names somebody. Write their role, such as “sister”; the name goes with the contact "
              "details.")
        )  # fmt: skip
    ask_about([word for one, is_role in found for word in doubts(one, is_role=is_role)], sure)


def refuse_alike(words: str, sure: bool, *, is_role: bool = True) -> None:
    """Raise Unsure where words that are to be drawn hold what is a name elsewhere, or spelt as one, unless `sure`."""
    ask_about(possible_names(words, is_role=is_role), sure)


def doubts(found: Screened, *, is_role: bool) -> list[str]:
    """Return what may name somebody in words that were screened."""
    return [found.text[one.start : one.end] for one in found.open] + possible_names(found.text, is_role=is_role)


def ask_about(words: Iterable[str], sure: bool) -> None:
    """Raise Unsure with words that may be names, unless `sure`; who answers has seen them all."""
    names = ", ".join(_("“{words}”").format(words=word) for word in dict.fromkeys(words))
    if names and not sure:
        raise Unsure(_("Is {names} somebody's name? Write roles or codes instead.").format(names=names))
