"""Forms as they were filled: dated, with what was marked and what was written."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def _part(name: str, column: "sa.Column[str] | sa.Column[int]") -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("answer_id", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=50), nullable=False),
        column,
        sa.ForeignKeyConstraint(["answer_id"], ["form_answers.id"], name=op.f(f"fk_{name}_answer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("answer_id", "item", name=op.f(f"uq_{name}_answer_id_item")),
    )
    op.create_index(op.f(f"ix_{name}_answer_id"), name, ["answer_id"])


def upgrade() -> None:
    op.create_table(
        "form_answers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("form", sa.String(length=50), nullable=False),
        sa.Column("informant_id", sa.String(length=36), nullable=True),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("filled_by", sa.String(length=200), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["informant_id"], ["informants.id"], name=op.f("fk_form_answers_informant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_answers")),
    )
    op.create_index(op.f("ix_form_answers_form"), "form_answers", ["form"])
    op.create_index(op.f("ix_form_answers_informant_id"), "form_answers", ["informant_id"])
    _part("form_marks", sa.Column("value", sa.Integer(), nullable=False))
    _part("form_words", sa.Column("text", sa.Text(), nullable=False))
