"""Calibration rounds: the same calls judged blind by several people, and the verdicts they agree on after."""

from sqlalchemy import Column, Integer, Table

from qa.records import Verdict
from qa.store.kinds import RoundState
from qa.store.tables.base import created, flag, key, link, metadata, part_of
from qa.store.types import CleanText, UTCDateTime, big_key, words

calibration_rounds = Table(
    "calibration_rounds",
    metadata,
    key(),
    Column("name", CleanText(), nullable=False),
    Column("scorecard", CleanText(), nullable=False),
    Column("version", Integer, nullable=False),
    Column("seed", big_key()),
    Column("population", Integer),
    flag("generated"),
    link("made_by", "users.id"),
    created("made_at"),
    Column("due", UTCDateTime()),
    Column("state", words(RoundState, "state"), nullable=False),
    Column("debriefed_at", UTCDateTime()),
    Column("closed_at", UTCDateTime()),
)

reference_verdicts = Table(
    "reference_verdicts",
    metadata,
    part_of("round_id", "calibration_rounds.id", primary_key=True),
    part_of("call_id", "calls.id", primary_key=True, index=True),
    Column("key", CleanText(), primary_key=True),
    Column("verdict", words(Verdict, "verdict"), nullable=False),
    link("user_id", "users.id", nullable=False),
    created("at"),
    sqlite_with_rowid=False,
)
