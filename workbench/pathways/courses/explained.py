"""What each measure of a course is, where it comes from, and what it says in plain words."""

from __future__ import annotations

from workbench.locale import N_
from workbench.pathways.explained import Explained

__all__ = ["EXPLAINED"]

OWN = N_("own definition")

EXPLAINED = (
    Explained(
        "contacts", N_("Contacts"), N_("How often somebody was met, as it was recorded."), OWN,
        N_("All figures describe what was recorded, not how good the help was."),
    ),
    Explained(
        "helpers", N_("Helpers, services or levels"), N_("Over how many of them the contacts are spread."), OWN,
        N_("How many new faces there were."),
    ),
    Explained(
        "upc", N_("Usual provider (UPC)"), N_("The share of contacts with the one who had most."),
        "Breslau & Reeb 1975", N_("Near 1: there is one main helper. Near 0: nobody is."),
    ),
    Explained(
        "coc", N_("Continuity (COC)"), N_("How much the contacts gather on few: (Σn² − N) / (N (N − 1))."),
        "Bice & Boxerman 1977",
        N_("High is not good in itself: many helpers who meet are something else than many who do not."),
    ),
    Explained(
        "secon", N_("From contact to contact (SECON)"), N_("The share of contacts with the same one as before."),
        "Steinwachs 1979", N_("Low: a new face nearly every time."),
    ),
    Explained(
        "hi", N_("Concentration (Herfindahl)"), N_("The sum of squared shares of contacts."), "Herfindahl 1950",
        N_("1: all with one. It is never 0."),
    ),
    Explained(
        "care_density", N_("Care density"), N_("How often two of the helpers share a person, over all pairs of them."),
        "Pollack et al. 2013", N_("Above 1: they know each other from other courses of the study too."),
    ),
    Explained(
        "handovers", N_("Handovers"), N_("How often the next contact was with another one."), OWN,
        N_("Each is a story to be told anew."),
    ),
    Explained(
        "longest_gap", N_("Longest gap in days"),
        N_("The most days without contact, between two contacts or since the last where it goes on."), OWN,
        N_("Ask what happened then, and who knew."),
    ),
    Explained(
        "coverage", N_("Days with contact"),
        N_("The share of days in an episode, from the first contact to the last, or until today where it goes on."),
        OWN, N_("1: somebody was there all the time."),
    ),
    Explained(
        "breaks", N_("Breaks"),
        N_("Gaps longer than chosen, one that goes on too, stays that nobody followed up, and another helper in "
           "another phase."), OWN,
        N_("The last is “organised discontinuity”: the system changes helpers when the person changes phase."),
    ),
    Explained(
        "waits", N_("Waiting in days"), N_("From a referral to the first contact with that service."), OWN,
        N_("A service with –: it is waited for still."),
    ),
    Explained(
        "coordinators", N_("Coordinators"), N_("Who has coordinated, in turn."), N_("Open Dialogue manual"),
        N_("Each change is a handover."),
    ),
    Explained(
        "without_coordinator", N_("Days without coordinator"), N_("Since the first contact, or until it was closed."),
        OWN, N_("0: somebody held the threads all the time."),
    ),
    Explained(
        "second_meeting", N_("A course since"), N_("The day of the second network meeting."),
        N_("Open Dialogue manual"), N_("It is open from the first contact; –: there were not two meetings yet."),
    ),
)  # fmt: skip
