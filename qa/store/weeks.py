"""Rows behind the figures of a week that no page lists: promises, reviews, abuse, verdicts of answers."""

from dataclasses import replace
from datetime import tzinfo

import polars as pl

from qa.store.database import Database
from qa.store.filters import CallFilter
from qa.store.framing import MOMENT, framed, selected
from qa.store.scope import Scope
from qa.store.tables import calls, promises, reviews

REVIEWED_SCHEMA = pl.Schema(
    {
        "call_key": pl.String(),
        "kind": pl.String(),
        "layer": pl.String(),
        "state": pl.String(),
        "due": MOMENT,
        "local_day": pl.Int32(),
    }
)
PROMISED_SCHEMA = pl.Schema(
    {
        "id": pl.Int64(),
        "call_key": pl.String(),
        "made": pl.Int32(),
        "due_at": MOMENT,
        "state": pl.String(),
        "changed_at": MOMENT,
        "forbidden": pl.Boolean(),
    }
)


def promised_frame(database: Database, scope: Scope, filters: CallFilter, zone: tzinfo) -> pl.DataFrame:
    """Promises made in the calls, of any day up to the last: ``PROMISED_SCHEMA`` and ``due``, the day they
    are due at the site.
    """
    until = replace(filters, first_day=None)
    named = {"call_key": calls.c.key, "made": calls.c.local_day}
    joined = promises.join(calls, calls.c.id == promises.c.call_id)
    with database.read() as tx:
        query = selected(tx, PROMISED_SCHEMA, promises, named).select_from(joined)
        query = query.where(*until.clauses(scope, database.dialect)).order_by(promises.c.id)
        frame = framed(tx, query, PROMISED_SCHEMA)
    day = pl.col("due_at").dt.convert_time_zone(str(zone)).dt.date().cast(pl.Int32)
    return frame.with_columns(day.alias("due"))


def reviewed_frame(database: Database, scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Reviews of the calls (``REVIEWED_SCHEMA``); ``local_day`` is that of the call."""
    joined = reviews.join(calls, calls.c.id == reviews.c.call_id)
    named = {"call_key": calls.c.key, "local_day": calls.c.local_day}
    with database.read() as tx:
        query = selected(tx, REVIEWED_SCHEMA, reviews, named).select_from(joined)
        query = query.where(*filters.clauses(scope, database.dialect)).order_by(reviews.c.id)
        return framed(tx, query, REVIEWED_SCHEMA)
