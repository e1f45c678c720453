"""Users, what they may see, their sessions and their tries to sign in."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Table

from qa.store.kinds import Role, Theme
from qa.store.tables.base import created, flag, key, link, metadata, part_of
from qa.store.types import CleanText, UTCDateTime, words

users = Table(
    "users",
    metadata,
    key(),
    Column("name_key", CleanText(), nullable=False, unique=True),
    Column("name", CleanText(), nullable=False),
    Column("display_name", CleanText(), nullable=False),
    Column("password_hash", CleanText()),
    Column("subject", CleanText(), unique=True),
    Column("role", words(Role, "role"), nullable=False),
    link("agent_id", "agents.id"),
    Column("language", CleanText()),
    Column("theme", words(Theme, "theme"), nullable=False),
    flag("disabled"),
    flag("must_change_password"),
    flag("generated"),
    created(),
    Column("last_sign_in", UTCDateTime()),
)

user_teams = Table(
    "user_teams",
    metadata,
    part_of("user_id", "users.id", primary_key=True),
    part_of("team_id", "teams.id", primary_key=True),
    sqlite_with_rowid=False,
)

sessions = Table(
    "sessions",
    metadata,
    Column("sid_hash", String(64), primary_key=True),
    part_of("user_id", "users.id", index=True),
    Column("address", CleanText()),
    created(),
    Column("last_seen", UTCDateTime(), nullable=False),
    Column("expires_at", UTCDateTime(), nullable=False),
    Column("revoked_at", UTCDateTime()),
)

signin_attempts = Table(
    "signin_attempts",
    metadata,
    key(),
    Column("name_key", CleanText(), nullable=False),
    Column("address", CleanText(), nullable=False),
    Column("succeeded", Boolean, nullable=False),
    created("at"),
    Index("ix_signin_attempts_name_key_at", "name_key", "at"),
    Index("ix_signin_attempts_address_at", "address", "at"),
)

second_factors = Table(
    "second_factors",
    metadata,
    part_of("user_id", "users.id", primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("confirmed_at", UTCDateTime()),
    Column("last_step", Integer, nullable=False),
    created(),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    part_of("user_id", "users.id", primary_key=True),
    Column("code_hash", String(64), primary_key=True),
    sqlite_with_rowid=False,
)

pending_sign_ins = Table(
    "pending_sign_ins",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    part_of("user_id", "users.id", index=True),
    Column("expires_at", UTCDateTime(), nullable=False),
)
