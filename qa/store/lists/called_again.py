"""Calls after which the customer called again about the same: a page of them, the newest first."""

import polars as pl
from sqlalchemy import exists, select

from qa.store.database import Database
from qa.store.framing import MOMENT, frame_of, selected
from qa.store.keyset import Cut, Key, one_page
from qa.store.lists.filters import CallFilter
from qa.store.rollups.of_returns import after, incoming, moved
from qa.store.scope import Scope
from qa.store.tables import agents, calls, queues

SCHEMA = pl.Schema(
    {"call_key": pl.String(), "started_at": MOMENT, "agent": pl.String(), "queue": pl.String()}
)


def called_again(
    database: Database, scope: Scope, filters: CallFilter, cut: Cut
) -> tuple[pl.DataFrame, str | None]:
    """Such calls that the viewer may see (``SCHEMA``) and the place of the next page; whether is judged by
    everybody's calls.

    Raises:
        InvalidSetting: the place was not given by this list.
    """
    c, later = calls.c, calls.alias("later")
    named = {"call_key": c.key, "agent": agents.c.name, "queue": queues.c.name}
    joined = calls.outerjoin(agents, agents.c.id == c.agent_id).outerjoin(queues, queues.c.id == c.queue_id)
    with database.read() as tx:
        again = exists(select(later.c.id)).where(
            later.c.customer_hash == c.customer_hash,
            later.c.queue_id == c.queue_id,
            after(later.c, c),
            later.c.started_at <= moved(tx, c.started_at),
            incoming(later.c),
        )
        query = selected(tx, SCHEMA, calls, named).select_from(joined)
        query = query.where(*filters.clauses(scope, database.dialect), incoming(c), again)
        keys = (Key(c.started_at, descending=True), Key(c.id, descending=True))
        rows, following = one_page(tx, query, keys, cut)
    return frame_of(rows, SCHEMA), following
