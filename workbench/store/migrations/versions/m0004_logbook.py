"""The log: entries, who was present, passages, their wordings, and questions to go back with."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def _id(name: str = "id", **options: bool) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=36), nullable=options.get("nullable", False))


def upgrade() -> None:
    op.create_table(
        "log_entries",
        _id(),
        sa.Column("happened", sa.String(length=32), nullable=False),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("logged", sa.String(length=32), nullable=False),
        sa.Column("setting", sa.String(length=100), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("observer", sa.String(length=10), nullable=False),
        sa.Column("author", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entries")),
    )
    op.create_index(op.f("ix_log_entries_happened"), "log_entries", ["happened", "id"], unique=False)
    op.create_table(
        "log_present",
        _id(),
        _id("entry_id"),
        sa.Column("who", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["log_entries.id"], name=op.f("fk_log_present_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_present")),
    )
    op.create_index(op.f("ix_log_present_entry_id"), "log_present", ["entry_id"], unique=False)
    op.create_table(
        "log_passages",
        _id(),
        _id("entry_id"),
        sa.Column("part", sa.String(length=20), nullable=False),
        _id("about_id", nullable=True),
        sa.Column("author", sa.String(length=100), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["log_entries.id"], name=op.f("fk_log_passages_entry_id")),
        sa.ForeignKeyConstraint(["about_id"], ["log_passages.id"], name=op.f("fk_log_passages_about_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_passages")),
    )
    op.create_index(op.f("ix_log_passages_entry_id"), "log_passages", ["entry_id"], unique=False)
    op.create_table(
        "log_wordings",
        _id(),
        _id("passage_id"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=100), nullable=False),
        sa.Column("written", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["passage_id"], ["log_passages.id"], name=op.f("fk_log_wordings_passage_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_wordings")),
    )
    op.create_index(op.f("ix_log_wordings_passage_id"), "log_wordings", ["passage_id"], unique=False)
    op.create_table(
        "log_follow_ups",
        _id("passage_id"),
        sa.Column("whom", sa.Text(), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=True),
        sa.Column("settled", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["passage_id"], ["log_passages.id"], name=op.f("fk_log_follow_ups_passage_id")),
        sa.PrimaryKeyConstraint("passage_id", name=op.f("pk_log_follow_ups")),
    )
