"""What the kinds of this room are called."""

from workbench.locale import N_

__all__ = [
    "ACTOR_GROUPS", "ACTOR_LABELS", "BREAK_LABELS", "BY_PROFESSION", "EVENT_LABELS", "GAPS", "KIND_LABELS",
    "LEVEL_LABELS", "PERSON_SECTORS", "ROLE_LABELS", "SECTOR_LABELS", "TIE_LABELS", "UNTOLD",
]  # fmt: skip

SECTOR_LABELS = {
    "family": N_("Family"),
    "kin": N_("Relatives"),
    "spare_time": N_("Others in my spare time"),
    "work": N_("Work and school"),
    "professional": N_("Professionals"),
    "concerned": N_("Those concerned"),
    "helping": N_("Those who help day to day"),
    "deciding": N_("Those who decide"),
    "around": N_("Others around"),
    "untold": N_("Sector not told"),
}

# The sectors that a new map begins with, in the order of the clock: around a person, or of an actor map, on which
# everybody stands whom a service would involve.
PERSON_SECTORS = ("family", "kin", "spare_time", "work", "professional")
UNTOLD = "untold"  # where those stand of whom a file tells no sector; they are neither professional nor private
ACTOR_GROUPS = ("concerned", "helping", "deciding", "around")
BY_PROFESSION = ("professional", "helping", "deciding")

ACTOR_LABELS = {
    "person": N_("Person"),
    "service": N_("Service"),
    "uncounted": N_("Drawn, not counted"),
}

TIE_LABELS = {
    "information": N_("Share information"),
    "meetings": N_("Meet about the person"),
    "referral": N_("Refer to each other"),
    "support": N_("Support each other"),
}

# Where a service belongs, from the person outwards.
LEVEL_LABELS = {
    "municipality": N_("Municipality"),
    "between": N_("“1½ line”"),
    "dps": N_("DPS"),
    "hospital": N_("Hospital"),
    "other": N_("Others"),
}

KIND_LABELS = {
    "contact": N_("Contact"),
    "stay": N_("Stay"),
    "referral": N_("Referral"),
    "meeting": N_("Meeting"),
}

# What somebody may hold in a course, and hand over.
ROLE_LABELS = {
    "coordinator": N_("Coordinator"),
    "meeting_leader": N_("Meeting leader"),
    "reflector": N_("Reflector"),
    "network_team": N_("Network team"),
}

EVENT_LABELS = {
    "meeting": N_("Network meeting"),
    "agreement": N_("Agreement"),
}

GAPS = ("gap", "open_gap")  # breaks that are days on end without contact
BREAK_LABELS = {
    "gap": N_("no contact"),
    "open_gap": N_("no contact any more"),
    "no_follow_up": N_("a stay that nobody followed up"),
    "organised_discontinuity": N_("another helper in another phase"),
}

# What a team tells at a gathering, and how that stands to what it told before.
NOTE_LABELS = {
    "goal": N_("Goal"),
    "challenge": N_("Challenge"),
    "measure": N_("Measure taken"),
}

STANDING_LABELS = {
    "first": N_("told first"),
    "new": N_("new"),
    "kept": N_("kept"),
    "reworded": N_("reworded"),
}
