"""Forms as they were filled, each on a day: this room's only use of SQLAlchemy."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    delete,
    or_,
    select,
    update,
)

from workbench.store.records import Connection, forget_revisions, history_of, metadata
from workbench.store.rows import row_kind

__all__ = [
    "ANSWER",
    "KINDS",
    "MARK",
    "SHORT",
    "WORDS",
    "Answer",
    "answers_of",
    "forget_answer",
    "forget_filler",
    "list_answers",
    "reword",
    "rows_of",
    "words_of_all",
]

_id = String(36)

answers = Table(
    "form_answers",
    metadata,
    Column("id", _id, primary_key=True),
    Column("form", String(50), nullable=False, index=True),
    Column("informant_id", _id, ForeignKey("informants.id"), index=True),
    Column("day", String(10), nullable=False),
    Column("filled_by", String(200), nullable=False),
    Column("created", String(32), nullable=False),
)

marks = Table(
    "form_marks",
    metadata,
    Column("id", _id, primary_key=True),
    Column("answer_id", _id, ForeignKey("form_answers.id"), nullable=False, index=True),
    Column("item", String(50), nullable=False),
    Column("value", Integer, nullable=False),
    UniqueConstraint("answer_id", "item"),
)

words = Table(
    "form_words",
    metadata,
    Column("id", _id, primary_key=True),
    Column("answer_id", _id, ForeignKey("form_answers.id"), nullable=False, index=True),
    Column("item", String(50), nullable=False),
    Column("text", Text, nullable=False),
    UniqueConstraint("answer_id", "item"),
)

MARK = row_kind("form_mark", marks)
WORDS = row_kind("form_words", words)
ANSWER = row_kind("form_answer", answers, ((marks, "answer_id"), (words, "answer_id")))
KINDS = {kind.name: kind for kind in (ANSWER, MARK, WORDS)}


@dataclass(frozen=True)
class Answer:
    """A form as it was filled on a day, about an informant or nobody.

    `marks` is what was ticked (1) or scored, `words` what was written, by item.
    """

    id: str
    form: str
    informant_id: str | None
    day: str
    filled_by: str
    created: str
    marks: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def list_answers(connection: Connection, form: str | None = None, id: str | None = None) -> list[Answer]:
    """Return answers by day: all, those of a form, or one."""
    query = select(answers).order_by(answers.c.day, answers.c.id)
    for column, value in ((answers.c.form, form), (answers.c.id, id)):
        query = query if value is None else query.where(column == value)
    found = {row.id: Answer(*row) for row in connection.execute(query)}
    for row in connection.execute(select(marks)):
        if row.answer_id in found:
            found[row.answer_id].marks[row.item] = row.value
    for row in connection.execute(select(words)):
        if row.answer_id in found:
            found[row.answer_id].words[row.item] = row.text
    return list(found.values())


def rows_of(connection: Connection, answer_id: str) -> dict[str, str]:
    """Return the ids of what was marked and written in an answer, by item; an item has one of the two."""
    return {
        row.item: row.id
        for table in (marks, words)
        for row in connection.execute(select(table.c.item, table.c.id).where(table.c.answer_id == answer_id))
    }


def answers_of(connection: Connection, informant_id: str, code: str) -> list[str]:
    """Return the ids of the answers about one informant, and of those about nobody which they filled in, by code."""
    theirs = and_(answers.c.informant_id.is_(None), answers.c.filled_by == code)
    query = select(answers.c.id).where(or_(answers.c.informant_id == informant_id, theirs))
    return list(connection.execute(query).scalars())


def forget_filler(connection: Connection, code: str) -> None:
    """No longer tell that somebody filled in what is about others."""
    connection.execute(update(answers).where(answers.c.filled_by == code).values(filled_by=""))


def words_of_all(connection: Connection) -> list[tuple[str, str]]:
    """Return id and text of everything that was written into forms."""
    return [(row.id, row.text) for row in connection.execute(select(words.c.id, words.c.text).order_by(words.c.id))]


def reword(connection: Connection, identity: str, text: str) -> None:
    """Replace what was written under an id by its masked form."""
    connection.execute(update(words).where(words.c.id == identity).values(text=text))


def forget_answer(connection: Connection, answer_id: str) -> list[str]:
    """Remove an answer for good, also from what undo remembers; returns the ids under which words were written."""
    remembered = [row for kind in (MARK, WORDS) for row in history_of(connection, kind.name)]
    inside = {row.thing for row in remembered if (row.before or row.after or {}).get("answer_id") == answer_id}
    forget_revisions(connection, inside | {answer_id})
    written = connection.execute(select(words.c.id).where(words.c.answer_id == answer_id)).scalars().all()
    for table in (marks, words):
        connection.execute(delete(table).where(table.c.answer_id == answer_id))
    connection.execute(delete(answers).where(answers.c.id == answer_id))
    return list(written)


# Names of things: free text that a name may have slipped into.
SHORT = (answers.c.filled_by,)
