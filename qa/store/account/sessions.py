"""Server-side sessions and the count of failed tries to sign in.

Of a session id only the SHA-256 is kept, so a copy of the database signs nobody in.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, insert, select, update

from qa.store.database import Transaction
from qa.store.names import name_key
from qa.store.tables import pick, sessions, signin_attempts
from qa.store.types import utc_now

SKEW = timedelta(minutes=1)
"""Clocks of the machines of a fleet may differ by as much."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lives: ``absolute`` from sign-in, ``idle`` from the last sign of life."""

    absolute: timedelta = timedelta(hours=12)
    idle: timedelta = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Session:
    """A live session."""

    sid_hash: str
    user_id: int
    address: str | None
    created_at: datetime
    last_seen: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Failures:
    """Failed tries since a moment, and the newest of them; success wipes a user's count."""

    by_user: int
    by_address: int
    newest: datetime | None


def create(
    tx: Transaction, sid: str, user_id: int, lifetime: Lifetime, *, address: str | None = None
) -> None:
    """Start a session. ``sid`` is random text of at least 128 bits from the caller."""
    now = utc_now()
    row = {"sid_hash": sid_hash(sid), "user_id": user_id, "address": address, "created_at": now}
    tx.execute(insert(sessions).values(**row, last_seen=now, expires_at=now + lifetime.absolute))


def find(tx: Transaction, sid: str, lifetime: Lifetime, *, now: datetime | None = None) -> Session | None:
    """The session of an id; ``None`` when it is unknown, revoked, too old or idle for too long."""
    moment = now or utc_now()
    live = _live(moment, lifetime) & (sessions.c.sid_hash == sid_hash(sid))
    row = tx.execute(_query().where(live)).one_or_none()
    return None if row is None else Session(*row)


def touch(tx: Transaction, sid: str, *, now: datetime | None = None) -> None:
    """A sign of life. Call it at most once a minute or so: it is a write."""
    live = (sessions.c.sid_hash == sid_hash(sid)) & sessions.c.revoked_at.is_(None)
    tx.execute(update(sessions).where(live).values(last_seen=now or utc_now()))


def revoke(tx: Transaction, sid: str) -> None:
    """Sign one session out."""
    _revoke(tx, sessions.c.sid_hash == sid_hash(sid))


def revoke_all(tx: Transaction, user_id: int) -> int:
    """Sign a user out everywhere; gives how many sessions ended."""
    return _revoke(tx, sessions.c.user_id == user_id)


def list_sessions(tx: Transaction, user_id: int, lifetime: Lifetime) -> tuple[Session, ...]:
    """A user's live sessions, the one used last first."""
    query = _query().where(_live(utc_now(), lifetime), sessions.c.user_id == user_id)
    return tuple(Session(*row) for row in tx.execute(query.order_by(sessions.c.last_seen.desc())))


def count_live(tx: Transaction, now: datetime, lifetime: Lifetime) -> int:
    """How many sessions live at a moment."""
    return int(tx.scalar(select(func.count()).select_from(sessions).where(_live(now, lifetime))) or 0)


def purge(tx: Transaction, before: datetime) -> int:
    """Delete sessions that expired or were revoked, and tries to sign in, before a moment."""
    over = (sessions.c.expires_at < before) | (sessions.c.revoked_at < before)
    gone = tx.execute(delete(sessions).where(over)).rowcount
    return gone + tx.execute(delete(signin_attempts).where(signin_attempts.c.at < before)).rowcount


def record_attempt(tx: Transaction, name: str, address: str, *, succeeded: bool) -> None:
    """Remember a try to sign in under a typed name from an address."""
    tx.execute(insert(signin_attempts).values(name_key=_key(name), address=address, succeeded=succeeded))


def failures(tx: Transaction, name: str, address: str, since: datetime) -> Failures:
    """Failed tries since a moment: of a user name (since its last success) and of an address."""
    t = signin_attempts.c
    # What lies in the future was noted while a clock was ahead; it would lock out, or let in, that long.
    past = t.at <= utc_now() + SKEW
    named = (t.name_key == _key(name)) & past
    success = tx.scalar(select(func.max(t.at)).where(named, t.succeeded))
    start = max(since, success) if success else since
    by_user = tx.execute(select(func.count(), func.max(t.at)).where(named, ~t.succeeded, t.at > start)).one()
    here = (t.address == address) & ~t.succeeded & (t.at > since) & past
    by_address = tx.execute(select(func.count(), func.max(t.at)).where(here)).one()
    moments = [moment for _, moment in (by_user, by_address) if moment is not None]
    return Failures(by_user[0], by_address[0], max(moments, default=None))


def sid_hash(sid: str) -> str:
    """What is kept of a session id."""
    return hashlib.sha256(sid.encode()).hexdigest()


def _key(name: str) -> str:
    return name_key(name) if name.strip() else ""


def _live(now: datetime, lifetime: Lifetime) -> ColumnElement[bool]:
    fresh = (sessions.c.expires_at > now) & (sessions.c.last_seen > now - lifetime.idle)
    return fresh & sessions.c.revoked_at.is_(None)


def _query() -> Select[Any]:
    return select(*pick(sessions, "sid_hash", "user_id", "address", "created_at", "last_seen", "expires_at"))


def _revoke(tx: Transaction, which: ColumnElement[bool]) -> int:
    live = sessions.c.revoked_at.is_(None)
    return tx.execute(update(sessions).where(which, live).values(revoked_at=utc_now())).rowcount
