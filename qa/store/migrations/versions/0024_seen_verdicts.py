"""Verdicts that agents have acknowledged."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import moment, number

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "seen_verdicts",
        sa.Column("call_id", number(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("user_id", number(), nullable=False),
        sa.Column("at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name="fk_seen_verdicts_call_id_calls", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_seen_verdicts_user_id_users"),
        sa.PrimaryKeyConstraint("call_id", "key", name="pk_seen_verdicts"),
        sqlite_with_rowid=False,
    )
