"""Gatherings of learning networks, and what their teams told there."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "gatherings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("network", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gatherings")),
        sa.UniqueConstraint("network", "number", name=op.f("uq_gatherings_network_number")),
    )
    op.create_table(
        "gathering_notes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("gathering_id", sa.String(length=36), nullable=False),
        sa.Column("team", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("theme", sa.String(length=50), nullable=False),
        sa.Column("earlier_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["gathering_id"], ["gatherings.id"], name=op.f("fk_gathering_notes_gathering_id")),
        sa.ForeignKeyConstraint(["earlier_id"], ["gathering_notes.id"], name=op.f("fk_gathering_notes_earlier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathering_notes")),
    )
    op.create_index(op.f("ix_gathering_notes_gathering_id"), "gathering_notes", ["gathering_id"])
    op.create_index(op.f("ix_gathering_notes_earlier_id"), "gathering_notes", ["earlier_id"])
