"""What co-researchers code by themselves in the sources of a round."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "review_codings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("item_id", sa.String(length=36), nullable=False),
        sa.Column("coder", sa.String(length=100), nullable=False),
        sa.Column("text_id", sa.String(length=36), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=50), nullable=False),
        sa.Column("code_id", sa.String(length=36), nullable=True),
        sa.Column("effect", sa.String(length=50), nullable=False),
        sa.Column("determinant", sa.String(length=50), nullable=False),
        sa.Column("changed", sa.String(length=80), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["review_items.id"], name=op.f("fk_review_codings_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_codings")),
    )
    op.create_index(op.f("ix_review_codings_item_id"), "review_codings", ["item_id"])
