"""What orders say of customers, counted in the database: customers who are alike are one row.

An order is a row of three years, a figure is about customers: a page never holds either.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, func, or_, select

from qa.frames import BUYERS_SCHEMA, LOYAL
from qa.store.database import Transaction
from qa.store.framing import framed
from qa.store.kinds import SurveyKind
from qa.store.scope import Scope
from qa.store.tables import calls, orders, queues, surveys, text_sentiments
from qa.store.voice.feedback_frames import Span

PROMOTER = 9
"""The lowest answer of a promoter."""


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
    each, said = _each(edges, narrow.service), _last_answers(scope, asked, narrow)
    promoter = case((said.c.score >= PROMOTER, True), (said.c.score < PROMOTER, False))
    columns = [each.c[name] for name in BUYERS_SCHEMA if name not in ("promoter", "n")]
    query = (
        select(*columns, promoter.label("promoter"), func.count().label("n"))
        .select_from(each.outerjoin(said, said.c.customer == each.c.customer))
        .group_by(*columns, promoter)
    )
    return framed(tx, query, BUYERS_SCHEMA)


def _ordered(span: Span, service: str) -> list[ColumnElement[bool]]:
    o = orders.c
    within = [o.ordered_at >= span.since, o.ordered_at < span.until]
    return [*within, o.service == service] if service else within


def _each(edges: tuple[datetime, ...], service: str) -> Subquery:
    """A row a customer. Grouped along the index of customers: nothing is sorted."""
    o, counted = orders.c, func.count()
    periods = zip(edges[1:-1], edges[:-2], strict=True)
    newest = case((o.ordered_at >= edges[1], o.service))
    active = {
        f"period_{place}": func.max(case((and_(o.ordered_at >= first, o.ordered_at < end), 1), else_=0)) == 1
        for place, (first, end) in enumerate(periods)
    }
    services = case((func.min(newest) < func.max(newest), 2), (func.min(newest).is_not(None), 1), else_=0)
    columns: dict[str, ColumnElement[Any]] = {
        "customer": o.customer_hash,
        "orders": case((counted >= LOYAL, LOYAL), else_=counted),
        "services": services,
        **active,
    }
    within = _ordered(Span(edges[-1], edges[0]), service)
    query = select(*(column.label(name) for name, column in columns.items()))
    return query.where(o.customer_hash.is_not(None), *within).group_by(o.customer_hash).subquery("each")


def _last_answers(scope: Scope, asked: Span, narrow: Narrow) -> Subquery:
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


def _newest(answers: Select[Any]) -> Subquery:
    each = answers.subquery("answers")
    order = (each.c.answered_at.desc().nulls_last(), each.c.id.desc())
    place = func.row_number().over(partition_by=each.c.customer_hash, order_by=order).label("place")
    ranked = select(each.c.customer_hash.label("customer"), each.c.score, place).subquery("ranked")
    return select(ranked.c.customer, ranked.c.score).where(ranked.c.place == 1).subquery("said")
