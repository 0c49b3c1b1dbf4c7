"""Who took part in research together, what a decision changed, and ways into a round that are no links."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "review_pledges",
        sa.Column("code", sa.String(length=100), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_review_pledges")),
    )
    op.create_table(
        "review_presences",
        sa.Column("code", sa.String(length=100), nullable=False),
        sa.Column("source_id", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("code", "source_id", "part", name=op.f("pk_review_presences")),
    )
    op.add_column("review_invitations", sa.Column("by_link", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("review_decisions", sa.Column("before", sa.Text(), nullable=True))
    op.add_column("review_decisions", sa.Column("after", sa.Text(), nullable=True))
