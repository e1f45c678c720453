"""What a site decides: scorecard versions, targets, settings."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, UniqueConstraint, text

from qa.store.tables.base import created, key, metadata
from qa.store.types import CleanText, UTCDateTime, big_key, json_type

scorecard_versions = Table(
    "scorecard_versions",
    metadata,
    Column("scorecard", CleanText(), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("language", CleanText()),
    Column("content", CleanText(), nullable=False),
    Column("sha256", String(64), nullable=False),
    created("published_at"),
)

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

site_settings = Table(
    "site_settings",
    metadata,
    Column("key", CleanText(), primary_key=True),
    Column("value", json_type()),
    Column("updated_at", UTCDateTime(), nullable=False),
)
