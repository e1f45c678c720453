"""What orders say of customers, counted in the database: customers who are alike are one row.

An order is a row of three years, a figure is about customers: a page never holds either.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
from sqlalchemy import CTE, ColumnElement, Select, Subquery, and_, case, exists, func, or_, select

from qa.frames import BUYERS_SCHEMA, LOYAL, PERIODS
from qa.store.database import Transaction
from qa.store.framing import framed
from qa.store.kinds import SurveyKind
from qa.store.scope import Scope
from qa.store.tables import calls, orders, queues, surveys, text_sentiments
from qa.store.voice.feedback_frames import Span

PROMOTER = 9
"""The lowest answer of a promoter."""
_ORDERS, _SERVICES = LOYAL + 1, 3
"""How many there are of each: numbers of orders, and of services (none, one, more)."""
_COUNTED = pl.Schema({"alike": pl.Int64(), "n": pl.Int64()})


@dataclass(frozen=True, slots=True)
class Narrow:
    """Queue, service and language by name; an empty one does not narrow."""

    queue: str = ""
    service: str = ""
    language: str = ""


def has_orders(tx: Transaction, span: Span, service: str = "") -> bool:
    """True with any order in the span, of a known customer or not."""
    return bool(tx.scalar(select(exists().where(*_ordered(span, service)))))


def buyers(
    tx: Transaction, edges: tuple[datetime, ...], scope: Scope, asked: Span, narrow: Narrow
) -> pl.DataFrame:
    """Customers with orders, as ``qa.analytics.loyalty`` counts them (``BUYERS_SCHEMA``).

    ``edges``, the newest first: the end of what counts, the beginnings of ``PERIODS`` periods, and of what is
    looked at. Whether a customer is a promoter says the last of the answers in ``asked`` that the viewer may
    see and that fit. Orders are narrowed by service alone.
    """
    said = _last_answers(scope, asked, narrow)
    every = framed(tx, _counted(_each(edges, narrow.service)), _COUNTED)
    # Few customers answer, so what is joined are these alone; of all others nothing more is known.
    each = _each(edges, narrow.service, select(said.c.customer))
    promoter = case((said.c.score >= PROMOTER, True), (said.c.score < PROMOTER, False)).label("promoter")
    told = framed(tx, _counted(each, said, promoter), pl.Schema({**_COUNTED, "promoter": pl.Boolean()}))
    return _unpacked(_apart(every, told))


def _counted(each: Subquery, said: CTE | None = None, *more: ColumnElement[Any]) -> Select[Any]:
    """How many customers are alike."""
    query = select(each.c.alike, func.count().label("n"), *more).group_by(each.c.alike, *more)
    return query if said is None else query.select_from(each.join(said, said.c.customer == each.c.customer))


def _apart(every: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """Customers of whom it is known whether they are promoters, and the others of all."""
    parts = (every.with_columns(promoter=None), told, told.with_columns(-pl.col("n"), promoter=None))
    summed = pl.concat(parts, how="vertical_relaxed").group_by("alike", "promoter").agg(pl.col("n").sum())
    return summed.filter(pl.col("n") > 0)


def _unpacked(found: pl.DataFrame) -> pl.DataFrame:
    """``BUYERS_SCHEMA`` of the numbers that say in what customers are alike."""
    alike = pl.col("alike")
    columns = {
        "orders": alike % _ORDERS,
        "services": alike // _ORDERS % _SERVICES,
        **{f"period_{place}": alike // (_ORDERS * _SERVICES * 2**place) % 2 == 1 for place in range(PERIODS)},
    }
    every = found.with_columns(**columns).sort(*columns, "promoter")
    return every.select(pl.col(name).cast(kind) for name, kind in BUYERS_SCHEMA.items())


def _ordered(span: Span, service: str) -> list[ColumnElement[bool]]:
    o = orders.c
    within = [o.ordered_at >= span.since, o.ordered_at < span.until]
    return [*within, o.service == service] if service else within


def _each(edges: tuple[datetime, ...], service: str, customers: Select[Any] | None = None) -> Subquery:
    """A row a customer, all of them or these: ``customer``, and ``alike``, a number that says in what they
    are alike, for the database sorts one number quicker than six columns.
    """
    o = orders.c
    newest = o.ordered_at >= edges[1]
    columns: dict[str, ColumnElement[Any]] = {
        "customer": o.customer_hash,
        "number": func.count(),
        "least": func.min(o.service).filter(newest),
        "most": func.max(o.service).filter(newest),
    }
    for place, (first, end) in enumerate(zip(edges[1:-1], edges[:-2], strict=True)):
        columns[f"in_{place}"] = func.count().filter(o.ordered_at >= first, o.ordered_at < end)
    rules = [o.customer_hash.is_not(None), *_ordered(Span(edges[-1], edges[0]), service)]
    if customers is not None:
        rules.append(o.customer_hash.in_(customers))
    named = (column.label(name) for name, column in columns.items())
    # What is counted stands by itself: named twice in one query, SQLite counts it twice.
    own = select(*named).where(*rules).group_by(o.customer_hash).subquery("own").c
    services = case((own.least < own.most, 2), (own.least.is_not(None), 1), else_=0)
    alike: ColumnElement[Any] = case((own.number >= LOYAL, LOYAL), else_=own.number) + _ORDERS * services
    for place in range(PERIODS):
        alike += case((own[f"in_{place}"] > 0, _ORDERS * _SERVICES * 2**place), else_=0)
    return select(own.customer, alike.label("alike")).subquery("each")


def _last_answers(scope: Scope, asked: Span, narrow: Narrow) -> CTE:
    """The last answer of each customer to the question whether they recommend."""
    s, read = surveys.c, text_sentiments
    joined = (
        surveys.outerjoin(calls, calls.c.id == s.call_id)
        .outerjoin(queues, queues.c.id == calls.c.queue_id)
        .outerjoin(read, read.c.text_key == s.text_key)
    )
    # By two indexes, each with its bounds: the first moment that is known, said at once, reads every survey.
    answered = and_(s.answered_at >= asked.since, s.answered_at < asked.until)
    sent = and_(s.answered_at.is_(None), s.sent_at >= asked.since, s.sent_at < asked.until)
    rules: list[ColumnElement[bool]] = [
        scope.reach(), s.kind == SurveyKind.NPS, s.score.is_not(None), s.customer_hash.is_not(None),
        or_(answered, sent),
    ]  # fmt: skip
    for value, column in (
        (narrow.queue, func.coalesce(queues.c.name, s.queue)),
        (narrow.service, func.coalesce(queues.c.service, s.service)),
        (narrow.language, func.coalesce(read.c.language, calls.c.language)),
    ):
        if value:
            rules.append(column == value)
    return _newest(select(s.customer_hash, s.score, s.answered_at, s.id).select_from(joined).where(*rules))


def _newest(answers: Select[Any]) -> CTE:
    each = answers.subquery("answers")
    order = (each.c.answered_at.desc().nulls_last(), each.c.id.desc())
    place = func.row_number().over(partition_by=each.c.customer_hash, order_by=order).label("place")
    ranked = select(each.c.customer_hash.label("customer"), each.c.score, place).subquery("ranked")
    newest = select(ranked.c.customer, ranked.c.score).where(ranked.c.place == 1)
    # Looked at twice, made once.
    return newest.cte("said").prefix_with("MATERIALIZED")
