"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table of version 0.1.0."""
    op.create_table(
        "engagement", sa.Column("id", sa.String, primary_key=True), sa.Column("title", sa.String, nullable=False)
    )
    op.create_table(
        "scan",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("engagement_id", sa.String, sa.ForeignKey("engagement.id"), nullable=False, index=True),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("targets", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("tool_version", sa.String, nullable=False),
        sa.Column("model_version", sa.String, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("overall", sa.Float),
        sa.Column("coverage", sa.Float),
    )
    op.create_table(
        "subject",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("scan_id", sa.Integer, sa.ForeignKey("scan.id"), nullable=False, index=True),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("input_key", sa.String, nullable=False, index=True),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("detail", sa.String, nullable=False),
        sa.UniqueConstraint("scan_id", "key"),
    )
    op.create_table(
        "content", sa.Column("digest", sa.String, primary_key=True), sa.Column("body", sa.LargeBinary, nullable=False)
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("scan_id", sa.Integer, sa.ForeignKey("scan.id"), nullable=False, index=True),
        sa.Column("subject_key", sa.String, nullable=False),
        sa.Column("fact", sa.String, nullable=False),
        sa.Column("digest", sa.String, sa.ForeignKey("content.digest")),
        *(
            sa.Column(name, sa.String, nullable=False)
            for name in ("why", "detail", "closes", "source", "commit", "collector", "version", "caveat")
        ),
        sa.Column("observed_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("scan_id", "subject_key", "fact"),
    )
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("scan_id", sa.Integer, sa.ForeignKey("scan.id"), nullable=False, index=True),
        sa.Column("check_id", sa.String, nullable=False, index=True),
        sa.Column("subject_key", sa.String, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("value", sa.Float),
        sa.Column("points", sa.Float),
        sa.Column("because", sa.String, nullable=False),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("scan_id", sa.Integer, sa.ForeignKey("scan.id"), nullable=False, index=True),
        sa.Column("fingerprint", sa.String, nullable=False, index=True),
        *(sa.Column(name, sa.String, nullable=False) for name in ("rule", "check_id", "subject_key", "path")),
        sa.Column("line", sa.Integer),
        *(sa.Column(name, sa.String, nullable=False) for name in ("severity", "status", "message")),
    )
    op.create_table(
        "assessment",
        sa.Column("scan_id", sa.Integer, sa.ForeignKey("scan.id"), primary_key=True),
        sa.Column("model_version", sa.String, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """Drop every table."""
    for name in ("assessment", "finding", "indicator", "evidence", "content", "subject", "scan", "engagement"):
        op.drop_table(name)
