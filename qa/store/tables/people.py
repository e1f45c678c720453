"""Teams, agents, queues. ``name_key`` is the folded name: one person, one row, however it is typed."""

from sqlalchemy import Column, Integer, LargeBinary, Table

from qa.store.tables.base import created, flag, key, link, metadata, part_of
from qa.store.types import CleanText, UTCDateTime

teams = Table(
    "teams",
    metadata,
    key(),
    Column("name_key", CleanText(), nullable=False, unique=True),
    Column("name", CleanText(), nullable=False),
    flag("generated"),
    created(),
)

agents = Table(
    "agents",
    metadata,
    key(),
    Column("name_key", CleanText(), nullable=False, unique=True),
    Column("name", CleanText(), nullable=False),
    link("team_id", "teams.id"),
    flag("generated"),
    created(),
)

queues = Table(
    "queues",
    metadata,
    key(),
    Column("name_key", CleanText(), nullable=False, unique=True),
    Column("name", CleanText(), nullable=False),
    Column("language", CleanText()),
    Column("service", CleanText()),
    Column("scorecard", CleanText()),
    flag("generated"),
    created(),
)

voice_profiles = Table(
    "voice_profiles",
    metadata,
    part_of("agent_id", "agents.id", primary_key=True, autoincrement=False),
    Column("vector", LargeBinary, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("updated_at", UTCDateTime(), nullable=False),
)
