"""Reading the comments desk: pages of comments, what is behind the figures, calls of the same customer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, FromClause, case, false, func, or_, select

from qa.store.database import Database, Transaction
from qa.store.keyset import Cut, Key, Sheet, sheet
from qa.store.kinds import CallStatus
from qa.store.scope import Scope
from qa.store.tables import (
    agents,
    calls,
    comment_aspects,
    comment_readings,
    comments,
    import_sources,
    text_sentiments,
)
from qa.store.voice.comment_filter import CommentFilter, Told, conditions, ledgers
from qa.store.voice.sentiments import feeling, feeling_score

FIGURES_SCHEMA = pl.Schema(
    {
        "id": pl.Int64(),
        "posted_at": pl.Datetime("us", "UTC"),
        "first_reply": pl.Datetime("us", "UTC"),
        "replied": pl.Boolean(),
        "recovered": pl.Boolean(),
        "aside": pl.Boolean(),
        "label": pl.String(),
        "score": pl.Float64(),
    }
)


FELT = {"negative": 0, "positive": 2}
"""Whose turn it is by how a comment feels; the others are between."""


class CommentOrder(StrEnum):
    """What comes first."""

    URGENT = "urgent"
    OLDEST = "oldest"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment as the desk lists it. ``label`` is the sentiment, ``corrected`` when a person said it;
    ``customer`` the hash that joins it to calls, ``None`` for an author whom nobody can call; ``last_word``
    marks an answer to our reply that asks for none.
    """

    id: int
    source: str
    channel: str | None
    posted_at: datetime | None
    text: str
    stars: float | None
    product: str | None
    service: str | None
    language: str | None
    label: str | None
    score: float | None
    corrected: bool
    customer: str | None
    first_reply: datetime | None
    replied: bool
    offered: bool
    closed: bool
    unresolved: bool
    hidden: bool
    last_word: bool
    suggestion: bool
    generated: bool


@dataclass(frozen=True, slots=True)
class LinkedCall:
    """A call of the customer who wrote."""

    key: str
    started_at: datetime
    agent: str | None
    score: float | None


def list_comments(
    tx: Transaction, scope: Scope, wanted: CommentFilter, order: CommentOrder, cut: Cut
) -> Sheet[CommentRow]:
    """A page. ``URGENT``: negative ones first, the longest wait on top.

    Raises:
        InvalidSetting: the place was not given by this list in this order.
    """
    told, joined = told_by(each=True)
    posted = comments.c.posted_at
    newest = order is CommentOrder.NEWEST
    keys = [Key(posted, descending=newest, nulls=True), Key(comments.c.id, descending=newest)]
    if order is CommentOrder.URGENT:
        felt = case(FELT, value=told.label, else_=1)
        keys = [Key(case((told.waiting, 0), else_=1)), Key(felt), *keys]
    query = select(*_columns(told)).select_from(joined).where(*conditions(scope, wanted, told))
    return sheet(tx, query, keys, cut, CommentRow)


def one_comment(tx: Transaction, scope: Scope, comment_id: int) -> CommentRow | None:
    """A comment by its number, ``None`` when it is not there for this viewer."""
    told, joined = told_by(each=True)
    query = select(*_columns(told)).select_from(joined)
    row = tx.execute(query.where(comments.c.id == comment_id, *conditions(scope, CommentFilter(), told)))
    found = row.mappings().one_or_none()
    return None if found is None else CommentRow(**found)


def count_comments(tx: Transaction, scope: Scope, wanted: CommentFilter) -> int:
    """How many a filter leaves."""
    told, joined = told_by()
    query = select(func.count()).select_from(joined).where(*conditions(scope, wanted, told))
    return int(tx.scalar(query) or 0)


def figures_frame(database: Database, scope: Scope, wanted: CommentFilter) -> pl.DataFrame:
    """What the figures of the desk are made of, a row a comment (``FIGURES_SCHEMA``); ``aside``: hidden, or
    the last word of a conversation, so that nobody waits for a reply.
    """
    told, joined = told_by()
    query = (
        select(
            comments.c.id,
            comments.c.posted_at,
            told.first_reply.label("first_reply"),
            (told.last("replied") > 0).label("replied"),
            told.closed.label("recovered"),
            or_(told.hidden, told.last_word).label("aside"),
            told.label.label("label"),
            told.score.label("score"),
        )
        .select_from(joined)
        .where(*conditions(scope, wanted, told))
        .order_by(comments.c.id)
    )
    with database.read() as tx:
        rows = [tuple(row) for row in tx.execute(query)]
    return pl.DataFrame(rows, schema=FIGURES_SCHEMA, orient="row")


def aspects_of(tx: Transaction, comment_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The aspects of these comments by name."""
    a = comment_aspects.c
    query = select(a.comment_id, a.aspect).where(a.comment_id.in_(list(comment_ids))).order_by(a.aspect)
    found: dict[int, list[str]] = {}
    for number, aspect in tx.execute(query):
        found.setdefault(number, []).append(aspect)
    return {number: tuple(names) for number, names in found.items()}


def linked_counts(tx: Transaction, scope: Scope, customers: Iterable[str]) -> dict[str, int]:
    """How many calls of each customer the viewer may see."""
    c = calls.c
    query = select(c.customer_hash, func.count()).where(c.customer_hash.in_(list(customers)), scope.clause())
    return {key: int(count) for key, count in tx.execute(query.group_by(c.customer_hash))}


def linked_calls(tx: Transaction, scope: Scope, customer: str, limit: int) -> tuple[LinkedCall, ...]:
    """The newest calls of a customer that the viewer may see."""
    c = calls.c
    query = (
        select(c.key, c.started_at, agents.c.name.label("agent"), c.score)
        .select_from(calls.outerjoin(agents, agents.c.id == c.agent_id))
        .where(c.customer_hash == customer, c.status == CallStatus.DONE, scope.clause())
        .order_by(c.started_at.desc())
        .limit(limit)
    )
    return tuple(LinkedCall(**row) for row in tx.execute(query).mappings())


def known_values(tx: Transaction) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Channels and services that comments have."""
    return _different(tx, comments.c.channel), _different(tx, comments.c.service)


def _different(tx: Transaction, column: ColumnElement[Any]) -> tuple[str, ...]:
    """The values of an indexed column, from each to the next: a look into the index for each of them. By
    DISTINCT both databases walk through the whole index.
    """
    seen = select(func.min(column).label("value")).cte("seen", recursive=True)
    following = select(func.min(column)).where(column > seen.c.value).scalar_subquery()
    seen = seen.union_all(select(following).where(seen.c.value.is_not(None)))
    return tuple(tx.scalars(select(seen.c.value).where(seen.c.value.is_not(None))))


def told_by(*, each: bool = False) -> tuple[Told, FromClause]:
    """What ledger, people and model say of a comment, and the tables it is read from; ``each``: who reads few
    comments has the events of each of them looked up.
    """
    read = text_sentiments
    joined = comments.join(import_sources, import_sources.c.id == comments.c.source_id)
    ledger = None if each else ledgers()
    if ledger is not None:
        joined = joined.outerjoin(ledger, ledger.c.comment_id == comments.c.id)
    joined = joined.outerjoin(read, read.c.text_key == comments.c.text_key)
    joined = joined.outerjoin(comment_readings, comment_readings.c.comment_id == comments.c.id)
    return Told(ledger, feeling(), feeling_score(), read.c.language), joined


def _columns(told: Told) -> list[ColumnElement[Any]]:
    own = ("id", "channel", "posted_at", "text", "stars", "product", "service")
    named: dict[str, ColumnElement[Any]] = {
        "source": import_sources.c.name,
        "generated": import_sources.c.generated,
        "language": told.language,
        "label": told.label,
        "score": told.score,
        "corrected": text_sentiments.c.corrected.is_not(None),
        "customer": comments.c.customer_hash,
        "first_reply": told.first_reply,
        "replied": told.last("replied") > 0,
        "offered": told.last("offered") > 0,
        "closed": told.closed,
        "unresolved": told.last("unresolved") > told.last("closed"),
        "hidden": told.hidden,
        "last_word": told.last_word,
        "suggestion": func.coalesce(comment_readings.c.suggestion, false()),
    }
    return [*(comments.c[name] for name in own), *(column.label(name) for name, column in named.items())]
