"""What was removed and why, what must stay, and files that wait to be deleted.

``removals`` says of a call what is gone for good, so that nothing brings it back and its page can say so.
``file_removals`` is written with the rows that let go of a file: who dies in between leaves it to the next
run. ``erasures`` are requests of customers, known by a hash that leads back to nobody.
"""

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from qa.store.call.removal_kinds import RemovalCause, RemovedPart
from qa.store.tables.base import created, key, link, metadata, part_of
from qa.store.types import CleanText, UTCDateTime, big_key, json_type, words

removals = Table(
    "removals",
    metadata,
    part_of("call_id", "calls.id", primary_key=True),
    Column("part", words(RemovedPart, "part"), primary_key=True),
    Column("cause", words(RemovalCause, "cause"), nullable=False),
    created("at"),
    sqlite_with_rowid=False,
)

file_removals = Table(
    "file_removals",
    metadata,
    Column("place", CleanText(), primary_key=True),
    created(),
    sqlite_with_rowid=False,
)

legal_holds = Table(
    "legal_holds",
    metadata,
    key(),
    Column("call_id", big_key(), ForeignKey("calls.id", ondelete="CASCADE"), index=True),
    Column("customer_hash", String(64), index=True),
    Column("reason", CleanText(), nullable=False),
    Column("until_day", Integer),
    link("set_by", "users.id"),
    created("since"),
    Column("lifted_at", UTCDateTime()),
    link("lifted_by", "users.id"),
)

erasures = Table(
    "erasures",
    metadata,
    key(),
    Column("request", String(64), nullable=False, index=True),
    Column("facts", json_type(), nullable=False),
    link("user_id", "users.id"),
    created("at"),
    Column("finished_at", UTCDateTime()),
)
