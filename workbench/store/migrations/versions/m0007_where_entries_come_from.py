"""Where an entry comes from: an older log does not always tell when it was written."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("log_entries", sa.Column("origin", sa.String(length=20), nullable=False, server_default=""))
