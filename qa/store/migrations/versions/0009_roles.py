"""Roles of a call that people set."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import moment, number

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "role_changes",
        sa.Column("id", number(), nullable=False),
        sa.Column("call_id", number(), nullable=False),
        sa.Column("user_id", number(), nullable=True),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_id"], ["calls.id"], name="fk_role_changes_call_id_calls", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_role_changes_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_role_changes"),
    )
    op.create_index("ix_role_changes_call_id", "role_changes", ["call_id"])
