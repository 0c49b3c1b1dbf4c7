"""Co-research: rounds in which people look at codings together, what each said, and what was settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.locale import N_
from workbench.review import records
from workbench.review.records import Answer, Decision, Invitation, Item, Round
from workbench.store.records import Connection

__all__ = [
    "OUTCOME_LABELS",
    "STANCES",
    "STANCE_LABELS",
    "TAKING_AWAY",
    "Answer",
    "Decision",
    "Invitation",
    "Item",
    "Looked",
    "Round",
    "forget",
    "holdings",
    "in_order",
    "looked_at",
    "standing",
]

STANCES = ("agree", "differ", "wonder")
TAKING_AWAY = ("known", "hard")  # said of an excerpt that is not to be shown to that person again
STANCE_LABELS = {
    "agree": N_("I agree"),
    "differ": N_("I see it differently"),
    "wonder": N_("I wonder"),
    "known": N_("I think I know who this is"),
    "hard": N_("This is hard to read"),
}
OUTCOME_LABELS = {
    "stands": N_("The reading stands"),
    "theirs": N_("The other reading"),
    "new": N_("A new code"),
    "both": N_("Both stand"),
}


@dataclass(frozen=True)
class Looked:
    """One coding of a round, where each person stands by now, all that was said on the way, and what was settled."""

    item: Item
    standing: tuple[Answer, ...]
    said: tuple[Answer, ...]
    decision: Decision | None

    def count(self, stance: str) -> int:
        """Return how many stand so."""
        return sum(one.stance == stance for one in self.standing)

    @property
    def readings(self) -> int:
        """How many readings there are beside each other, the coding's own among them."""
        others = {tuple(sorted((one.reading or {}).items())) for one in self.standing if one.stance == "differ"}
        return 1 + len(others)


def standing(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Return where each person stands: their last answer that takes a stance."""
    last = {one.reviewer: one for one in answers if one.stance in STANCES}
    return tuple(last[reviewer] for reviewer in sorted(last))


def looked_at(connection: Connection, round_id: str) -> list[Looked]:
    """Return what was said of each coding of a round, in the order of the round."""
    items = records.items_of(connection, round_id)
    ids = [item.id for item in items]
    answers = records.answers_of(connection, item_id=ids)
    decisions = {one.item_id: one for one in records.decisions_of(connection, ids)}  # the last one counts
    found = []
    for item in items:
        said = tuple(one for one in answers if one.item_id == item.id)
        found.append(Looked(item, standing(said), said, decisions.get(item.id)))
    return found


def in_order(looked: Iterable[Looked], in_statements: Iterable[str]) -> list[Looked]:
    """Return the codings in the order in which they are worth a talk.

    Those read in most ways first; then those that people differ on whose coding supports a statement already; then by
    how many wonder. `in_statements` are the ids of codings that support a statement.
    """
    rests = set(in_statements)

    def worth(one: Looked) -> Sequence[int]:
        return (one.readings, one.count("differ") * (one.item.coding_id in rests), one.count("wonder"))

    return sorted(looked, key=lambda one: ([-n for n in worth(one)], one.item.position))


def holdings(connection: Connection, coding_ids: Iterable[str], code: str) -> int:
    """Return how many answers would go with codings, or are an informant's own, by code."""
    return len(_held(connection, coding_ids, code))


def _held(connection: Connection, coding_ids: Iterable[str], code: str) -> list[Answer]:
    wanted = set(coding_ids)
    items = {item.id for item in records.items_of(connection) if item.coding_id in wanted}
    return [one for one in records.answers_of(connection) if one.item_id in items or one.reviewer == code]


def forget(connection: Connection, coding_ids: Iterable[str], code: str) -> tuple[list[str], list[str]]:
    """Remove what was said of codings, and what an informant, by code, said; returns ids of answers, and of words."""
    wanted = list(coding_ids)
    answers = [one.id for one in _held(connection, wanted, code)]
    return answers, [*records.remove_items(connection, wanted), *records.remove_answers(connection, code)]
