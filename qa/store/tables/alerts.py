"""Alerts, the causes they rest on, what people did about them, and messages that wait to leave.

A cause is live while ``ended_at`` is empty; the index on live causes lets none raise two alerts. Rows of
``outbox`` are written in the transaction that makes what they tell of; by ``key`` a receiver knows a repeat.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, text

from qa.store.alert.alert_kinds import AlertState, AlertStep, Channel, MessageState
from qa.store.tables.base import created, flag, key, link, metadata, part_of
from qa.store.types import CleanText, UTCDateTime, big_key, json_type, words

alerts = Table(
    "alerts",
    metadata,
    key(),
    Column("rule", String(40), nullable=False),
    Column("group_key", CleanText(), nullable=False),
    Column("state", words(AlertState, "state"), nullable=False, default=AlertState.OPEN),
    Column("team_id", big_key(), ForeignKey("teams.id", ondelete="CASCADE")),
    Column("count", Integer, nullable=False),
    Column("first_day", Integer, nullable=False),
    Column("last_day", Integer, nullable=False),
    Column("facts", json_type(), nullable=False),
    flag("generated"),
    Column("ended_at", UTCDateTime()),
    created(),
    Index(
        "uq_alerts_open",
        "rule",
        "group_key",
        unique=True,
        sqlite_where=text("state = 'open' AND ended_at IS NULL"),
        postgresql_where=text("state = 'open' AND ended_at IS NULL"),
    ),
    Index("ix_alerts_state_created_at", "state", "created_at"),
)

alert_causes = Table(
    "alert_causes",
    metadata,
    key(),
    part_of("alert_id", "alerts.id", index=True),
    Column("rule", String(40), nullable=False),
    Column("cause", CleanText(), nullable=False),
    Column("ended_at", UTCDateTime()),
    created(),
    Index(
        "uq_alert_causes_live",
        "rule",
        "cause",
        unique=True,
        sqlite_where=text("ended_at IS NULL"),
        postgresql_where=text("ended_at IS NULL"),
    ),
)

alert_events = Table(
    "alert_events",
    metadata,
    key(),
    part_of("alert_id", "alerts.id", index=True),
    link("user_id", "users.id"),
    Column("step", words(AlertStep, "step"), nullable=False),
    Column("note", CleanText(), nullable=False, default=""),
    created(),
)

outbox = Table(
    "outbox",
    metadata,
    key(),
    Column("key", String(160), nullable=False, unique=True),
    Column("channel", words(Channel, "channel"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("recipient", CleanText(), nullable=False),
    Column("payload", json_type(), nullable=False),
    Column("state", words(MessageState, "state"), nullable=False, default=MessageState.WAITING),
    flag("patient"),
    Column("attempts", Integer, nullable=False, default=0),
    Column("due_at", UTCDateTime(), nullable=False),
    Column("error", String(40)),
    Column("alert_id", big_key(), ForeignKey("alerts.id", ondelete="CASCADE"), index=True),
    Column("sent_at", UTCDateTime()),
    created(),
    Index("ix_outbox_state_due_at", "state", "due_at"),
)
