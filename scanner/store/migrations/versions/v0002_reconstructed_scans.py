"""Scans of a past date that git and dated records were asked for afterwards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Every scan so far was made at its time."""
    op.add_column("scan", sa.Column("reconstructed", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Forget which scans were reconstructed."""
    with op.batch_alter_table("scan") as table:
        table.drop_column("reconstructed")
