"""Indexes for what is asked all day: a statement's codings without counter-examples, codings by place and by code."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    for table, name, columns in (
        ("statement_codings", "counted", ["statement_id", "counter", "coding_id"]),
        ("codings", "place", ["text_id", "start", "end"]),
        ("codings", "code_id", ["code_id"]),
    ):
        op.create_index(op.f(f"ix_{table}_{name}"), table, columns, unique=False)
    op.drop_index(op.f("ix_codings_text_id"), "codings")
