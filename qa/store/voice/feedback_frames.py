"""Imported rows as frames for the analytics and for exports, and the calls they may belong to.

Agents, teams and queues of a survey are those of its call. A viewer who does not see everything sees the
surveys of calls in scope only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Select, func

from qa.store.database import Database, Transaction
from qa.store.framing import MOMENT, framed, selected
from qa.store.lists.filters import CallFilter
from qa.store.scope import Scope
from qa.store.tables import (
    agents,
    calls,
    comments,
    contacts,
    import_sources,
    orders,
    queue_events,
    queues,
    surveys,
    teams,
    text_sentiments,
)
from qa.store.voice.sentiments import feeling, feeling_score

LINKS_SCHEMA = pl.Schema(
    {
        "call_id": pl.Int64(),
        "key": pl.String(),
        "file_name": pl.String(),
        "customer_hash": pl.String(),
        "started_at": MOMENT,
    }
)
SENTIMENT = {
    "text_key": pl.String(),
    "sentiment": pl.String(),
    "sentiment_score": pl.Float64(),
    "confidence": pl.Float64(),
    "language": pl.String(),
    "corrected": pl.String(),
}
"""What a text was read as, null while it waits; ``sentiment`` is a person's label where there is one."""
SURVEYS_SCHEMA = pl.Schema(
    {
        "id": pl.Int64(),
        "source": pl.String(),
        "kind": pl.String(),
        "score": pl.Int64(),
        "scale": pl.Int64(),
        "sent_at": MOMENT,
        "answered_at": MOMENT,
        "text": pl.String(),
        **SENTIMENT,
        "call_id": pl.Int64(),
        "call": pl.String(),
        "linked_by": pl.String(),
        "agent": pl.String(),
        "team": pl.String(),
        "queue": pl.String(),
        "service": pl.String(),
        "customer_hash": pl.String(),
        "generated": pl.Boolean(),
    }
)
COMMENTS_SCHEMA = pl.Schema(
    {
        "id": pl.Int64(),
        "source": pl.String(),
        "channel": pl.String(),
        "posted_at": MOMENT,
        "text": pl.String(),
        **SENTIMENT,
        "stars": pl.Float64(),
        "product": pl.String(),
        "service": pl.String(),
        "external_id": pl.String(),
        "reply_to": pl.String(),
        "author_hash": pl.String(),
        "customer_hash": pl.String(),
        "generated": pl.Boolean(),
    }
)
ORDERS_SCHEMA = pl.Schema(
    {
        "id": pl.Int64(),
        "customer_hash": pl.String(),
        "ordered_at": MOMENT,
        "service": pl.String(),
        "amount": pl.Float64(),
    }
)
CONTACTS_SCHEMA = pl.Schema(
    {
        "unique_id": pl.String(),
        "queue": pl.String(),
        "started_at": MOMENT,
        "outcome": pl.String(),
        "waited": pl.Float64(),
        "talked": pl.Float64(),
        "agent": pl.String(),
        "call_id": pl.Int64(),
    }
)
EVENTS_SCHEMA = pl.Schema(
    {
        "at": MOMENT,
        "unique_id": pl.String(),
        "queue": pl.String(),
        "member": pl.String(),
        "event": pl.String(),
        "first": pl.Int64(),
        "second": pl.Int64(),
        "third": pl.Int64(),
        "fourth": pl.Int64(),
        "call_id": pl.Int64(),
    }
)


def calls_to_link(database: Database, since: datetime, until: datetime) -> pl.DataFrame:
    """What calls between two moments are known by, oldest first (``LINKS_SCHEMA``)."""
    named = {"call_id": calls.c.id}
    with database.read() as tx:
        query = selected(tx, LINKS_SCHEMA, calls, named).where(calls.c.started_at.between(since, until))
        return framed(tx, query.order_by(calls.c.started_at, calls.c.id), LINKS_SCHEMA)


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment up to another, which is not in it."""

    since: datetime
    until: datetime


def surveys_frame(database: Database, scope: Scope, span: Span | None = None) -> pl.DataFrame:
    """One row a survey, sent or answered in the span, by its number (``SURVEYS_SCHEMA``)."""
    with database.read() as tx:
        query = surveys_query(tx).where(scope.reach())
        query = _within(query, func.coalesce(surveys.c.answered_at, surveys.c.sent_at), span)
        return framed(tx, query, SURVEYS_SCHEMA)


def surveys_of(database: Database, scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """One row a survey of the calls of a filter, by its number (``SURVEYS_SCHEMA``)."""
    with database.read() as tx:
        query = surveys_query(tx).where(*filters.clauses(scope, database.dialect))
        return framed(tx, query, SURVEYS_SCHEMA)


def surveys_query(tx: Transaction, more: Mapping[str, Any] = MappingProxyType({})) -> Select[Any]:
    """``SURVEYS_SCHEMA`` and more columns by name, over all that a survey belongs to; by its number."""
    named = {
        "source": import_sources.c.name,
        "call": calls.c.key,
        "agent": agents.c.name,
        "team": teams.c.name,
        "queue": func.coalesce(queues.c.name, surveys.c.queue),
        "service": func.coalesce(queues.c.service, surveys.c.service),
        "generated": import_sources.c.generated,
        **_sentiment(),
        **more,
    }
    joined = (
        surveys.join(import_sources, import_sources.c.id == surveys.c.source_id)
        .outerjoin(calls, calls.c.id == surveys.c.call_id)
        .outerjoin(agents, agents.c.id == calls.c.agent_id)
        .outerjoin(teams, teams.c.id == calls.c.team_id)
        .outerjoin(queues, queues.c.id == calls.c.queue_id)
        .outerjoin(text_sentiments, text_sentiments.c.text_key == surveys.c.text_key)
    )
    schema = pl.Schema({**SURVEYS_SCHEMA, **dict.fromkeys(more, pl.Float64())})
    return selected(tx, schema, surveys, named).select_from(joined).order_by(surveys.c.id)


def comments_frame(
    database: Database, span: Span | None = None, schema: pl.Schema = COMMENTS_SCHEMA
) -> pl.DataFrame:
    """One row a public comment, by its number (``COMMENTS_SCHEMA``, or fewer of its columns, which
    cost less over a long period). Comments belong to no team.
    """
    named = {"source": import_sources.c.name, "generated": import_sources.c.generated, **_sentiment()}
    joined = comments.join(import_sources, import_sources.c.id == comments.c.source_id).outerjoin(
        text_sentiments, text_sentiments.c.text_key == comments.c.text_key
    )
    with database.read() as tx:
        query = _within(selected(tx, schema, comments, named).select_from(joined), comments.c.posted_at, span)
        return framed(tx, query.order_by(comments.c.id), schema)


def orders_frame(
    database: Database, span: Span | None = None, schema: pl.Schema = ORDERS_SCHEMA
) -> pl.DataFrame:
    """One row an order, oldest first (``ORDERS_SCHEMA``, or fewer of its columns)."""
    with database.read() as tx:
        query = _within(selected(tx, schema, orders, {}), orders.c.ordered_at, span)
        return framed(tx, query.order_by(orders.c.ordered_at, orders.c.id), schema)


def contacts_frame(database: Database, span: Span | None = None) -> pl.DataFrame:
    """One row a call detail record of the span, oldest first (``CONTACTS_SCHEMA``)."""
    with database.read() as tx:
        query = selected(tx, CONTACTS_SCHEMA, contacts, {}).order_by(contacts.c.started_at, contacts.c.id)
        query = _within(query, contacts.c.started_at, span)
        return framed(tx, query, CONTACTS_SCHEMA)


def queue_events_frame(database: Database, span: Span | None = None) -> pl.DataFrame:
    """One row an event of a queue log in the span, in the order of its file (``EVENTS_SCHEMA``)."""
    with database.read() as tx:
        query = selected(tx, EVENTS_SCHEMA, queue_events, {}).order_by(queue_events.c.at, queue_events.c.id)
        query = _within(query, queue_events.c.at, span)
        return framed(tx, query, EVENTS_SCHEMA)


def _within(query: Select[Any], moment: ColumnElement[Any], span: Span | None) -> Select[Any]:
    return query if span is None else query.where(moment >= span.since, moment < span.until)


def _sentiment() -> dict[str, Any]:
    read = {name: text_sentiments.c[name] for name in ("confidence", "language", "corrected")}
    return {"sentiment": feeling(), "sentiment_score": feeling_score(), **read}
