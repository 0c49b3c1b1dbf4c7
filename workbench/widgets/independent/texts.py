"""What stands on the page of independent coding, beside what the coder's has."""

from __future__ import annotations

from workbench.locale import N_
from workbench.widgets.review.texts import texts as review
from workbench.widgets.working.texts import spoken

__all__ = ["texts"]

_TEXTS = {
    "guide": N_(
        "Select words that tell something, and choose what they are about. There is no wrong answer. You see nobody "
        "else's coding, and others see yours only when you talk about it."
    ),
    "sources": N_("Texts"),
    "chooseSource": N_("Choose a text to read."),
    "noSources": N_("There is nothing more to read. Thank you for your help."),
    "chosen": N_("What you chose"),
    "noneChosen": N_("Select words in the text, and choose what they are about."),
    "effect": N_("Helps or hinders"),
    "determinant": N_("Where it comes from"),
    "chooseBoth": N_("Choose first whether it helps or hinders, and where it comes from. Then press what it is about."),
    "codebook": N_("What it is about"),
    "pick": N_("Find a word in this list"),
    "noSuchCode": N_("Nothing here is called that."),
    "read": N_("I am done with this text"),
    "doneTold": N_("Thank you. You can still change what you did."),
    "remark": N_("Say something about this text"),
    # in a file
    "doneWith": N_("you are done with it"),
    "undone": N_("Undone."),
    "doneAgain": N_("Done again."),
    "nothingToUndo": N_("There is nothing to undo."),
    "nothingToRedo": N_("There is nothing to redo."),
}
_SHARED = (
    "known", "hard", "hardNote", "contact", "showIt", "takenAway", "ownWords", "ownWordsHelp", "closed", "send", "sent",
    "takenAwayHere", "saveAnswers", "howToSend", "sendIt", "goOnFrom", "tookUp", "notTheseAnswers",
)  # fmt: skip


def texts() -> dict[str, str | list[str]]:
    """Return every text of the page that the coder's does not have, or has otherwise."""
    shared = review()
    return {**{name: shared[name] for name in _SHARED}, **spoken(_TEXTS)}
