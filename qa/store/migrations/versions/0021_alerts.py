"""Alerts with their causes and events, and messages that wait to leave."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import json, moment, number, words

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", number(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("group_key", sa.Text(), nullable=False),
        sa.Column("state", words("state", "open", "acknowledged", "closed"), nullable=False),
        sa.Column("team_id", number(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.Column("facts", json(), nullable=False),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("ended_at", moment(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name="fk_alerts_team_id_teams", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
    )
    _unique("uq_alerts_open", "alerts", ["rule", "group_key"], "state = 'open' AND ended_at IS NULL")
    op.create_index("ix_alerts_state_created_at", "alerts", ["state", "created_at"])
    op.create_table(
        "alert_causes",
        sa.Column("id", number(), nullable=False),
        sa.Column("alert_id", number(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("ended_at", moment(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        _part_of_alert("alert_causes"),
        sa.PrimaryKeyConstraint("id", name="pk_alert_causes"),
    )
    op.create_index("ix_alert_causes_alert_id", "alert_causes", ["alert_id"])
    _unique("uq_alert_causes_live", "alert_causes", ["rule", "cause"], "ended_at IS NULL")
    op.create_table(
        "alert_events",
        sa.Column("id", number(), nullable=False),
        sa.Column("alert_id", number(), nullable=False),
        sa.Column("user_id", number(), nullable=True),
        sa.Column("step", words("step", "raised", "acknowledged", "closed", "ended"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", moment(), nullable=False),
        _part_of_alert("alert_events"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_alert_events_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_alert_events"),
    )
    op.create_index("ix_alert_events_alert_id", "alert_events", ["alert_id"])
    _outbox()


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", number(), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("channel", words("channel", "mail", "webhook"), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("payload", json(), nullable=False),
        sa.Column("state", words("state", "waiting", "sent", "dead"), nullable=False),
        sa.Column("patient", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", moment(), nullable=False),
        sa.Column("error", sa.String(length=40), nullable=True),
        sa.Column("alert_id", number(), nullable=True),
        sa.Column("sent_at", moment(), nullable=True),
        sa.Column("created_at", moment(), nullable=False),
        _part_of_alert("outbox"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_alert_id", "outbox", ["alert_id"])
    op.create_index("ix_outbox_state_due_at", "outbox", ["state", "due_at"])


def _part_of_alert(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["alert_id"], ["alerts.id"], name=f"fk_{table}_alert_id_alerts", ondelete="CASCADE"
    )


def _unique(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(
        name, table, columns, unique=True, sqlite_where=condition, postgresql_where=condition
    )
