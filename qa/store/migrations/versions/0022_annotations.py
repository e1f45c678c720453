"""What happened at the site, to be read beside its charts."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import moment, number

revision = "0022"
down_revision = "0021"
TABLE = "annotations"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", number(), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("team_id", number(), nullable=True),
        sa.Column("queue_id", number(), nullable=True),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("user_id", number(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.Column("removed_at", moment(), nullable=True),
        sa.Column("removed_by", number(), nullable=True),
        _link("team_id", "teams", "CASCADE"),
        _link("queue_id", "queues", "CASCADE"),
        _link("user_id", "users", None),
        _link("removed_by", "users", None),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
    )
    op.create_index(f"ix_{TABLE}_first_day", TABLE, ["first_day"])


def _link(column: str, target: str, ondelete: str | None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=f"fk_{TABLE}_{column}_{target}", ondelete=ondelete
    )
