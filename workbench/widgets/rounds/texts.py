"""What stands on the researcher's page of co-research."""

from __future__ import annotations

from workbench.locale import N_, NN_
from workbench.widgets.working.texts import spoken

__all__ = ["texts"]

_TEXTS: dict[str, str | tuple[str, str]] = {
    "rounds": N_("Rounds"),
    "newRound": N_("Open a round"),
    "noRounds": N_("Nobody has been asked yet. Open a round, and invite people into it."),
    "title": N_("Title"),
    "kind": N_("What it is for"),
    "informant": N_("Whose words"),
    "over": N_("What is looked at"),
    "overCodings": N_("Passages and how they were read"),
    "overStatements": N_("Statements and what they rest on"),
    "themes": N_("Themes (none chosen: all)"),
    "sources": N_("Sources (none chosen: all)"),
    "belongs": N_("It belongs to"),
    "belongsNowhere": N_("no conversation in particular"),
    "blind": N_("Blind: they answer before they see your reading"),
    "most": N_("How many passages at most"),
    "deadline": N_("Last day"),
    "invite": N_("Invite"),
    "who": N_("Code or role, never a name"),
    "base": N_("Address of the review pages (“workbench review serve” prints it)"),
    "linkOnce": N_("Hand this link to {who} alone. It is shown this once."),
    "answerHere": N_("Answer here"),
    "whatHereIs": N_(
        "For somebody who sits beside you. They see what their link would show, and nothing of what others said; press "
        "“Hand back” when they are done."
    ),
    "beginHere": N_("Begin"),
    "answersHere": N_("{who} answers here."),
    "handBack": N_("Hand back"),
    "handBackHelp": N_("Only the researcher goes on from here. Is the researcher at the screen again?"),
    "toldAlone": NN_("{n} thing told to you alone", "{n} things told to you alone"),
    "aloneHelp": N_("Nobody else sees who recognised somebody, or found something hard to read."),
    "heldBack": N_("Held back: somebody asked not to meet these words. Show them only if everybody here can bear it."),
    "showAll": N_("Show it"),
    "asFile": N_("As a file"),
    "whatFileIs": N_(
        "A file that opens by itself in a browser, for somebody who can't use a link. It is sealed by a passphrase; "
        "what is answered comes back as a small file, which you take in here."
    ),
    "makeFile": N_("Make the file"),
    "passphraseOnce": N_(
        "The file is among your downloads. Send it to {who}, and tell this passphrase by another way. It is shown this "
        "once."
    ),
    "passphrase": N_("Passphrase"),
    "takeIn": N_("Take in answers that came as files"),
    "taken": N_("{reviewer}: {new} new, {known} known, {gone} of what is no longer there"),
    "closeRound": N_("Take no more answers"),
    "closed": N_("Closed"),
    "openNow": N_("Open"),
    "until": N_("until {date}"),
    "blindRound": N_("blind"),
    "passages": NN_("{n} passage", "{n} passages"),
    "answers": NN_("{n} answer", "{n} answers"),
    "settledCount": N_("{n} settled"),
    "talk": N_("Talk about it"),
    "back": N_("Back"),
    "order": N_("Those read in most ways first, then dissent on what statements rest on, then wonderings."),
    "yours": N_("Your reading"),
    "people": N_("Who takes part"),
    "pledged": N_("Confidentiality pledged"),
    "tookPart": N_("Took part in a conversation"),
    "ownWordsIn": N_("Own words as a source"),
    "whatOwnWordsAre": N_(
        "What somebody wrote in rounds becomes a source to code, if they consented as an informant does."
    ),
    "day": N_("Day"),
    "conversation": N_("Conversation"),
    "part": N_("Part in it"),
    "nobodyYetHere": N_("Nobody is recorded yet. Note who pledged confidentiality, and who was where."),
    "accounts": N_("The report on participation"),
    "accountsTold": N_(
        "After GRIPP2's short form. What the study knows is filled in by itself; what nobody wrote is marked missing."
    ),
    "missing": N_("Missing"),
    "writeIt": N_("Write"),
    "sideBySide": N_("Those read in most ways first, then in the order of the text."),
    "howFar": N_("How far coders agree, theme by theme"),
    "nothingToCompare": N_("There is nothing to compare yet: no text was coded by two people."),
    "saidOfTexts": N_("Said of the texts"),
    "takeUp": N_("Take up among the codings"),
    "compare": N_("Lay side by side"),
    "codedCount": NN_("{n} passage coded", "{n} passages coded"),
    "texts": NN_("{n} text", "{n} texts"),
    "counts": N_("agree {agree} · differently {differ} · wonder {wonder}"),
    "firstAnswer": N_("before seeing your reading"),
    "earlierAnswer": N_("earlier"),
    "markedWords": N_("Marked: {words}"),
    "notScreened": N_("Words that wait to be screened are not shown."),
    "nobodyYet": N_("Nobody has answered yet."),
    "settle": N_("Settle together"),
    "outcome": N_("What was settled"),
    "whose": N_("Whose reading"),
    "newCode": N_("Name of the code"),
    "speakTo": N_("Speaks to your preunderstanding"),
    "speaksTo": N_("Speaks to: {what}"),
    "reason": N_("Why"),
    "present": N_("Who was there (codes or roles, commas between)"),
    "settled": N_("Settled: {told}"),
    "vaultLocked": N_("Vault locked: what people wrote waits, and nothing can be settled."),
}


def texts() -> dict[str, str | list[str]]:
    """Return every text of the page."""
    return spoken(_TEXTS)
