"""Coaching sessions with their members, moments and private notes; action items and their history."""

import sqlalchemy as sa
from alembic import op

from qa.store.migrations.columns import json, moment, number, words

revision = "0020"
down_revision = "0019"
VERDICTS = ("met", "partly", "not met", "not applicable", "cannot tell")


def upgrade() -> None:
    _sessions()
    _members()
    _moments()
    _notes()
    _items()
    _events()


def _link(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=f"fk_{table}_{column}_{target}", ondelete=ondelete
    )


def _sessions() -> None:
    table = "coaching_sessions"
    op.create_table(
        table,
        sa.Column("id", number(), nullable=False),
        sa.Column("criterion", sa.Text(), nullable=False),
        sa.Column("focus", sa.Text(), nullable=False),
        sa.Column("coach_id", number(), nullable=False),
        sa.Column("state", words("state", "prepared", "held", "acknowledged"), nullable=False),
        sa.Column("planned_day", sa.Integer(), nullable=True),
        sa.Column("try_aloud", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("goal_value", sa.Float(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("due_day", sa.Integer(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("evidence", json(), nullable=True),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("prepared_at", moment(), nullable=False),
        sa.Column("held_at", moment(), nullable=True),
        sa.Column("held_day", sa.Integer(), nullable=True),
        sa.Column("acknowledged_at", moment(), nullable=True),
        sa.Column("followed_up_at", moment(), nullable=True),
        sa.Column("follow_up_note", sa.Text(), nullable=False),
        sa.CheckConstraint("goal_value BETWEEN 0 AND 100", name="goal_value"),
        _link(table, "coach_id", "users"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_state_due_day", table, ["state", "due_day"])


def _members() -> None:
    table = "coaching_members"
    op.create_table(
        table,
        sa.Column("session_id", number(), nullable=False),
        sa.Column("agent_id", number(), nullable=False),
        sa.Column("acknowledged_at", moment(), nullable=True),
        sa.Column("acknowledged_by", number(), nullable=True),
        sa.Column("own_words", sa.Text(), nullable=False),
        _link(table, "session_id", "coaching_sessions", "CASCADE"),
        _link(table, "agent_id", "agents"),
        _link(table, "acknowledged_by", "users"),
        sa.PrimaryKeyConstraint("session_id", "agent_id", name=f"pk_{table}"),
        sqlite_with_rowid=False,
    )
    op.create_index(f"ix_{table}_agent_id", table, ["agent_id"])


def _moments() -> None:
    table = "coaching_moments"
    op.create_table(
        table,
        sa.Column("id", number(), nullable=False),
        sa.Column("session_id", number(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("call_id", number(), nullable=False),
        sa.Column("start", sa.Float(), nullable=True),
        sa.Column("end", sa.Float(), nullable=True),
        sa.Column("utterances", json(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("verdict", words("verdict", *VERDICTS), nullable=False),
        sa.Column("good", sa.Boolean(), nullable=False),
        _link(table, "session_id", "coaching_sessions", "CASCADE"),
        _link(table, "call_id", "calls", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_session_id", table, ["session_id"])
    op.create_index(f"ix_{table}_call_id", table, ["call_id"])


def _notes() -> None:
    table = "coaching_private_notes"
    op.create_table(
        table,
        sa.Column("session_id", number(), nullable=False),
        sa.Column("user_id", number(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_at", moment(), nullable=False),
        _link(table, "session_id", "coaching_sessions", "CASCADE"),
        _link(table, "user_id", "users"),
        sa.PrimaryKeyConstraint("session_id", "user_id", name=f"pk_{table}"),
        sqlite_with_rowid=False,
    )


def _items() -> None:
    table = "action_items"
    op.create_table(
        table,
        sa.Column("id", number(), nullable=False),
        sa.Column("owner_id", number(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_day", sa.Integer(), nullable=False),
        sa.Column("state", words("state", "open", "done", "dropped"), nullable=False),
        sa.Column(
            "origin", words("origin", "coaching", "alert", "calibration", "other"), nullable=False
        ),
        sa.Column("origin_id", number(), nullable=True),
        sa.Column("kpi", sa.Text(), nullable=True),
        sa.Column("criterion", sa.Text(), nullable=True),
        sa.Column("team_id", number(), nullable=True),
        sa.Column("agent_id", number(), nullable=True),
        sa.Column("made_by", number(), nullable=True),
        sa.Column("generated", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("made_day", sa.Integer(), nullable=False),
        sa.Column("made_at", moment(), nullable=False),
        sa.Column("closed_at", moment(), nullable=True),
        _link(table, "owner_id", "users"),
        _link(table, "made_by", "users"),
        _link(table, "team_id", "teams"),
        _link(table, "agent_id", "agents"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_state_due_day", table, ["state", "due_day"])
    op.create_index(f"ix_{table}_origin_origin_id", table, ["origin", "origin_id"])


def _events() -> None:
    table = "action_item_events"
    op.create_table(
        table,
        sa.Column("id", number(), nullable=False),
        sa.Column("item_id", number(), nullable=False),
        sa.Column("user_id", number(), nullable=True),
        sa.Column("owner_id", number(), nullable=False),
        sa.Column("due_day", sa.Integer(), nullable=False),
        sa.Column("state", words("state", "open", "done", "dropped"), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", moment(), nullable=False),
        _link(table, "item_id", "action_items", "CASCADE"),
        _link(table, "user_id", "users"),
        _link(table, "owner_id", "users"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_item_id", table, ["item_id"])
