"""The log: what was observed and what was thought, apart, each in all its wordings; afterthoughts; questions to go back
with."""

import re

from workbench.journal import records
from workbench.journal.records import Entry, FollowUp, Passage, Timed, Wording
from workbench.locale import N_
from workbench.store.records import Connection

__all__ = ["PART_LABELS", "Entry", "FollowUp", "Passage", "Timed", "Wording", "forget", "holdings", "speaks_of"]

PART_LABELS = {
    "observation": N_("Observation"),
    "reflection": N_("Reflection"),
    "afterthought": N_("Afterthought"),
    "question": N_("To ask"),
    "outcome": N_("What came of it"),
}


def speaks_of(words: str, code: str) -> bool:
    """Say whether words speak of an informant, by code."""
    return re.search(rf"(?<!\w){re.escape(code)}(?!\w)", words) is not None


def holdings(connection: Connection, code: str) -> list[str]:
    """Return the ids of the entries where an informant, by code, was present or is spoken of."""
    return [
        entry.id
        for entry in records.list_entries(connection)
        if code in entry.present
        or any(speaks_of(wording.text, code) for passage in entry.passages for wording in passage.wordings)
    ]


def forget(connection: Connection, code: str) -> int:
    """Take an informant, by code, from those who were present; returns from how many entries.

    What the researcher wrote of them is hers to look through: no program can tell whose words those are.
    """
    return records.forget_present(connection, code)
