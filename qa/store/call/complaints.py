"""Complaints found in calls: writing them, and reading stored calls that were not read yet."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, delete, exists, insert, select

from qa.records import Complaint
from qa.store.database import Transaction
from qa.store.site import get_setting, set_setting
from qa.store.tables import call_complaints, calls, transcripts
from qa.store.types import utc_now

READ_UP_TO = "complaints_read"


def save_complaints(tx: Transaction, found: Mapping[int, Iterable[Complaint]]) -> None:
    """Write what was found, by call, in place of what was there. A follow-up hangs on the call and stays."""
    c = call_complaints.c
    tx.execute(delete(call_complaints).where(c.call_id.in_(found)))
    rows = [complaint_row(call_id, one) for call_id, complaints in found.items() for one in complaints]
    if rows:
        tx.execute(insert(call_complaints), rows)


def complaint_row(call_id: int, complaint: Complaint) -> Mapping[str, object]:
    """A row of ``call_complaints``."""
    return {
        "call_id": call_id,
        "utterance": complaint.utterance,
        "at": complaint.at,
        "quote": complaint.quote,
        "created_at": utc_now(),
    }


def complaints_of(tx: Transaction, call_id: int) -> tuple[Complaint, ...]:
    """The complaints of one call in order."""
    c = call_complaints.c
    query = select(c.utterance, c.quote, c.at).where(c.call_id == call_id).order_by(c.utterance)
    return tuple(Complaint(row.utterance, row.quote, row.at) for row in tx.execute(query))


def complained() -> ColumnElement[bool]:
    """That a row of ``calls`` holds a complaint."""
    return exists().where(call_complaints.c.call_id == calls.c.id)


def read_up_to(tx: Transaction, version: str) -> int | None:
    """The number of the last call that was read with these phrases; ``None`` when all are read."""
    state = get_setting(tx, READ_UP_TO) or {}
    if state.get("version") != version:
        return 0
    return None if state.get("done") else int(state["call"])


def set_read_up_to(tx: Transaction, version: str, call_id: int | None) -> None:
    """Remember how far calls were read; ``None``: all of them. Later ones are read when they are heard."""
    state = {"version": version, "done": call_id is None}
    set_setting(tx, READ_UP_TO, state if call_id is None else state | {"call": call_id})


def next_to_read(tx: Transaction, after: int, limit: int) -> Sequence[int]:
    """Numbers of the next calls that have words, in order."""
    c = transcripts.c.call_id
    return tx.scalars(select(c).where(c > after).order_by(c).limit(limit)).all()
