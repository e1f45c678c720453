"""The audit log: who did or saw what. Rows are only ever added, each chained to the one before it.

``user_id`` is no reference: an entry outlives the user it names, so it keeps the name and the role of then.
"""

from sqlalchemy import Column, Index, Integer, String, Table

from qa.store.tables.base import metadata
from qa.store.types import CleanText, UTCDateTime, big_key

audit_log = Table(
    "audit_log",
    metadata,
    Column("position", big_key(), primary_key=True, autoincrement=False),
    Column("at", UTCDateTime(), nullable=False, index=True),
    Column("act", String(32), nullable=False),
    Column("user_id", big_key()),
    Column("user_name", CleanText()),
    Column("user_role", String(32)),
    Column("subject", CleanText(), nullable=False),
    Column("detail", CleanText(), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_audit_log_subject_act", "subject", "act"),
    Index("ix_audit_log_act_position", "act", "position"),
    Index("ix_audit_log_user_id_position", "user_id", "position"),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("position", big_key(), nullable=False),
    Column("hash", String(64), nullable=False),
)

audit_anchors = Table(
    "audit_anchors",
    metadata,
    Column("number", big_key(), primary_key=True, autoincrement=False),
    Column("position", big_key(), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("at", UTCDateTime(), nullable=False),
    Column("seal", String(64), nullable=False),
)
