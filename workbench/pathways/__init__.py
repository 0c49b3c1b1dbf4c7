"""Service pathways: who is around a person, who has to do with whom, and how help changed hands over time.

Two things that are never mixed: the *network map*, as the person in its middle draws it, and the *course*, the
contacts that were recorded.
"""

from workbench.pathways.labels import (
    ACTOR_GROUPS,
    ACTOR_LABELS,
    BREAK_LABELS,
    BY_PROFESSION,
    EVENT_LABELS,
    GAPS,
    KIND_LABELS,
    LEVEL_LABELS,
    NOTE_LABELS,
    PERSON_SECTORS,
    ROLE_LABELS,
    SECTOR_LABELS,
    STANDING_LABELS,
    TIE_LABELS,
    UNTOLD,
)

__all__ = [
    "ACTOR_GROUPS", "ACTOR_LABELS", "BREAK_LABELS", "BY_PROFESSION", "EVENT_LABELS", "GAPS", "KIND_LABELS",
    "LEVEL_LABELS", "NOTE_LABELS", "PERSON_SECTORS", "ROLE_LABELS", "SECTOR_LABELS", "STANDING_LABELS",
    "TIE_LABELS", "UNTOLD",
]  # fmt: skip
