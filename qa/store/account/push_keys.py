"""Keys of systems that push rows over HTTP. Of a key only its SHA-256 is kept, so a copy lets nobody in."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, insert, or_, select, update

from qa.errors import InvalidSetting, NotFound
from qa.store.database import Transaction
from qa.store.tables import pick, push_keys
from qa.store.types import utc_now

PREFIX = "shk_"
"""What a key begins with, so that one that leaked is recognised."""
BYTES = 24
LONGEST_NAME = 64
USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class PushKey:
    """A key without its secret. ``person`` made it; ``None`` for the command line."""

    id: int
    source: str
    person: str | None
    created_at: datetime
    last_used: datetime | None
    revoked_at: datetime | None


def make_key(tx: Transaction, source: str, person: str | None = None) -> str:
    """A new key for a source; it is given once and never again.

    Raises:
        InvalidSetting: the name of the source cannot be used.
    """
    name = source.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidSetting(f"{source!r} is no name for a source; use 1 to {LONGEST_NAME} letters.")
    secret = PREFIX + secrets.token_urlsafe(BYTES)
    values = {"source": name, "key_hash": _hash(secret), "person": person, "created_at": utc_now()}
    tx.execute(insert(push_keys).values(values))
    return secret


def find_key(tx: Transaction, secret: str) -> PushKey | None:
    """The live key with this secret; ``None`` when it is unknown or revoked."""
    c = push_keys.c
    row = tx.execute(_select().where(c.key_hash == _hash(secret), c.revoked_at.is_(None))).one_or_none()
    return None if row is None else PushKey(*row)


def note_use(tx: Transaction, key: PushKey) -> None:
    """Remember that a key was used, to the minute."""
    c, now = push_keys.c, utc_now()
    stale = or_(c.last_used.is_(None), c.last_used < now - USED_EVERY)
    tx.execute(update(push_keys).where(c.id == key.id, stale).values(last_used=now))


def revoke_key(tx: Transaction, key_id: int) -> None:
    """A key that opens nothing from now on; it stays in the list.

    Raises:
        NotFound: there is no such key.
    """
    c = push_keys.c
    if tx.scalar(select(c.id).where(c.id == key_id)) is None:
        raise NotFound(f"There is no key number {key_id}; see `python -m qa keys list`.")
    tx.execute(update(push_keys).where(c.id == key_id, c.revoked_at.is_(None)).values(revoked_at=utc_now()))


def list_keys(tx: Transaction) -> tuple[PushKey, ...]:
    """Every key, the live ones first, then the newest."""
    c = push_keys.c
    rows = tx.execute(_select().order_by(c.revoked_at.is_not(None), c.created_at.desc(), c.id.desc()))
    return tuple(PushKey(*row) for row in rows)


def _select() -> Select[Any]:
    return select(*pick(push_keys, "id", "source", "person", "created_at", "last_used", "revoked_at"))


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
