"""Writing into the audit log, in the caller's transaction: a deed and its entry stand or fall together."""

import getpass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from qa.store.audit.acts import Act, Entry, Value
from qa.store.audit.chain import START, detail_text, entry_hash
from qa.store.database import Transaction
from qa.store.tables import audit_head, audit_log, users
from qa.store.types import clean, utc_now
from qa.store.upsert import insert_absent

LONGEST = 200
"""Letters of one detail: enough for a key, too few for a text."""
HEAD = 1


def note(tx: Transaction, entry: Entry, *, at: datetime | None = None) -> int:
    """Add an entry; gives its position. Call it last in a transaction: on PostgreSQL the others who write
    into the log wait from here until the transaction ends. ``at``: when it happened, where that was before.
    """
    position, previous = _head(tx)
    name, role = _who(tx, entry.user_id)
    row: dict[str, Any] = {
        "position": position + 1,
        "at": at or utc_now(),
        "act": str(entry.act),
        "user_id": entry.user_id,
        "user_name": name,
        "user_role": role,
        "subject": clean(entry.subject)[:LONGEST],
        "detail": detail_text({key: _short(value) for key, value in entry.detail.items()}),
    }
    row |= {"previous": previous, "hash": entry_hash(previous, row)}
    tx.execute(insert(audit_log).values(**row))
    head = {"position": row["position"], "hash": row["hash"]}
    tx.execute(update(audit_head).where(audit_head.c.id == HEAD).values(**head))
    return int(row["position"])


def note_once(tx: Transaction, entry: Entry, within: timedelta, *, at: datetime | None = None) -> bool:
    """Add an entry unless this user did the same to the same within so long before it; True when added."""
    c, now = audit_log.c, at or utc_now()
    same = (c.subject == entry.subject) & (c.act == str(entry.act)) & (c.user_id == entry.user_id)
    if tx.scalar(select(c.position).where(same, c.at > now - within, c.at <= now).limit(1)) is not None:
        return False
    note(tx, entry, at=at)
    return True


def by_command(act: Act, subject: str, **detail: Value) -> Entry:
    """An entry of a command, which no user of the desk gave: the account of the system did."""
    return Entry(act, None, subject, {**detail, "by": "command", "account": _account()})


def _account() -> str | None:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user may have no name
        return None


def _head(tx: Transaction) -> tuple[int, str]:
    """Position and hash of the newest entry. On PostgreSQL its row is locked, so positions have no gap."""
    query = select(audit_head.c.position, audit_head.c.hash).where(audit_head.c.id == HEAD).with_for_update()
    found = tx.execute(query).one_or_none()
    if found is None:
        last = select(audit_log.c.position, audit_log.c.hash).order_by(audit_log.c.position.desc()).limit(1)
        first = tx.execute(last).one_or_none() or (0, START)
        insert_absent(tx, audit_head, {"id": HEAD, "position": first[0], "hash": first[1]})
        found = tx.execute(query).one()
    return found[0], found[1]


def _who(tx: Transaction, user_id: int | None) -> tuple[str | None, str | None]:
    if user_id is None:
        return None, None
    found = tx.execute(select(users.c.name, users.c.role).where(users.c.id == user_id)).one_or_none()
    return (None, None) if found is None else (found[0], str(found[1]))


def _short(value: Value) -> Value:
    return clean(value)[:LONGEST] if isinstance(value, str) else value
