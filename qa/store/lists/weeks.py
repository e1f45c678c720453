"""Reviews behind the figures of a week."""

import polars as pl

from qa.store.database import Database
from qa.store.framing import MOMENT, framed, selected
from qa.store.lists.filters import CallFilter
from qa.store.scope import Scope
from qa.store.tables import calls, reviews

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


def reviewed_frame(database: Database, scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Reviews of the calls (``REVIEWED_SCHEMA``); ``local_day`` is that of the call."""
    joined = reviews.join(calls, calls.c.id == reviews.c.call_id)
    named = {"call_key": calls.c.key, "local_day": calls.c.local_day}
    with database.read() as tx:
        query = selected(tx, REVIEWED_SCHEMA, reviews, named).select_from(joined)
        query = query.where(*filters.clauses(scope, database.dialect)).order_by(reviews.c.id)
        return framed(tx, query, REVIEWED_SCHEMA)
