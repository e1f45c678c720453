"""Rows that came before their recording find it when it comes (FIELD.md §4).

The same rule as ``qa.analytics.attribution``, for one call: by the call's key, file name or unique id;
surveys else by customer, when no nearer call of the 72 hours before the answer has them.
"""

import re
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, or_, select, update

from qa.store.database import Transaction
from qa.store.kinds import LinkedBy
from qa.store.tables import calls, contacts, pick, queue_events, surveys

WINDOW = timedelta(hours=72)
AROUND = timedelta(days=1)
"""How far apart two calls may begin that bear one unique id (the legs of a transfer)."""
_UNIQUE_ID = re.compile(r"\d{9,10}\.\d+")
_ENDING = re.compile(r"\.[A-Za-z0-9]{2,5}$")


def join_rows(tx: Transaction, call_id: int) -> int:
    """Give a call that is new its surveys and telephone records; gives how many rows found it."""
    names = ("id", "key", "file_name", "customer_hash", "started_at")
    call = tx.execute(select(*pick(calls, *names)).where(calls.c.id == call_id)).one()
    joined = _by_customer(tx, call) if call.customer_hash else 0
    texts = [text for text in texts_of(call.key, call.file_name) if not _shared(tx, call, text)]
    s = surveys.c
    free = or_(s.call_id.is_(None), s.linked_by == LinkedBy.CUSTOMER)
    values: dict[str, Any] = {"call_id": call_id, "linked_by": LinkedBy.CALL}
    joined += tx.execute(update(surveys).where(s.call_ref.in_(texts), free).values(values)).rowcount
    for table in (contacts, queue_events):
        waits = and_(table.c.unique_id.in_(texts), table.c.call_id.is_(None))
        joined += tx.execute(update(table).where(waits).values(call_id=call_id)).rowcount
    return joined


def texts_of(key: str, file_name: str) -> tuple[str, ...]:
    """Every text that names a call."""
    unique = _UNIQUE_ID.search(file_name)
    texts = (key, file_name, _ENDING.sub("", file_name), unique and unique[0])
    return tuple(dict.fromkeys(text for text in texts if text))


def _shared(tx: Transaction, call: Row[Any], text: str) -> bool:
    """True when another call of those days is named by the text: then it names neither."""
    c = calls.c
    near = c.started_at.between(call.started_at - AROUND, call.started_at + AROUND)
    same = c.file_name.contains(text, autoescape=True) if _UNIQUE_ID.fullmatch(text) else _named(text)
    return bool(tx.scalar(select(exists().where(near, c.id != call.id, same))))


def _named(text: str) -> ColumnElement[bool]:
    return or_(calls.c.file_name == text, calls.c.file_name.startswith(f"{text}.", autoescape=True))


def _by_customer(tx: Transaction, call: Row[Any]) -> int:
    s, begun = surveys.c, call.started_at
    mine = and_(s.customer_hash == call.customer_hash, _after(begun))
    further = select(calls.c.id).where(
        calls.c.customer_hash == call.customer_hash, calls.c.started_at < begun
    )
    free = or_(s.call_id.is_(None), and_(s.linked_by == LinkedBy.CUSTOMER, s.call_id.in_(further)))
    values: dict[str, Any] = {"call_id": call.id, "linked_by": LinkedBy.CUSTOMER}
    return int(tx.execute(update(surveys).where(mine, free).values(values)).rowcount)


def _after(begun: datetime) -> ColumnElement[bool]:
    return surveys.c.answered_at.between(begun, begun + WINDOW)
