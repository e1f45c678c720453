"""From which day to which there are rows."""

from datetime import datetime, timedelta, tzinfo

from sqlalchemy import func, select

from qa.calendar import local_day
from qa.store.database import Transaction
from qa.store.rollups.halves import Part
from qa.store.tables import calls, comments, contacts, queue_events, surveys

_MOMENTS = {
    "surveys": (surveys.c.answered_at, surveys.c.sent_at),
    "comments": (comments.c.posted_at,),
    "contacts": (contacts.c.started_at, queue_events.c.at),
}


def extent(tx: Transaction, kind: str, zone: tzinfo) -> Part | None:
    """The days from the first row to the last, and a day more on both sides; ``None`` without any."""
    ends: list[datetime] = []
    for moment in _MOMENTS.get(kind, (calls.c.started_at,)):
        for end in (func.min, func.max):
            found = tx.scalar(select(end(moment, type_=moment.type)))
            ends += [] if found is None else [found]
    if not ends:
        return None
    more = timedelta(days=1)
    return Part(local_day(min(ends) - more, zone), local_day(max(ends) + more, zone))
