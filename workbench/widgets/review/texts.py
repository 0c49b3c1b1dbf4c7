"""What stands on the review page, in plain words."""

from __future__ import annotations

from workbench.locale import N_, NN_
from workbench.widgets.working.texts import spoken

__all__ = ["texts"]

_TEXTS: dict[str, str | tuple[str, str]] = {
    "progress": N_("{n} of {all}"),
    "whatToDo": N_(
        "Read the marked words. Then say what you think. There is no wrong answer, and you can stop any time."
    ),
    "hidden": N_("[left out]"),
    "theyRead": N_("The researcher read this as: {reading}"),
    "ownWhatToDo": N_(
        "These are your own words, and how the researcher took them. Say whether that is right. If you agree, they may "
        "be quoted, without your name."
    ),
    "statementWhatToDo": N_("The researcher says this about what people told. Below is some of what it rests on."),
    "restsOnIt": N_("The researcher says, on account of this: {claim}"),
    "blindFirst": N_("Say first how you read it. Then you see how the researcher did."),
    "youSaid": N_("You said: {what}"),
    "yourFirst": N_("Your first answer is kept as it was."),
    "agree": N_("I agree"),
    "differ": N_("I see it differently"),
    "wonder": N_("I wonder"),
    "myReading": N_("How I read it"),
    "theme": N_("What it is about"),
    "effect": N_("Helps or hinders"),
    "determinant": N_("Where it comes from"),
    "ownWords": N_("Your own words, or a story of your own (if you like)"),
    "ownWordsHelp": N_("Name nobody. Others read this only once it has been looked through."),
    "otherWords": N_("Mark other words in the text, if others say it better"),
    "marked": N_("Marked: {words}"),
    "send": N_("Send"),
    "sent": N_("Thank you. It is kept."),
    "back": N_("Back"),
    "skip": N_("Go on"),
    "known": N_("I think I know who this is"),
    "hard": N_("This is hard to read"),
    "withhold": N_("Do not quote this"),
    "takenAway": N_("It has been taken away, and the researcher is told. You need not explain."),
    "hardNote": N_("The next words may be hard to read. You can go on without reading them."),
    "contact": N_("If you need to talk to somebody: {contact}"),
    "showIt": N_("Show it"),
    "nothing": N_("There is nothing more to look at. Thank you for your help."),
    "answered": NN_("You have answered {n} passage.", "You have answered {n} passages."),
    "pause": N_("You can close the page and go on another day, by the same device."),
}


def texts() -> dict[str, str | list[str]]:
    """Return every text of the page."""
    return spoken(_TEXTS)
