"""Hypotheses and the turns of their story: this room's only use of SQLAlchemy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Column, ForeignKey, String, Table, Text, delete, insert, select, update

from workbench.store.records import Connection, metadata

__all__ = [
    "Hypothesis",
    "Turn",
    "add_hypothesis",
    "add_text",
    "add_turn",
    "asked",
    "list_hypotheses",
    "note_asked",
    "remove_hypothesis",
    "reword",
    "texts_of_all",
]

_id = String(36)

hypotheses = Table(
    "hypotheses",
    metadata,
    Column("id", _id, primary_key=True),
    Column("effect", String(50), nullable=False),
    Column("determinant", String(50), nullable=False),
)

turns = Table(
    "hypothesis_turns",
    metadata,
    Column("id", _id, primary_key=True),
    Column("hypothesis_id", _id, ForeignKey("hypotheses.id"), nullable=False, index=True),
    Column("standing", String(20), nullable=False),
    Column("day", String(10), nullable=False),
    Column("author", String(100), nullable=False),
    Column("created", String(32), nullable=False),
)

# Words have an id of their own each, for what was found in them refers to it.
texts = Table(
    "hypothesis_texts",
    metadata,
    Column("id", _id, primary_key=True),
    Column("turn_id", _id, ForeignKey("hypothesis_turns.id"), nullable=False, index=True),
    Column("part", String(10), nullable=False),
    Column("text", Text, nullable=False),
)


prompts_asked = Table(
    "prompts_asked",
    metadata,
    Column("prompt", String(50), primary_key=True),
    Column("actor", String(100), primary_key=True),
    Column("day", String(10), nullable=False),
)


@dataclass(frozen=True)
class Turn:
    """One turn of a hypothesis: what became of it on a day, in which words it is held since (empty: as before), why."""

    id: str
    standing: str
    day: str
    author: str
    created: str
    words: str = ""
    grounds: str = ""


@dataclass(frozen=True)
class Hypothesis:
    """What the researcher holds to promote or inhibit, from which determinant, and its story, the oldest turn first."""

    id: str
    effect: str
    determinant: str
    story: tuple[Turn, ...]

    @property
    def standing(self) -> str:
        """Where it stands: as its last turn says."""
        return self.story[-1].standing

    @property
    def before(self) -> str:
        """What was held before the study; empty where it came during it."""
        return self.story[0].words if self.story[0].standing == "before" else ""

    @property
    def words(self) -> str:
        """The words it was last held in, given up or not."""
        return next(turn.words for turn in reversed(self.story) if turn.words)

    @property
    def now(self) -> str:
        """What is held now; empty where it was given up."""
        return "" if self.standing == "given_up" else self.words


def add_hypothesis(connection: Connection, identity: str, effect: str, determinant: str) -> None:
    """Add a hypothesis, whose first turn is to follow."""
    connection.execute(insert(hypotheses), {"id": identity, "effect": effect, "determinant": determinant})


def add_turn(connection: Connection, hypothesis_id: str, values: Mapping[str, str]) -> None:
    """Add a turn: id, standing, day, author, created."""
    connection.execute(insert(turns), {"hypothesis_id": hypothesis_id, **values})


def add_text(connection: Connection, identity: str, turn_id: str, part: str, text: str) -> None:
    """Add a turn's `words` or `grounds`."""
    connection.execute(insert(texts), {"id": identity, "turn_id": turn_id, "part": part, "text": text})


def list_hypotheses(connection: Connection) -> list[Hypothesis]:
    """Return all hypotheses with their stories, in the order in which they were written down."""
    said: dict[str, dict[str, str]] = {}
    for row in connection.execute(select(texts)):
        said.setdefault(row.turn_id, {})[row.part] = row.text
    stories: dict[str, list[Turn]] = {}
    for row in connection.execute(select(turns).order_by(turns.c.day, turns.c.id)):
        turn = Turn(row.id, row.standing, row.day, row.author, row.created, **said.get(row.id, {}))
        stories.setdefault(row.hypothesis_id, []).append(turn)
    return [
        Hypothesis(row.id, row.effect, row.determinant, tuple(stories[row.id]))
        for row in connection.execute(select(hypotheses).order_by(hypotheses.c.id))
    ]


def remove_hypothesis(connection: Connection, identity: str) -> list[str]:
    """Remove a hypothesis with its story; returns the ids of its texts."""
    mine = select(turns.c.id).where(turns.c.hypothesis_id == identity)
    gone = list(connection.execute(select(texts.c.id).where(texts.c.turn_id.in_(mine))).scalars())
    connection.execute(delete(texts).where(texts.c.turn_id.in_(mine)))
    connection.execute(delete(turns).where(turns.c.hypothesis_id == identity))
    connection.execute(delete(hypotheses).where(hypotheses.c.id == identity))
    return gone


def asked(connection: Connection, actor: str) -> dict[str, str]:
    """Return when each question to oneself was asked last, as a date, by its id."""
    query = select(prompts_asked).where(prompts_asked.c.actor == actor)
    return {row.prompt: row.day for row in connection.execute(query)}


def note_asked(connection: Connection, prompt: str, actor: str, day: str) -> None:
    """Note that a question was asked."""
    here = (prompts_asked.c.prompt == prompt) & (prompts_asked.c.actor == actor)
    if not connection.execute(update(prompts_asked).where(here).values(day=day)).rowcount:
        connection.execute(insert(prompts_asked), {"prompt": prompt, "actor": actor, "day": day})


# --- what masks go over ---


def texts_of_all(connection: Connection) -> list[tuple[str, str]]:
    """Return id and text of all words and grounds."""
    return [(row.id, row.text) for row in connection.execute(select(texts))]


def reword(connection: Connection, text_id: str, text: str) -> None:
    """Replace words or grounds by masked ones."""
    connection.execute(update(texts).where(texts.c.id == text_id).values(text=text))
