"""Calls of some days, as an index finds them.

No index begins with the day of a call at the site. Its start lies within a margin of the same day in UTC, so
that bounds on the start beside the day read the calls near these days instead of all.
"""

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement

from qa.calendar import as_date
from qa.store.tables import calls

MARGIN = timedelta(hours=26)
"""A day of the site begins and ends within so much of the same day in UTC, whatever the zone was when a call
came in."""


def on_days(first: int | None, last: int | None) -> list[ColumnElement[bool]]:
    """The conditions on ``calls``, both days included; ``None``: no end on that side."""
    c = calls.c
    found: list[ColumnElement[bool]] = []
    if first is not None:
        found += [c.local_day >= first, c.started_at >= _midnight(first) - MARGIN]
    if last is not None:
        found += [c.local_day <= last, c.started_at < _midnight(last + 1) + MARGIN]
    return found


def _midnight(day: int) -> datetime:
    date = as_date(day)
    return datetime(date.year, date.month, date.day, tzinfo=UTC)
