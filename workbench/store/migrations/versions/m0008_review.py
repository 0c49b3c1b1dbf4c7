"""Co-research: rounds, what is looked at in them, invitations, answers, decisions, and the words of the last two."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def _id(name: str = "id") -> sa.Column[str]:
    return sa.Column(name, sa.String(length=36), nullable=False)


def _text(name: str, length: int, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "review_rounds",
        _id(),
        _text("title", 200),
        sa.Column("blind", sa.Boolean(), nullable=False),
        _text("deadline", 10, nullable=True),
        _text("created", 32),
        _text("closed", 32, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_rounds")),
    )
    op.create_table(
        "review_items",
        _id(),
        _id("round_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        _id("coding_id"),
        sa.Column("hard", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["review_rounds.id"], name=op.f("fk_review_items_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_items")),
    )
    op.create_table(
        "review_invitations",
        _id(),
        _id("round_id"),
        _text("reviewer", 100),
        _text("link", 64),
        _text("device", 64, nullable=True),
        _text("expires", 32),
        _text("withdrawn", 32, nullable=True),
        _text("created", 32),
        sa.ForeignKeyConstraint(["round_id"], ["review_rounds.id"], name=op.f("fk_review_invitations_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_invitations")),
        sa.UniqueConstraint("link", name=op.f("uq_review_invitations_link")),
    )
    op.create_table(
        "review_answers",
        _id(),
        _id("item_id"),
        _text("reviewer", 100),
        _text("stance", 20),
        sa.Column("reading", sa.Text(), nullable=True),
        _text("text_id", 36, nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("seen", sa.Text(), nullable=True),
        _text("created", 32),
        sa.ForeignKeyConstraint(["item_id"], ["review_items.id"], name=op.f("fk_review_answers_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_answers")),
    )
    op.create_table(
        "review_texts",
        _id(),
        _id("about"),
        _text("author", 100),
        sa.Column("text", sa.Text(), nullable=False),
        _text("created", 32),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_texts")),
    )
    op.create_table(
        "review_decisions",
        _id(),
        _id("item_id"),
        _text("outcome", 20),
        sa.Column("present", sa.Text(), nullable=False),
        _text("author", 100),
        _text("created", 32),
        sa.ForeignKeyConstraint(["item_id"], ["review_items.id"], name=op.f("fk_review_decisions_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_decisions")),
    )
    indexed = {
        "review_items": ("round_id", "coding_id"), "review_invitations": ("round_id",), "review_answers": ("item_id",),
        "review_texts": ("about",), "review_decisions": ("item_id",),
    }  # fmt: skip
    for table, columns in indexed.items():
        for column in columns:
            op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
