"""What stands on the logbook's page, in the user's language. The page asks for all of it once."""

from __future__ import annotations

from workbench.locale import N_
from workbench.widgets.working.texts import spoken

__all__ = ["texts"]

_TEXTS = {
    # the page
    "write": N_("Write"),
    "log": N_("The log"),
    "questions": N_("To ask"),
    "vaultLocked": N_("Vault locked: you can write. Your words wait, sealed, until it is opened."),
    # writing
    "observation": N_("What you saw and heard"),
    "reflection": N_("What you thought and felt"),
    "around": N_("Time, place and people"),
    "when": N_("When"),
    "place": N_("Where"),
    "setting": N_("Kind of situation"),
    "present": N_("Who was there (groups or pseudonyms, commas between)"),
    "role": N_("Your own role"),
    "hidden": N_("The others did not know that I observed"),
    "done": N_("Done"),
    "sure": N_("The date is right"),
    "throwAway": N_("Throw away"),
    "throwAwaySure": N_("What you wrote here goes, and can't be had back."),
    "screenNow": N_("Screen what waits"),
    "removed": N_("Removed."),
    "kept": N_("Kept as a draft"),
    "logged": N_("Logged."),
    "waits": N_("The vault is locked. Your words wait, sealed, until it is opened."),
    "drafts": N_("Not done yet"),
    "goOn": N_("Go on writing: {words}"),
    # the log
    "nothing": N_("Nothing here yet."),
    "older": N_("Show older"),
    "searchNow": N_("Search"),
    "oneEntry": N_("One entry"),
    "nothingFound": N_("Nothing found."),
    "search": N_("Find words in the log"),
    "unreflected": N_("Only what has not been reflected on"),
    "waiting": N_("Waits to be screened"),
    "outcome": N_("What came of it"),
    "addReflection": N_("Add an afterthought"),
    "askBack": N_("Go back and ask"),
    "reword": N_("Word anew"),
    "earlier": N_("Earlier wordings ({n})"),
    "both": N_("Two devices worded this at once. Both stand, each with its time, until you word it anew."),
    "hiddenObserver": N_("hidden observer"),
    "whom": N_("Whom to ask"),
    "due": N_("Until when"),
    "until": N_("until {date}"),
    "openEntry": N_("Show the entry"),
    "settle": N_("Save, it is settled"),
    "settled": N_("Settled"),
    "delay": N_("How soon it was written"),
    "anyDelay": N_("Written whenever"),
    "afterADay": N_("Written a day or more after"),
    "afterAWeek": N_("Written a week or more after"),
    "anyTime": N_("Show any time"),
    "more": N_("More"),
    "removeEntry": N_("Remove the entry"),
    "removeEntrySure": N_(
        "The entry goes with all its wordings and what is attached. Sources made of it stay. This can't be undone."
    ),
    # while writing
    "quote": N_("Mark as a quote"),
    "showLogged": N_("Show what you logged"),
    "willBeMasked": N_("Will be masked: {list}"),
    "toOneself": N_("A question to yourself"),
    "thinkOn": N_("Write about it"),
    "putAway": N_("Put it away"),
    # what is attached
    "attach": N_("Attach a photo, sound or file"),
    "attachedFiles": N_("Attached"),
    "show": N_("Show"),
    "hide": N_("Hide"),
    "saveFile": N_("Save"),
    "cantShow": N_("This file can't be shown: it may be broken. Remove it, and attach it anew."),
    "tooLarge": N_("A file must hold something, and no more than 50 MB."),
    "nameWaits": N_("Saved. The file's name waits until the vault is opened."),
    "sourceOf": N_("What became of the entry: {name}"),
    "codedWith": N_("Coded with"),
    "notCoded": N_("Nothing in it is coded yet. Open the coder to code it."),
    "anySetting": N_("All kinds of situations"),
    "unsaid": N_("Of no kind that was said"),
    "reflectedOnly": N_("Only what has been reflected on"),
    "overdue": N_("overdue"),
    "removeFile": N_("Remove the file"),
    # at a glance
    "overview": N_("Overview"),
    "takeOut": N_("Take the log out"),
    "takeOutHelp": N_(
        "All of it, or some days, for a supervisor for example. Names in the register, ids, phone numbers and e-mail "
        "addresses stop it; a name that nobody entered does not. Read it before you hand it on."
    ),
    "firstDay": N_("From"),
    "lastDay": N_("Until"),
    "asWord": N_("Save for Word"),
    "asTable": N_("Save as CSV"),
    "calendar": N_("Calendar: entries a day"),
    "bySetting": N_("Situations by month"),
    "byTheme": N_("Themes by month, from the sources made of entries"),
    "reflections": N_("Reflections by month"),
    "reflectedOn": N_("Reflected on"),
    "notYet": N_("Not yet"),
    "notSaid": N_("not said"),
    # from log to data
    "toSource": N_("Make it a source"),
    "onlySelected": N_("Only the words that you selected"),
    "makeSource": N_("Make the source"),
    "becameSource": N_("The source {name} is there, ready to be coded."),
    "isSource": N_("Is a source:"),
    # what one holds
    "held": N_("Preunderstanding"),
    "holdNew": N_("Write down what you hold"),
    "holdFirst": N_(
        "Write down, before the study if you can, what you believe promotes and inhibits. Later you see what held."
    ),
    "movement": N_("How it moved"),
    "heldWords": N_("What you hold"),
    "effect": N_("Effect"),
    "determinant": N_("Determinant"),
    "grounds": N_("What makes you think so"),
    "since": N_("Since when"),
    "fromBefore": N_("From before the study"),
    "cameNew": N_("It came during the study"),
    "day": N_("Day (today if left empty)"),
    "stillHeld": N_("Still hold it"),
    "nuance": N_("See it differently"),
    "giveUp": N_("Give it up"),
    "removeHeld": N_("Remove it"),
    "removeHeldSure": N_(
        "It goes with its whole story, as if it had never been held. To let it go, give it up instead."
    ),
    "nowHeld": N_("How you see it now"),
    "why": N_("Why"),
    "speakTo": N_("Speaks to your preunderstanding"),
    "speaksTo": N_("Speaks to: {what}"),
    "links": N_("Linked to"),
    "unlink": N_("Remove link"),
}


def texts() -> dict[str, str | list[str]]:
    """Return every text of the page."""
    return spoken(_TEXTS)
