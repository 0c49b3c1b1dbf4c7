"""The first form of the store: trail, memos, informants, material, masks, codes, codings, statements."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=50), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=True),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
        sa.UniqueConstraint("id", name=op.f("uq_audit_id")),
    )
    op.create_index(op.f("ix_audit_subject"), "audit", ["subject"], unique=False)
    op.create_table(
        "codes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("theme", sa.String(length=50), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("definition", sa.Text(), nullable=True),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codes")),
        sa.UniqueConstraint("name", name=op.f("uq_codes_name")),
    )
    op.create_table(
        "findings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=50), nullable=False),
        sa.Column("replacement", sa.Text(), nullable=False),
        sa.Column("register_id", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
    )
    op.create_index(op.f("ix_findings_owner"), "findings", ["owner"], unique=False)
    op.create_table(
        "informants",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=50), nullable=False),
        sa.Column("group", sa.String(length=100), nullable=False),
        sa.Column("recruitment", sa.String(length=200), nullable=True),
        sa.Column("consent", sa.String(length=20), nullable=True),
        sa.Column("declined", sa.Boolean(), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_informants")),
        sa.UniqueConstraint("code", name=op.f("uq_informants_code")),
    )
    op.create_table(
        "masks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("raw_start", sa.Integer(), nullable=False),
        sa.Column("raw_end", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=50), nullable=False),
        sa.Column("replacement", sa.Text(), nullable=False),
        sa.Column("register_id", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_masks")),
    )
    op.create_index(op.f("ix_masks_owner"), "masks", ["owner"], unique=False)
    op.create_table(
        "memos",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("about", sa.String(length=36), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=100), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memos")),
    )
    op.create_index(op.f("ix_memos_about"), "memos", ["about"], unique=False)
    op.create_table(
        "references",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("year", sa.String(length=20), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("pages", sa.String(length=50), nullable=True),
        sa.Column("level", sa.String(length=100), nullable=True),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_references")),
        sa.UniqueConstraint("key", name=op.f("uq_references_key")),
    )
    op.create_table(
        "statements",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("theme", sa.String(length=50), nullable=False),
        sa.Column("effect", sa.String(length=50), nullable=False),
        sa.Column("determinant", sa.String(length=50), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
    )
    op.create_table(
        "audit_payload",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["audit.seq"], name=op.f("fk_audit_payload_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_payload")),
    )
    op.create_table(
        "informant_scopes",
        sa.Column("informant_id", sa.String(length=36), nullable=False),
        sa.Column("scope", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["informant_id"], ["informants.id"], name=op.f("fk_informant_scopes_informant_id")),
        sa.PrimaryKeyConstraint("informant_id", "scope", name=op.f("pk_informant_scopes")),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("reference_id", sa.String(length=36), nullable=True),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["reference_id"], ["references.id"], name=op.f("fk_sources_reference_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("content_hash", name=op.f("uq_sources_content_hash")),
        sa.UniqueConstraint("name", name=op.f("uq_sources_name")),
    )
    op.create_table(
        "speakers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("source_id", sa.String(length=36), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("interviewer", sa.Boolean(), nullable=False),
        sa.Column("informant_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["informant_id"], ["informants.id"], name=op.f("fk_speakers_informant_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_speakers_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speakers")),
    )
    op.create_index(op.f("ix_speakers_informant_id"), "speakers", ["informant_id"], unique=False)
    op.create_index(op.f("ix_speakers_source_id"), "speakers", ["source_id"], unique=False)
    op.create_table(
        "texts",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("source_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("repairs", sa.Text(), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_texts_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_texts")),
    )
    op.create_index(op.f("ix_texts_source_id"), "texts", ["source_id"], unique=False)
    op.create_table(
        "codings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("source_id", sa.String(length=36), nullable=False),
        sa.Column("text_id", sa.String(length=36), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("theme", sa.String(length=50), nullable=False),
        sa.Column("code_id", sa.String(length=36), nullable=True),
        sa.Column("effect", sa.String(length=50), nullable=False),
        sa.Column("determinant", sa.String(length=50), nullable=False),
        sa.Column("coder", sa.String(length=100), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["code_id"], ["codes.id"], name=op.f("fk_codings_code_id")),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name=op.f("fk_codings_source_id")),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_codings_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codings")),
    )
    op.create_index("ix_codings_cell", "codings", ["determinant", "effect", "source_id", "id"], unique=False)
    op.create_index("ix_codings_count", "codings", ["id", "determinant", "effect", "theme", "source_id"], unique=False)
    op.create_index(op.f("ix_codings_source_id"), "codings", ["source_id"], unique=False)
    op.create_index(op.f("ix_codings_text_id"), "codings", ["text_id"], unique=False)
    op.create_table(
        "turns",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("text_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("time", sa.String(length=20), nullable=True),
        sa.Column("speaker_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name=op.f("fk_turns_speaker_id")),
        sa.ForeignKeyConstraint(["text_id"], ["texts.id"], name=op.f("fk_turns_text_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turns")),
    )
    op.create_index(op.f("ix_turns_text_id"), "turns", ["text_id"], unique=False)
    op.create_table(
        "coding_speakers",
        sa.Column("coding_id", sa.String(length=36), nullable=False),
        sa.Column("speaker_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["coding_id"], ["codings.id"], name=op.f("fk_coding_speakers_coding_id")),
        sa.ForeignKeyConstraint(["speaker_id"], ["speakers.id"], name=op.f("fk_coding_speakers_speaker_id")),
        sa.PrimaryKeyConstraint("coding_id", "speaker_id", name=op.f("pk_coding_speakers")),
    )
    op.create_index("ix_coding_speakers_speaker_id", "coding_speakers", ["speaker_id"], unique=False)
    op.create_table(
        "statement_codings",
        sa.Column("statement_id", sa.String(length=36), nullable=False),
        sa.Column("coding_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["coding_id"], ["codings.id"], name=op.f("fk_statement_codings_coding_id")),
        sa.ForeignKeyConstraint(["statement_id"], ["statements.id"], name=op.f("fk_statement_codings_statement_id")),
        sa.PrimaryKeyConstraint("statement_id", "coding_id", name=op.f("pk_statement_codings")),
    )
    op.create_index("ix_statement_codings_coding_id", "statement_codings", ["coding_id"], unique=False)
