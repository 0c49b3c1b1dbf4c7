"""Service pathways: who is around a person, who has to do with whom, and how help changed hands over time.

Two things that are never mixed: the *network map*, as the person in its middle draws it, and the *course*, the
contacts that were recorded.
"""

from workbench.locale import N_

__all__ = ["BREAK_LABELS", "KIND_LABELS", "LEVEL_LABELS"]

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

BREAK_LABELS = {
    "gap": N_("no contact"),
    "no_follow_up": N_("a stay that nobody followed up"),
    "organised_discontinuity": N_("another helper in another phase"),
}
