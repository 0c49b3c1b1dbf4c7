"""Revisions, so that a person's acts can be undone and the codebook shown as at any date; a codebook with branches."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("edit", sa.String(length=36), nullable=False),
        sa.Column("undoes", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("thing", sa.String(length=80), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
    )
    op.create_index(op.f("ix_revisions_seq"), "revisions", ["seq"], unique=False)
    op.create_index(op.f("ix_revisions_edit"), "revisions", ["edit"], unique=False)
    op.create_index(op.f("ix_revisions_kind_thing"), "revisions", ["kind", "thing"], unique=False)
    op.create_table(
        "links",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("one", sa.String(length=36), nullable=False),
        sa.Column("other", sa.String(length=36), nullable=False),
        sa.Column("author", sa.String(length=100), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_one"), "links", ["one"], unique=False)
    op.create_index(op.f("ix_links_other"), "links", ["other"], unique=False)
    # Written out, for alembic would make the table anew on SQLite, and codings refer to it.
    op.execute("ALTER TABLE codes ADD COLUMN parent_id VARCHAR(36) CONSTRAINT fk_codes_parent_id REFERENCES codes (id)")
    for column in (
        sa.Column("use_when", sa.Text(), nullable=True),
        sa.Column("not_when", sa.Text(), nullable=True),
        sa.Column("example", sa.Text(), nullable=True),
        sa.Column("shortcut", sa.String(length=1), nullable=True),
        sa.Column("colour", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("retired", sa.Boolean(), nullable=False, server_default=sa.false()),
    ):
        op.add_column("codes", column)
    for name in ("raw_id", "repeats"):
        op.add_column("texts", sa.Column(name, sa.String(length=36), nullable=True))
    op.add_column("statement_codings", sa.Column("counter", sa.Boolean(), nullable=False, server_default=sa.false()))
    _give_codes_a_first_revision()


def _give_codes_a_first_revision() -> None:
    """A codebook that is older than revisions is shown as at a date as well."""
    from workbench.store.identity import new_id

    connection = op.get_bind()
    for row in connection.execute(sa.text("SELECT id, theme, name, definition, created FROM codes ORDER BY id")):
        after = {
            "theme": row.theme, "name": row.name, "parent_id": None, "definition": row.definition, "use_when": None,
            "not_when": None, "example": None, "shortcut": None, "colour": 0, "retired": False, "created": row.created,
        }  # fmt: skip
        values = {
            "id": new_id(), "seq": 0, "at": row.created, "actor": "", "edit": new_id(), "kind": "code",
            "thing": row.id, "after": json.dumps(after, ensure_ascii=False),
        }  # fmt: skip
        columns = ", ".join(f'"{name}"' for name in values)
        names = ", ".join(f":{name}" for name in values)
        connection.execute(sa.text(f"INSERT INTO revisions ({columns}) VALUES ({names})"), values)  # noqa: S608  our own names
