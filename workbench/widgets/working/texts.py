"""What stands on every working page, in the user's language."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.locale import N_, NN_, _, language, ngettext

__all__ = ["spoken"]

Text = str | tuple[str, str]

_SHARED: dict[str, Text] = {
    "views": N_("Views"),
    "save": N_("Save"),
    "cancel": N_("Cancel"),
    "close": N_("Close"),
    "linkIt": N_("Link"),
    "vaultOpen": N_("Vault open"),
    "saved": N_("Saved"),
    "saving": N_("Saving …"),
    "away": N_(
        "No contact with the study. What you write is kept here and sent when contact is back. Keep the page open."
    ),
    "awayLong": N_(
        "No contact with the study. What you write is kept here. If contact does not come back, load the page anew."
    ),
    "loadAnew": N_("Load the page anew: what you wrote comes along"),
    "elsewhere": N_("The page has another address by now. Open that one: what you wrote comes along."),
    "back": N_("Contact is back. Everything is saved."),
    "waitsHere": NN_("{n} change waits to be sent.", "{n} changes wait to be sent."),
}


def spoken(own: Mapping[str, Text]) -> dict[str, str | list[str]]:
    """Return every text of a page by name: what all pages share, and its own; one with a number as both its forms.

    `language` is that of the texts. In bokmål, Danish and English the first form is for one, the second for others.
    """
    texts = {name: _said(text) for name, text in (_SHARED | dict(own)).items()}
    return {"language": language(), **texts}


def _said(text: Text) -> str | list[str]:
    return _(text) if isinstance(text, str) else [ngettext(*text, n) for n in (1, 2)]
