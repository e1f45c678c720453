"""Complaints that customers spoke in calls. They are found again whenever roles or phrases change."""

from sqlalchemy import Column, Float, Integer, Table, UniqueConstraint

from qa.store.tables.base import created, key, metadata, part_of
from qa.store.types import CleanText

call_complaints = Table(
    "call_complaints",
    metadata,
    key(),
    part_of("call_id", "calls.id"),
    Column("utterance", Integer, nullable=False),
    Column("at", Float),
    Column("quote", CleanText(), nullable=False),
    created(),
    UniqueConstraint("call_id", "utterance"),
)
