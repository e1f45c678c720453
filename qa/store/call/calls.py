"""Calls as rows: registered once by content hash, changed, found, deleted.

Reviews are written by ``qa.store.call.reviews`` and read by ``qa.store.call.detail``.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select, update

from qa.errors import NotFound
from qa.store.call.removal_kinds import RemovedPart
from qa.store.database import Transaction
from qa.store.kinds import CallSource, CallStatus, Direction
from qa.store.scope import Scope
from qa.store.tables import calls, pick, removals
from qa.store.upsert import insert_absent

KEY_LENGTH = 12


@dataclass(frozen=True, slots=True)
class NewCall:
    """A recording (or a transcript alone) to register.

    ``media`` is its place in the recordings folder and ``transcript_file`` that of words made elsewhere,
    ``local_day`` the site's day of ``started_at``.
    """

    sha256: str
    file_name: str
    started_at: datetime
    local_day: int
    source: CallSource
    media: str | None = None
    transcript_file: str | None = None
    generated: bool = False
    direction: Direction | None = None
    agent_id: int | None = None
    team_id: int | None = None
    queue_id: int | None = None
    customer_hash: str | None = None
    duration: float | None = None
    channels: int | None = None
    sample_rate: int | None = None
    codec: str | None = None
    size: int | None = None
    language: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Registered:
    """A call's number and key. ``already``: it was here before and nothing was changed."""

    call_id: int
    key: str
    status: CallStatus
    reason: str | None
    already: bool


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What the worker needs to know of a call before it reviews it."""

    call_id: int
    key: str
    sha256: str
    file_name: str
    media: str | None
    transcript_file: str | None
    status: CallStatus
    direction: Direction | None
    queue_id: int | None
    language: str | None
    started_at: datetime
    agent_id: int | None = None


def key_of(sha256: str) -> str:
    """The short name of a call in addresses and on the command line."""
    return sha256[:KEY_LENGTH]


def register(tx: Transaction, new: NewCall) -> Registered:
    """Make a call of a recording, or find the one that the same content made before.

    Raises:
        ValueError: ``started_at`` has no time zone.
    """
    made = insert_absent(tx, calls, call_row(new))
    row = tx.execute(
        select(*pick(calls, "id", "key", "status", "reason")).where(calls.c.sha256 == new.sha256)
    ).one()
    return Registered(row.id, row.key, row.status, row.reason, already=not made)


def call_row(new: NewCall) -> dict[str, Any]:
    """A row of ``calls`` that waits for its review."""
    fields: dict[str, Any] = {name: getattr(new, name) for name in NewCall.__dataclass_fields__}
    return fields | {"key": key_of(new.sha256), "status": CallStatus.WAITING, "flags": list(new.flags)}


def find_sha256(tx: Transaction, sha256: str) -> Registered | None:
    """The call made of this content, ``None`` when it is new."""
    row = tx.execute(
        select(*pick(calls, "id", "key", "status", "reason")).where(calls.c.sha256 == sha256)
    ).one_or_none()
    return None if row is None else Registered(row.id, row.key, row.status, row.reason, already=True)


def call_id_of(tx: Transaction, key: str, scope: Scope) -> int:
    """The number of a call by its key.

    Raises:
        NotFound: there is no such call, or it is not this viewer's (the sentence is the same).
    """
    found = tx.scalar(select(calls.c.id).where(calls.c.key == key, scope.reach()))
    if found is None:
        raise NotFound(f"There is no call {key!r} that you may see; check the key in the list of calls.")
    return int(found)


def call_in_scope(tx: Transaction, key: str, scope: Scope) -> bool:
    """True when the call exists and this viewer may see it. The media route asks this for every range."""
    return tx.scalar(select(calls.c.id).where(calls.c.key == key, scope.reach())) is not None


def keys_within(tx: Transaction, scope: Scope, keys: Collection[str]) -> frozenset[str]:
    """Those of these keys whose findings this viewer may see."""
    return frozenset(tx.scalars(select(calls.c.key).where(calls.c.key.in_(list(keys)), scope.clause())))


def get_facts(tx: Transaction, call_id: int) -> CallFacts:
    """What the worker starts from.

    Raises:
        NotFound: there is no such call.
    """
    names = [name for name in CallFacts.__dataclass_fields__ if name != "call_id"]
    row = tx.execute(
        select(calls.c.id, *(calls.c[name] for name in names)).where(calls.c.id == call_id)
    ).one_or_none()
    if row is None:
        raise NotFound(f"There is no call number {call_id}; it may have been deleted.")
    return CallFacts(*row)


def save_failure(tx: Transaction, call_id: int, reason: str) -> None:
    """Mark a call as failed, with the sentence; what an earlier review found stays."""
    tx.execute(update(calls).where(calls.c.id == call_id).values(status=CallStatus.FAILED, reason=reason))


def is_empty(tx: Transaction) -> bool:
    """True when no call was ever taken in, or all are gone."""
    return tx.scalar(select(calls.c.id).limit(1)) is None


def all_media(tx: Transaction) -> frozenset[str]:
    """Every file that a call owns in the recordings folder; other files there are orphans."""
    rows = tx.execute(select(calls.c.media, calls.c.transcript_file))
    return frozenset(place for row in rows for place in row if place is not None)


def give_transcript(tx: Transaction, call_id: int, place: str) -> bool:
    """Words that came after their recording; False when the call has some from elsewhere already, or lost
    its words for good.
    """
    gone = exists().where(removals.c.call_id == calls.c.id, removals.c.part == RemovedPart.WORDS)
    without = (calls.c.id == call_id) & calls.c.transcript_file.is_(None) & ~gone
    return tx.execute(update(calls).where(without).values(transcript_file=place)).rowcount > 0
