"""What operators see of the work: which workers live, and how long each stage of a review takes."""

from sqlalchemy import BigInteger, Column, Float, Integer, Table

from qa.store.tables.base import created, metadata
from qa.store.types import CleanText, UTCDateTime

workers = Table(
    "workers",
    metadata,
    Column("executor", CleanText(), primary_key=True),
    Column("host", CleanText(), nullable=False),
    Column("version", CleanText(), nullable=False),
    created("started_at"),
    Column("last_sign", UTCDateTime(), nullable=False),
    Column("stopped_at", UTCDateTime()),
)

stage_seconds = Table(
    "stage_seconds",
    metadata,
    Column("executor", CleanText(), primary_key=True),
    Column("stage", CleanText(), primary_key=True),
    Column("bucket", Integer, primary_key=True, autoincrement=False),
    Column("reviews", BigInteger, nullable=False),
    Column("seconds", Float, nullable=False),
)
"""``bucket``: the place in ``qa.store.work.stages.BUCKETS`` of the first limit that the time is not over."""
