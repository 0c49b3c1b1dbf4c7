"""What stands on the review page, in plain words."""

from __future__ import annotations

from workbench.locale import N_, NN_, _
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
    "choose": N_("Choose …"),
    "chooseAll": N_("Choose something in all three lists, or in none of them."),
    "sayHow": N_("Choose how you read it, mark other words, or write something in your own words."),
    "otherWords": N_("Mark other words in the text, if others say it better"),
    "firstWord": N_("Press the first of the words, up in the text."),
    "lastWord": N_("Now press the last of the words. If it is one word only, press it again."),
    "unmark": N_("Take the mark away"),
    "marked": N_("Marked: {words}"),
    "closed": N_("The round is closed: it takes no more answers. What you said before is kept."),
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
    "blindLater": N_("Say first how you read it. How the researcher did comes in another file, after your answers."),
    "takenAwayHere": N_("It has been taken away. The researcher learns of it by your answers. You need not explain."),
    "saveAnswers": N_("Save my answers"),
    "howToSend": NN_(
        "You have given {n} answer. It is kept on this computer. Save it when you are done, and send the file back.",
        "You have given {n} answers. They are kept on this computer. Save them when you are done, and send the file "
        "back.",
    ),
    "sendIt": N_("Saved among your downloads. Send that file back: it is sealed, and only the researcher can read it."),
    "goOnFrom": N_("Go on from answers I saved elsewhere"),
    "tookUp": N_("Your answers are here again."),
    "notTheseAnswers": N_("That file holds no answers to this one, or it is damaged. Nothing was changed."),
    "pause": N_("You can close the page and go on another day, by the same device."),
}


_OF_PACKAGE = {
    "together": N_("To read together"),
    "howToOpen": N_("You have got a passphrase by another way than this file. Type it here to open the file."),
    "passphrase": N_("Passphrase"),
    "open": N_("Open the file"),
    "opening": N_("It is being opened …"),
    "wrongPassphrase": N_("That passphrase does not open the file. Look whether every letter is right."),
    "otherBrowser": N_("This browser can't open sealed files. Try a newer one, on a computer."),
}


def texts_of_package() -> dict[str, str]:
    """Return what stands in a file before it is opened."""
    return {name: _(text) for name, text in _OF_PACKAGE.items()}


def texts() -> dict[str, str | list[str]]:
    """Return every text of the page."""
    return spoken(_TEXTS)
