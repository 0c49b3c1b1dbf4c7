"""What is to be drawn or printed holds no names: what names somebody is refused, what may name them is asked about."""

from __future__ import annotations

from workbench.errors import BadInput, Unsure
from workbench.locale import _
from workbench.privacy import Register, Screened, may_name_somebody, screen

__all__ = ["refuse_alike", "refuse_name", "refuse_unsure"]


def refuse_name(words: str, register: Register, sure: bool, *, is_role: bool = True) -> None:
    """Raise BadInput where words to be drawn name somebody, Unsure where they may, unless `sure`.

    What is a role, not a sentence, is asked about where it is spelt as names are too.
    """
    found = screen(words, register)
    if found.masks:
        raise BadInput(
            _("What you wrote names somebody. Write their role, such as “sister”; the name goes with the contact "
              "details.")
        )  # fmt: skip
    refuse_unsure(found, sure, is_role=is_role)


def refuse_unsure(found: Screened, sure: bool, *, is_role: bool = True) -> None:
    """Raise Unsure where screened words that are to be drawn may name somebody, unless `sure`."""
    if found.open and not sure:
        raise _unsure(found.text)
    refuse_alike(found.text, sure, is_role=is_role)


def refuse_alike(words: str, sure: bool, *, is_role: bool = True) -> None:
    """Raise Unsure where words that are to be drawn hold what is a name elsewhere, or spelt as one, unless `sure`."""
    if not sure and may_name_somebody(words, is_role=is_role):
        raise _unsure(words)


def _unsure(words: str) -> Unsure:
    return Unsure(_("Is “{label}” somebody's name? What is drawn shows roles only.").format(label=words))
