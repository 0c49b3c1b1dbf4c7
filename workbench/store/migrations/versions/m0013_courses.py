"""Courses: episodes of help, who held which role, meetings and agreements."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def _part(name: str, *columns: "sa.Column[Any]") -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("course_id", sa.String(length=36), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f(f"fk_{name}_course_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_course_id"), name, ["course_id"])


def upgrade() -> None:
    op.create_table(
        "courses",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("informant_id", sa.String(length=36), nullable=True),
        sa.Column("opened", sa.String(length=10), nullable=False),
        sa.Column("closed", sa.String(length=10), nullable=True),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["informant_id"], ["informants.id"], name=op.f("fk_courses_informant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courses")),
    )
    op.create_index(op.f("ix_courses_informant_id"), "courses", ["informant_id"])
    _part(
        "course_episodes",
        sa.Column("service", sa.String(length=100), nullable=False),
        sa.Column("helper", sa.String(length=100), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("start", sa.String(length=10), nullable=False),
        sa.Column("end", sa.String(length=10), nullable=True),
        sa.Column("contacts", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=200), nullable=False),
    )
    _part(
        "course_holders",
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("holder", sa.String(length=100), nullable=False),
        sa.Column("start", sa.String(length=10), nullable=False),
        sa.Column("end", sa.String(length=10), nullable=True),
    )
    _part(
        "course_events",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=True),
        sa.Column("about", sa.String(length=300), nullable=False),
        sa.Column("who", sa.String(length=300), nullable=False),
    )
