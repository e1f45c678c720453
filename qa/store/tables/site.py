"""What a site decides: targets and who set them, settings."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from qa.store.tables.base import created, flag, key, link, metadata
from qa.store.types import CleanText, UTCDateTime, big_key, json_type

targets = Table(
    "targets",
    metadata,
    key(),
    Column("kpi", String(64), nullable=False),
    Column("team_id", big_key(), ForeignKey("teams.id", ondelete="CASCADE")),
    Column("value", Float, nullable=False),
    UniqueConstraint("kpi", "team_id"),
    Index(
        "uq_targets_site",
        "kpi",
        unique=True,
        sqlite_where=text("team_id IS NULL"),
        postgresql_where=text("team_id IS NULL"),
    ),
)

target_changes = Table(
    "target_changes",
    metadata,
    key(),
    Column("kpi", String(64), nullable=False),
    Column("team_id", big_key(), ForeignKey("teams.id", ondelete="CASCADE")),
    Column("value", Float),
    link("user_id", "users.id"),
    created(),
    Index("ix_target_changes_kpi_team_id", "kpi", "team_id"),
)

site_settings = Table(
    "site_settings",
    metadata,
    Column("key", CleanText(), primary_key=True),
    Column("value", json_type()),
    Column("updated_at", UTCDateTime(), nullable=False),
)

annotations = Table(
    "annotations",
    metadata,
    key(),
    Column("first_day", Integer, nullable=False),
    Column("last_day", Integer, nullable=False),
    Column("text", CleanText(), nullable=False),
    Column("team_id", big_key(), ForeignKey("teams.id", ondelete="CASCADE")),
    Column("queue_id", big_key(), ForeignKey("queues.id", ondelete="CASCADE")),
    flag("generated"),
    link("user_id", "users.id"),
    created(),
    Column("removed_at", UTCDateTime()),
    link("removed_by", "users.id"),
    Index("ix_annotations_first_day", "first_day"),
)
