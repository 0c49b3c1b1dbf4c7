"""Rounds, what is looked at in them, invitations, answers, decisions: this room's only use of SQLAlchemy."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, Text, delete, insert, select, update

from workbench.store.records import Connection, metadata

__all__ = [
    "SHORT",
    "Answer",
    "Decision",
    "Invitation",
    "Item",
    "Presence",
    "Round",
    "add_answer",
    "add_decision",
    "add_invitation",
    "add_item",
    "add_presence",
    "add_round",
    "add_text",
    "answers_of",
    "change_invitation",
    "close_round",
    "decisions_of",
    "forget_person",
    "invitation_of",
    "invitations_of",
    "items_of",
    "list_pledges",
    "list_presences",
    "list_rounds",
    "move_answer",
    "pledge",
    "remove_answers",
    "remove_items",
    "reword",
    "texts_about",
    "texts_of_all",
]

_id = String(36)

rounds = Table(
    "review_rounds",
    metadata,
    Column("id", _id, primary_key=True),
    Column("title", String(200), nullable=False),
    Column("blind", Boolean, nullable=False),
    Column("deadline", String(10)),
    Column("created", String(32), nullable=False),
    Column("closed", String(32)),
    Column("kind", String(20), nullable=False),
    Column("source_id", _id),
    Column("informant", _id),
)

# What is looked at may go while a round is open: merged, removed, withdrawn. It is then simply gone from the round.
items = Table(
    "review_items",
    metadata,
    Column("id", _id, primary_key=True),
    Column("round_id", _id, ForeignKey("review_rounds.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("subject", _id, nullable=False, index=True),
    Column("hard", Boolean, nullable=False),
    Column("about", String(20), nullable=False),
)

invitations = Table(
    "review_invitations",
    metadata,
    Column("id", _id, primary_key=True),
    Column("round_id", _id, ForeignKey("review_rounds.id"), nullable=False, index=True),
    Column("reviewer", String(100), nullable=False),
    # Hashes: who reads the store can't enter by it.
    Column("link", String(64), nullable=False, unique=True),
    Column("device", String(64)),
    Column("expires", String(32), nullable=False),
    Column("withdrawn", String(32)),
    Column("created", String(32), nullable=False),
    Column("by_link", Boolean, nullable=False),
)

answers = Table(
    "review_answers",
    metadata,
    Column("id", _id, primary_key=True),
    Column("item_id", _id, ForeignKey("review_items.id"), nullable=False, index=True),
    Column("reviewer", String(100), nullable=False),
    Column("stance", String(20), nullable=False),
    Column("reading", Text),
    Column("text_id", _id),
    Column("start", Integer),
    Column("end", Integer),
    Column("seen", Text),
    Column("created", String(32), nullable=False),
)

texts = Table(
    "review_texts",
    metadata,
    Column("id", _id, primary_key=True),
    Column("about", _id, nullable=False, index=True),
    Column("author", String(100), nullable=False),
    Column("text", Text, nullable=False),
    Column("created", String(32), nullable=False),
)

decisions = Table(
    "review_decisions",
    metadata,
    Column("id", _id, primary_key=True),
    Column("item_id", _id, ForeignKey("review_items.id"), nullable=False, index=True),
    Column("outcome", String(20), nullable=False),
    Column("present", Text, nullable=False),
    Column("author", String(100), nullable=False),
    Column("created", String(32), nullable=False),
    Column("before", Text),
    Column("after", Text),
)

pledges = Table(
    "review_pledges",
    metadata,
    Column("code", String(100), primary_key=True),
    Column("day", String(10), nullable=False),
)

presences = Table(
    "review_presences",
    metadata,
    Column("code", String(100), primary_key=True),
    Column("source_id", _id, primary_key=True),
    Column("part", String(20), primary_key=True),
)


@dataclass(frozen=True)
class Round:
    """A time of looking together. `blind`: one answers before one sees the other reading. `deadline` is a date.

    `source_id` is the conversation that the round belongs to, where it does to one; `informant` whose own words are
    looked at, in a member check.
    """

    id: str
    title: str
    blind: bool
    deadline: str | None
    created: str
    closed: str | None
    kind: str
    source_id: str | None
    informant: str | None


@dataclass(frozen=True)
class Item:
    """One thing to look at in a round: `subject` is the id of what `about` names, a `coding` or a `statement`.

    `hard` ones carry a note before they are shown.
    """

    id: str
    round_id: str
    position: int
    subject: str
    hard: bool
    about: str


@dataclass(frozen=True)
class Invitation:
    """One person's way into one round. `link` and `device` are SHA-256 of what only that person holds.

    Where it is not `by_link`, it is a file, or a seat at the researcher's side; nobody holds its link.
    """

    id: str
    round_id: str
    reviewer: str
    link: str
    device: str | None
    expires: str
    withdrawn: str | None
    created: str
    by_link: bool


@dataclass(frozen=True)
class Answer:
    """What one person said of one coding, once: an answer is never changed, a second thought is another answer.

    `reading` is another theme, effect and determinant by id; `[start, end)` in code points of `text_id` are other words
    marked. `seen` is the reading that the person saw when answering, None where it was not shown yet. `words` are empty
    while they wait to be screened.
    """

    id: str
    item_id: str
    reviewer: str
    stance: str
    reading: Mapping[str, str] | None
    text_id: str | None
    start: int | None
    end: int | None
    seen: Mapping[str, str] | None
    created: str
    words: str = ""


@dataclass(frozen=True)
class Decision:
    """What was settled about one thing, with its reason, and who was there. Dissent stays beside it.

    `before` and `after` are its theme, effect, determinant and code's name, where the decision changed them.
    """

    id: str
    item_id: str
    outcome: str
    present: tuple[str, ...]
    author: str
    created: str
    before: Mapping[str, str] | None = None
    after: Mapping[str, str] | None = None
    reason: str = ""


@dataclass(frozen=True)
class Presence:
    """Somebody's part in a conversation, by code: there, leading it, or analysing it."""

    code: str
    source_id: str
    part: str


def add_round(connection: Connection, identity: str, **values: Any) -> None:
    """Add a round."""
    connection.execute(insert(rounds), {"id": identity, **values})


def close_round(connection: Connection, identity: str, at: str) -> None:
    """Note that a round takes no more answers."""
    connection.execute(update(rounds).where(rounds.c.id == identity).values(closed=at))


def list_rounds(connection: Connection) -> list[Round]:
    """Return all rounds, the oldest first."""
    return [Round(*row) for row in connection.execute(select(rounds).order_by(rounds.c.id))]


def add_item(connection: Connection, identity: str, **values: Any) -> None:
    """Add something to look at."""
    connection.execute(insert(items), {"id": identity, **values})


def items_of(connection: Connection, round_id: str | None = None) -> list[Item]:
    """Return what is looked at in a round, or in all, in order."""
    query = select(items).order_by(items.c.round_id, items.c.position)
    if round_id is not None:
        query = query.where(items.c.round_id == round_id)
    return [Item(*row) for row in connection.execute(query)]


def remove_items(connection: Connection, subjects: Iterable[str]) -> list[str]:
    """Remove things from every round with all that was said of them; returns the ids of those words."""
    wanted = list(subjects)
    mine = list(connection.scalars(select(items.c.id).where(items.c.subject.in_(wanted))))
    said = [*connection.scalars(select(answers.c.id).where(answers.c.item_id.in_(mine)))]
    settled = [*connection.scalars(select(decisions.c.id).where(decisions.c.item_id.in_(mine)))]
    gone = _remove_texts(connection, [*said, *settled])
    connection.execute(delete(answers).where(answers.c.item_id.in_(mine)))
    connection.execute(delete(decisions).where(decisions.c.item_id.in_(mine)))
    connection.execute(delete(items).where(items.c.id.in_(mine)))
    return gone


def remove_answers(connection: Connection, reviewer: str) -> list[str]:
    """Remove what somebody answered, and their ways in; returns the ids of their words."""
    said = [*connection.scalars(select(answers.c.id).where(answers.c.reviewer == reviewer))]
    gone = _remove_texts(connection, said)
    connection.execute(delete(answers).where(answers.c.id.in_(said)))
    connection.execute(delete(invitations).where(invitations.c.reviewer == reviewer))
    return gone


def _remove_texts(connection: Connection, about: list[str]) -> list[str]:
    gone = [*connection.scalars(select(texts.c.id).where(texts.c.about.in_(about)))]
    connection.execute(delete(texts).where(texts.c.id.in_(gone)))
    return gone


def add_invitation(connection: Connection, identity: str, **values: Any) -> None:
    """Add somebody's way into a round."""
    connection.execute(insert(invitations), {"id": identity, **values})


def change_invitation(connection: Connection, identity: str, **values: Any) -> None:
    """Bind an invitation to a device, or withdraw it."""
    connection.execute(update(invitations).where(invitations.c.id == identity).values(**values))


def invitation_of(connection: Connection, *, id: str | None = None, link: str | None = None) -> Invitation | None:
    """Return the invitation with this id, or with this link's hash."""
    wanted = invitations.c.link == link if id is None else invitations.c.id == id
    row = connection.execute(select(invitations).where(wanted)).first()
    return Invitation(*row) if row else None


def invitations_of(connection: Connection, round_id: str) -> list[Invitation]:
    """Return everybody's way into a round, the oldest first."""
    query = select(invitations).where(invitations.c.round_id == round_id).order_by(invitations.c.id)
    return [Invitation(*row) for row in connection.execute(query)]


def add_answer(connection: Connection, identity: str, **values: Any) -> None:
    """Add an answer without its words."""
    held = {key: None if values.get(key) is None else json.dumps(values[key]) for key in ("reading", "seen")}
    connection.execute(insert(answers), {"id": identity, **values, **held})


def answers_of(connection: Connection, **where: str | list[str]) -> list[Answer]:
    """Return answers, the oldest first; `where` narrows by column, to a value or to several."""
    query = select(answers, texts.c.text).outerjoin(texts, texts.c.about == answers.c.id)
    query = query.order_by(answers.c.created, answers.c.id)
    for column, value in where.items():
        fits = answers.c[column].in_(value) if isinstance(value, list) else answers.c[column] == value
        query = query.where(fits)
    return [
        Answer(
            r.id, r.item_id, r.reviewer, r.stance, _opened(r.reading), r.text_id, r.start, r.end, _opened(r.seen),
            r.created, r.text or "",
        )
        for r in connection.execute(query)
    ]  # fmt: skip


def move_answer(connection: Connection, identity: str, start: int, end: int) -> None:
    """Put the words that an answer marked elsewhere in their text version."""
    connection.execute(update(answers).where(answers.c.id == identity).values(start=start, end=end))


def _opened(held: str | None) -> dict[str, str] | None:
    return None if held is None else json.loads(held)


def add_text(connection: Connection, identity: str, about: str, author: str, text: str, created: str) -> None:
    """Add the words of an answer, or the reason of a decision."""
    row = {"id": identity, "about": about, "author": author, "text": text, "created": created}
    connection.execute(insert(texts), row)


def add_decision(connection: Connection, identity: str, present: Iterable[str], **values: Any) -> None:
    """Add what was settled about something."""
    held = {key: None if values.get(key) is None else json.dumps(values[key]) for key in ("before", "after")}
    connection.execute(insert(decisions), {"id": identity, "present": json.dumps(list(present)), **values, **held})


def decisions_of(connection: Connection, item_ids: Iterable[str] | None = None) -> list[Decision]:
    """Return what was settled about some codings of rounds, or about all, the oldest first."""
    query = select(decisions, texts.c.text).outerjoin(texts, texts.c.about == decisions.c.id)
    if item_ids is not None:
        query = query.where(decisions.c.item_id.in_(list(item_ids)))
    rows = connection.execute(query.order_by(decisions.c.created, decisions.c.id))
    return [_decision(row) for row in rows]


def _decision(row: Any) -> Decision:
    present, changed = tuple(json.loads(row.present)), (_opened(row.before), _opened(row.after))
    return Decision(row.id, row.item_id, row.outcome, present, row.author, row.created, *changed, row.text or "")


# --- who took part ---


def pledge(connection: Connection, code: str, day: str) -> None:
    """Note when somebody pledged confidentiality; a later day takes the place of an earlier."""
    connection.execute(delete(pledges).where(pledges.c.code == code))
    connection.execute(insert(pledges), {"code": code, "day": day})


def list_pledges(connection: Connection) -> dict[str, str]:
    """Return the day of each pledge, by code."""
    return {row.code: row.day for row in connection.execute(select(pledges).order_by(pledges.c.code))}


def add_presence(connection: Connection, one: Presence) -> None:
    """Note somebody's part in a conversation, once."""
    if one not in list_presences(connection):
        connection.execute(insert(presences), {"code": one.code, "source_id": one.source_id, "part": one.part})


def list_presences(connection: Connection) -> list[Presence]:
    """Return everybody's part in conversations."""
    query = select(presences).order_by(presences.c.code, presences.c.source_id, presences.c.part)
    return [Presence(*row) for row in connection.execute(query)]


def forget_person(connection: Connection, code: str) -> None:
    """Remove somebody's pledge, and their part in conversations."""
    for table in (pledges, presences):
        connection.execute(delete(table).where(table.c.code == code))


def texts_about(connection: Connection, about: str) -> list[tuple[str, str]]:
    """Return moment and words of what was written about something, the oldest first."""
    query = select(texts).where(texts.c.about == about).order_by(texts.c.created, texts.c.id)
    return [(row.created, row.text) for row in connection.execute(query)]


# --- what masks go over ---


def texts_of_all(connection: Connection) -> list[tuple[str, str]]:
    """Return id and text of all words of answers, and reasons of decisions."""
    return [(row.id, row.text) for row in connection.execute(select(texts))]


def reword(connection: Connection, text_id: str, text: str) -> None:
    """Replace words by masked ones."""
    connection.execute(update(texts).where(texts.c.id == text_id).values(text=text))


SHORT = (rounds.c.title,)
