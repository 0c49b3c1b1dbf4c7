"""An index that counts a statement's codings without its counter-examples, and without opening the table."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_index(
        op.f("ix_statement_codings_counted"),
        "statement_codings",
        ["statement_id", "counter", "coding_id"],
        unique=False,
    )
