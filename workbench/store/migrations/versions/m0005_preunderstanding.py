"""Preunderstanding: hypotheses, the turns of their story, and the words of each turn."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def _id(name: str = "id") -> sa.Column[str]:
    return sa.Column(name, sa.String(length=36), nullable=False)


def upgrade() -> None:
    op.create_table(
        "hypotheses",
        _id(),
        sa.Column("effect", sa.String(length=50), nullable=False),
        sa.Column("determinant", sa.String(length=50), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hypotheses")),
    )
    op.create_table(
        "hypothesis_turns",
        _id(),
        _id("hypothesis_id"),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("author", sa.String(length=100), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["hypothesis_id"], ["hypotheses.id"], name=op.f("fk_hypothesis_turns_hypothesis_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hypothesis_turns")),
    )
    op.create_index(op.f("ix_hypothesis_turns_hypothesis_id"), "hypothesis_turns", ["hypothesis_id"], unique=False)
    op.create_table(
        "hypothesis_texts",
        _id(),
        _id("turn_id"),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["turn_id"], ["hypothesis_turns.id"], name=op.f("fk_hypothesis_texts_turn_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hypothesis_texts")),
    )
    op.create_index(op.f("ix_hypothesis_texts_turn_id"), "hypothesis_texts", ["turn_id"], unique=False)
