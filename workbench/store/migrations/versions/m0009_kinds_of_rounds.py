"""Rounds of several kinds, over codings, statements or sources."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("review_rounds", sa.Column("kind", sa.String(length=20), nullable=False, server_default="review"))
    op.add_column("review_rounds", sa.Column("source_id", sa.String(length=36), nullable=True))
    op.add_column("review_rounds", sa.Column("informant", sa.String(length=36), nullable=True))
    op.drop_index(op.f("ix_review_items_coding_id"), "review_items")
    op.alter_column("review_items", "coding_id", new_column_name="subject")
    op.create_index(op.f("ix_review_items_subject"), "review_items", ["subject"], unique=False)
    op.add_column("review_items", sa.Column("about", sa.String(length=20), nullable=False, server_default="coding"))
