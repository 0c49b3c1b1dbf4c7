"""What stands on every working page, in the user's language."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.locale import N_, _

__all__ = ["spoken"]

_SHARED = {
    "views": N_("Views"),
    "save": N_("Save"),
    "cancel": N_("Cancel"),
    "vaultOpen": N_("Vault open"),
    "saved": N_("Saved"),
    "saving": N_("Saving …"),
    "away": N_(
        "No contact with the study. What you write is kept here and sent when contact is back. Keep the page open."
    ),
    "back": N_("Contact is back. Everything is saved."),
    "waitsHere": N_("{n} changes wait to be sent."),
}


def spoken(own: Mapping[str, str]) -> dict[str, str]:
    """Return every text of a page by name: what all pages share, and its own."""
    return {name: _(text) for name, text in (_SHARED | dict(own)).items()}
