"""Who changed a target, and when."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import moment, number

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "target_changes",
        sa.Column("id", number(), nullable=False),
        sa.Column("kpi", sa.String(64), nullable=False),
        sa.Column("team_id", number(), nullable=True),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("user_id", number(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name="fk_target_changes_team_id_teams", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_target_changes_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_target_changes"),
    )
    op.create_index("ix_target_changes_kpi_team_id", "target_changes", ["kpi", "team_id"])
