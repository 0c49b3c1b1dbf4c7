"""Co-research: rounds in which people look at codings and statements together, what each said, what was settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.coding import Coding, Statement
from workbench.framework import Framework
from workbench.locale import N_
from workbench.privacy import Shift
from workbench.review import independent, records
from workbench.review.independent import OwnCoding
from workbench.review.records import Answer, Decision, Invitation, Item, Round
from workbench.store.records import Connection

__all__ = [
    "INDEPENDENT",
    "KIND_LABELS",
    "MEMBER_CHECK",
    "OUTCOME_LABELS",
    "PART_LABELS",
    "READ",
    "SECTION_LABELS",
    "STANCES",
    "STANCE_LABELS",
    "TAKING_AWAY",
    "TOLD_ALONE",
    "Answer",
    "Decision",
    "Invitation",
    "Item",
    "Looked",
    "Round",
    "forget",
    "holdings",
    "in_order",
    "in_words",
    "invited",
    "looked_at",
    "move",
    "permissions",
    "reading_of",
    "rounds_together",
    "standing",
]

STANCES = ("agree", "differ", "wonder")
TOLD_ALONE = ("known", "hard")  # said to the researcher, and to nobody else
TAKING_AWAY = (*TOLD_ALONE, "withhold")  # said of an excerpt that is not to be shown to that person again
READ = "read"  # said of a source that somebody has coded to its end
MEMBER_CHECK, INDEPENDENT = "member_check", "independent"
KIND_LABELS = {
    "review": N_("Review"),
    INDEPENDENT: N_("Independent coding"),
    MEMBER_CHECK: N_("Member check of own quotes"),
    "dialogue": N_("Dialogue seminar"),
}
STANCE_LABELS = {
    "agree": N_("I agree"),
    "differ": N_("I see it differently"),
    "wonder": N_("I wonder"),
    "known": N_("I think I know who this is"),
    "hard": N_("This is hard to read"),
    "withhold": N_("Do not quote this"),
    READ: N_("I am done with this text"),
}
PART_LABELS = {
    "present": N_("was there"),
    "led": N_("led it"),
    "analysed": N_("analysed it"),
}
# After GRIPP2's short form (Staniszewska and others, BMJ 2017): what a report on participation tells.
SECTION_LABELS = {
    "aim": N_("Aim of the participation"),
    "methods": N_("How people took part"),
    "results": N_("What came of it"),
    "outcomes": N_("How far it changed the study"),
    "reflections": N_("What went well, and what did not"),
}
OUTCOME_LABELS = {
    "stands": N_("The reading stands"),
    "theirs": N_("The other reading"),
    "new": N_("A new code"),
    "both": N_("Both stand"),
}


@dataclass(frozen=True)
class Looked:
    """One thing of a round, where each person stands by now, all that was said on the way, and what was settled."""

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
    """Return what was said of each thing of a round, in the order of the round."""
    items = records.items_of(connection, round_id)
    ids = [item.id for item in items]
    answers = records.answers_of(connection, item_id=ids)
    decisions = {one.item_id: one for one in records.decisions_of(connection, ids)}  # the last one counts
    found = []
    for item in items:
        said = tuple(one for one in answers if one.item_id == item.id)
        found.append(Looked(item, standing(said), said, decisions.get(item.id)))
    return found


def rounds_together(connection: Connection) -> list[tuple[Round, list[Looked]]]:
    """Return all rounds with what was said in them, but for informants' checks of their own quotes."""
    rounds = [made for made in records.list_rounds(connection) if made.kind != MEMBER_CHECK]
    return [(made, looked_at(connection, made.id)) for made in rounds]


def reading_of(subject: Coding | Statement | OwnCoding) -> dict[str, str]:
    """Return how a coding or statement is read: the ids of its theme, effect and determinant."""
    return {"theme": subject.theme, "effect": subject.effect, "determinant": subject.determinant}


def in_words(framework: Framework, reading: Mapping[str, str]) -> str:
    """Return a reading in words: effect, determinant and theme, and the name of a code where it has one."""
    parts = (framework.effect(reading["effect"]), framework.determinant(reading["determinant"]))
    labels = [str(part.label) for part in (*parts, framework.theme(reading["theme"]))]
    return " · ".join(filter(None, [*labels, reading.get("code", "")]))


def in_order(looked: Iterable[Looked], in_statements: Iterable[str]) -> list[Looked]:
    """Return the codings in the order in which they are worth a talk.

    Those read in most ways first; then those that people differ on in the matrix already: statements, and codings that
    support one; then by how many wonder. `in_statements` are the ids of these statements and codings.
    """
    rests = set(in_statements)

    def worth(one: Looked) -> Sequence[int]:
        return (one.readings, one.count("differ") * (one.item.subject in rests), one.count("wonder"))

    return sorted(looked, key=lambda one: ([-n for n in worth(one)], one.item.position))


def holdings(connection: Connection, coding_ids: Iterable[str], code: str) -> int:
    """Return how many answers would go with codings, or are an informant's own, by code."""
    return len(_held(connection, coding_ids, code))


def _held(connection: Connection, coding_ids: Iterable[str], code: str) -> list[Answer]:
    wanted = set(coding_ids)
    items = {item.id for item in records.items_of(connection) if item.subject in wanted}
    return [one for one in records.answers_of(connection) if one.item_id in items or one.reviewer == code]


def invited(connection: Connection, reviewer: str) -> list[str]:
    """Return the ids of somebody's invitations, in all rounds."""
    there = [records.invitations_of(connection, made.id) for made in records.list_rounds(connection)]
    return [one.id for invitations in there for one in invitations if one.reviewer == reviewer]


def move(connection: Connection, text_id: str, shift: Shift) -> None:
    """Move the words that answers marked, and what co-researchers coded, in a text version that was rewritten."""
    for one in records.answers_of(connection, text_id=text_id):
        if one.start is not None and one.end is not None:
            records.move_answer(connection, one.id, shift.start(one.start), shift.end(one.end))
    independent.move(connection, text_id, shift)


def permissions(connection: Connection) -> tuple[frozenset[str], frozenset[str]]:
    """Return ids of codings that informants let be quoted, and of those they do not, in checks of their own words.

    What somebody said last counts; what was once not to be quoted is no more shown to be asked again.
    """
    given: set[str] = set()
    refused: set[str] = set()
    for made in records.list_rounds(connection):
        if made.kind != MEMBER_CHECK:
            continue
        for one in looked_at(connection, made.id):
            stances = [said.stance for said in one.said if said.stance in (*STANCES, "withhold")]
            if "withhold" in stances:
                refused.add(one.item.subject)
            elif stances:
                (given.add if stances[-1] == "agree" else given.discard)(one.item.subject)
    return frozenset(given - refused), frozenset(refused)


def forget(connection: Connection, coding_ids: Iterable[str], code: str) -> tuple[list[str], list[str]]:
    """Remove what was said of codings, and what an informant, by code, said; returns ids of answers, and of words."""
    wanted = list(coding_ids)
    answers = [one.id for one in _held(connection, wanted, code)]
    records.forget_person(connection, code)
    independent.forget_coder(connection, code)
    return answers, [*records.remove_items(connection, wanted), *records.remove_answers(connection, code)]
