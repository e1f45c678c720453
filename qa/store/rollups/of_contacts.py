"""Sums of telephone contacts by queue and outcome."""

from collections.abc import Collection
from datetime import datetime

import polars as pl
from sqlalchemy import ColumnElement, Table, and_, select, union

from qa.cells import CONTACT_CELLS
from qa.contacts import cells_of, from_queue_log, together
from qa.store.database import Database, Transaction
from qa.store.framing import framed, selected
from qa.store.rollups.asked import Asked
from qa.store.tables import contacts, queue_events
from qa.store.voice.feedback_frames import CONTACTS_SCHEMA, EVENTS_SCHEMA

_GROUPS = ("local_day", "queue", "outcome")


def contact_cells(tx: Transaction, asked: Asked) -> pl.DataFrame:
    """``CONTACT_CELLS`` of single days."""
    rows = _rows(tx, *asked.bounds).with_columns(asked.day("started_at").alias("local_day"))
    sums = [name for name in CONTACT_CELLS if name not in _GROUPS]
    cells = cells_of(rows.lazy()).group_by(_GROUPS).agg(pl.col(sums).sum()).collect()
    return cells.select(pl.col(name).cast(kind) for name, kind in CONTACT_CELLS.items())


def contact_rows(
    database: Database, since: datetime, until: datetime, queues: Collection[str] | None = None
) -> pl.DataFrame:
    """The contacts (``qa.contacts.CONTACT``) that began between two moments, the first among them, the other
    not; of these queues alone, as they are written.
    """
    with database.read() as tx:
        return _rows(tx, since, until, queues)


def _rows(
    tx: Transaction, since: datetime, until: datetime, queues: Collection[str] | None = None
) -> pl.DataFrame:
    """Whenever the other events of a call were: they are looked for by its unique id, so that a day has the
    same contacts however many days are asked for.
    """

    def inside(table: Table, moment: ColumnElement[datetime]) -> ColumnElement[bool]:
        near = and_(moment >= since, moment < until)
        return near if queues is None else and_(near, table.c.queue.in_(sorted(queues)))

    c, e = contacts.c, queue_events.c
    began, touched = inside(contacts, c.started_at), inside(queue_events, e.at)
    records = selected(tx, CONTACTS_SCHEMA, contacts, {}).where(began).order_by(c.started_at, c.id)
    ids = union(select(e.unique_id).where(touched), select(c.unique_id).where(began))
    events = selected(tx, EVENTS_SCHEMA, queue_events, {}).where(e.unique_id.in_(ids)).order_by(e.at, e.id)
    stays = from_queue_log(framed(tx, events, EVENTS_SCHEMA).lazy())
    both = together(framed(tx, records, CONTACTS_SCHEMA).lazy(), stays)
    if queues is not None:
        both = both.filter(pl.col("queue").is_in(sorted(queues)))
    return both.filter(pl.col("started_at").is_between(since, until, closed="left")).collect()
