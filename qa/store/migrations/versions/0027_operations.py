"""Workers and their signs of life, how long stages of a review take, jobs by the time they ended."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import moment

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "workers",
        sa.Column("executor", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("started_at", moment(), nullable=False),
        sa.Column("last_sign", moment(), nullable=False),
        sa.Column("stopped_at", moment(), nullable=True),
        sa.PrimaryKeyConstraint("executor", name="pk_workers"),
    )
    op.create_table(
        "stage_seconds",
        sa.Column("executor", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("bucket", sa.Integer(), nullable=False),
        sa.Column("reviews", sa.BigInteger(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("executor", "stage", "bucket", name="pk_stage_seconds"),
    )
    op.create_index("ix_jobs_finished_at", "jobs", ["finished_at"])
