"""Sums of customers who called again about the same (``qa.analytics.returning``)."""

from datetime import timedelta
from typing import Any

import polars as pl
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Interval,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
)

from qa.cells import RETURN_CELLS
from qa.store.database import Transaction
from qa.store.kinds import Direction
from qa.store.rollups.asked import Asked, number, plain, table
from qa.store.tables import calls

WITHIN = timedelta(days=7)
GROUPS = ("local_day", "team_id", "agent_id", "queue_id", "direction", "language", "generated")


def return_cells(tx: Transaction, asked: Asked) -> pl.DataFrame:
    """``RETURN_CELLS`` of single days; whether a customer called again is judged by everybody's calls."""
    each = _each(tx, asked)
    columns = [each.c[name] for name in (*GROUPS, "first")]
    query = select(*columns, func.count(), number(each.c.again)).group_by(*columns)
    return table(tx, query, RETURN_CELLS)


def _each(tx: Transaction, asked: Asked) -> FromClause:
    c, later, earlier = calls.c, calls.alias("later"), calls.alias("earlier")
    again = exists().where(
        later.c.customer_hash == c.customer_hash,
        later.c.queue_id == c.queue_id,
        after(later.c, c),
        later.c.started_at <= moved(tx, c.started_at),
        incoming(later.c),
    )
    known = exists().where(
        earlier.c.customer_hash == c.customer_hash, after(c, earlier.c), incoming(earlier.c)
    )
    return (
        select(
            *(plain(c[name]).label(name) for name in GROUPS), again.label("again"), (~known).label("first")
        )
        .where(*asked.of_calls(), c.customer_hash.is_not(None), incoming(c))
        .subquery("each")
    )


def incoming(c: Any) -> ColumnElement[bool]:
    """A call of a customer to a queue; where nobody said who called whom, it counts as one."""
    return and_(c.queue_id.is_not(None), or_(c.direction.is_(None), c.direction == Direction.INBOUND))


def after(one: Any, other: Any) -> ColumnElement[bool]:
    """Calls that began in one moment come by their key, as in the tables of the analytics."""
    return or_(
        one.started_at > other.started_at, and_(one.started_at == other.started_at, one.key > other.key)
    )


def moved(tx: Transaction, moment: ColumnElement[Any], by: timedelta = WITHIN) -> ColumnElement[Any]:
    """So long after a moment: the last at which a call still counts as calling again after this one."""
    if tx.dialect.name == "sqlite":
        return type_coerce(moment, BigInteger) + by // timedelta(microseconds=1)
    moved: ColumnElement[Any] = moment + literal(by, Interval())
    return moved
