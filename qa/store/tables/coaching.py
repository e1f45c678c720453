"""Coaching: sessions, who is coached, the moments heard together; and the action items that people owe.

Private notes lie in a table of their own, so that no read of a session can bring them along.
"""

from sqlalchemy import Boolean, CheckConstraint, Column, Float, ForeignKey, Index, Integer, Table

from qa.records import Verdict
from qa.store.coaching.kinds import CoachingState, ItemOrigin, ItemState
from qa.store.tables.base import created, flag, key, link, metadata, part_of
from qa.store.types import CleanText, UTCDateTime, big_key, json_type, words

coaching_sessions = Table(
    "coaching_sessions",
    metadata,
    key(),
    Column("criterion", CleanText(), nullable=False),
    Column("focus", CleanText(), nullable=False),
    link("coach_id", "users.id", nullable=False),
    Column("state", words(CoachingState, "state"), nullable=False),
    Column("planned_day", Integer),
    Column("try_aloud", CleanText(), nullable=False),
    Column("goal", CleanText(), nullable=False),
    Column("goal_value", Float),
    Column("action", CleanText(), nullable=False),
    Column("due_day", Integer),
    Column("notes", CleanText(), nullable=False),
    Column("evidence", json_type()),
    flag("generated"),
    created("prepared_at"),
    Column("held_at", UTCDateTime()),
    Column("held_day", Integer),
    Column("acknowledged_at", UTCDateTime()),
    Column("followed_up_at", UTCDateTime()),
    Column("follow_up_note", CleanText(), nullable=False),
    CheckConstraint("goal_value BETWEEN 0 AND 100", name="goal_value"),
    Index("ix_coaching_sessions_state_due_day", "state", "due_day"),
)

coaching_members = Table(
    "coaching_members",
    metadata,
    part_of("session_id", "coaching_sessions.id", primary_key=True),
    Column("agent_id", big_key(), ForeignKey("agents.id"), primary_key=True, index=True),
    Column("acknowledged_at", UTCDateTime()),
    link("acknowledged_by", "users.id"),
    Column("own_words", CleanText(), nullable=False),
    sqlite_with_rowid=False,
)

coaching_moments = Table(
    "coaching_moments",
    metadata,
    key(),
    part_of("session_id", "coaching_sessions.id", index=True),
    Column("position", Integer, nullable=False),
    part_of("call_id", "calls.id", index=True),
    Column("start", Float),
    Column("end", Float),
    Column("utterances", json_type(), nullable=False),
    Column("quote", CleanText(), nullable=False),
    Column("verdict", words(Verdict, "verdict"), nullable=False),
    Column("good", Boolean, nullable=False),
)

coaching_private_notes = Table(
    "coaching_private_notes",
    metadata,
    part_of("session_id", "coaching_sessions.id", primary_key=True),
    Column("user_id", big_key(), ForeignKey("users.id"), primary_key=True),
    Column("text", CleanText(), nullable=False),
    Column("changed_at", UTCDateTime(), nullable=False),
    sqlite_with_rowid=False,
)

action_items = Table(
    "action_items",
    metadata,
    key(),
    link("owner_id", "users.id", nullable=False),
    Column("what", CleanText(), nullable=False),
    Column("due_day", Integer, nullable=False),
    Column("state", words(ItemState, "state"), nullable=False),
    Column("origin", words(ItemOrigin, "origin"), nullable=False),
    Column("origin_id", big_key()),
    Column("kpi", CleanText()),
    Column("criterion", CleanText()),
    link("team_id", "teams.id"),
    link("agent_id", "agents.id"),
    link("made_by", "users.id"),
    flag("generated"),
    Column("made_day", Integer, nullable=False),
    created("made_at"),
    Column("closed_at", UTCDateTime()),
    Index("ix_action_items_state_due_day", "state", "due_day"),
    Index("ix_action_items_origin_origin_id", "origin", "origin_id"),
)

action_item_events = Table(
    "action_item_events",
    metadata,
    key(),
    part_of("item_id", "action_items.id", index=True),
    link("user_id", "users.id"),
    link("owner_id", "users.id", nullable=False),
    Column("due_day", Integer, nullable=False),
    Column("state", words(ItemState, "state"), nullable=False),
    Column("note", CleanText(), nullable=False),
    created("at"),
)
