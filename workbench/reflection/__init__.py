"""Preunderstanding and its story: what the researcher held before the study, and how each of it moved.

The idea of a preunderstanding that is put at stake and moves in the meeting with the material is Gadamer's (Wahrheit
und Methode, 1960); the table of what promotes and what inhibits, written down beforehand, is the model study's.
"""

from workbench.journal import speaks_of
from workbench.locale import N_
from workbench.reflection import records
from workbench.reflection.records import Hypothesis, Turn
from workbench.store.records import Connection

__all__ = ["BEGINNINGS", "STANDING_LABELS", "TURNS", "Hypothesis", "Turn", "holdings"]

BEGINNINGS = ("before", "new")
TURNS = ("held", "nuanced", "given_up")

STANDING_LABELS = {
    "before": N_("Before the study"),
    "new": N_("New"),
    "held": N_("Held"),
    "nuanced": N_("Nuanced"),
    "given_up": N_("Given up"),
}


def holdings(connection: Connection, code: str) -> list[str]:
    """Return the ids of the hypotheses in whose story an informant, by code, is spoken of."""
    return [
        one.id
        for one in records.list_hypotheses(connection)
        if any(speaks_of(words, code) for turn in one.story for words in (turn.words, turn.grounds))
    ]
