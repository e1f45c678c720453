"""What followed public complaints, counted in the database (``qa.analytics.replies``)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, select

from qa.store.database import Transaction
from qa.store.kinds import CommentStep
from qa.store.rollups.of_returns import moved
from qa.store.tables import comment_events, comments, orders, text_sentiments
from qa.store.voice.buyers import Narrow
from qa.store.voice.feedback_frames import Span
from qa.store.voice.sentiments import feeling

ANSWERED_WITHIN, FOLLOWED = timedelta(hours=72), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Looked:
    """When the ``complaints`` were posted, and the ``comments`` and ``orders`` that may have followed."""

    complaints: Span
    comments: Span
    orders: Span


@dataclass(frozen=True, slots=True)
class Followed:
    """Complaints that were ``answered`` within 72 hours or not: ``customers`` of them are of known customers,
    ``bought`` of whom ordered within 30 days; ``authors`` of known authors, ``kind`` of whom wrote something
    positive.
    """

    answered: bool
    customers: int
    bought: int
    authors: int
    kind: int


def followed(tx: Transaction, looked: Looked, narrow: Narrow) -> tuple[Followed, ...]:
    """What followed the complaints of a span, those that were answered and those that were not. Service and
    language narrow complaints and kind words, service the orders.
    """
    each = _each(tx, looked, narrow).subquery("each")
    query = select(
        each.c.answered,
        func.count(each.c.customer_hash),
        func.count().filter(each.c.bought),
        func.count(each.c.author_hash),
        func.count().filter(each.c.kind),
    ).group_by(each.c.answered)
    return tuple(Followed(bool(row[0]), *(int(n) for n in row[1:])) for row in tx.execute(query))


def _each(tx: Transaction, looked: Looked, narrow: Narrow) -> Select[Any]:
    c, e, read = comments.c, comment_events.c, text_sentiments
    replied = exists(e.id).where(
        e.comment_id == c.id, e.step == CommentStep.REPLIED, e.at <= moved(tx, c.posted_at, ANSWERED_WITHIN)
    )
    rules = [
        c.posted_at >= looked.complaints.since,
        c.posted_at < looked.complaints.until,
        feeling() == "negative",
        *_fits(c.service, read.c.language, narrow),
    ]
    columns = {"answered": replied, "bought": _bought(tx, looked, narrow), "kind": _kind(tx, looked, narrow)}
    query = select(c.customer_hash, c.author_hash, *(value.label(name) for name, value in columns.items()))
    return query.select_from(comments.join(read, read.c.text_key == c.text_key)).where(*rules)


def _fits(service: Any, language: Any, narrow: Narrow) -> list[ColumnElement[bool]]:
    wanted = ((narrow.service, service), (narrow.language, language))
    return [column == value for value, column in wanted if value]


def _bought(tx: Transaction, looked: Looked, narrow: Narrow) -> ColumnElement[bool]:
    o = orders.c
    rules = [o.ordered_at >= looked.orders.since, o.ordered_at < looked.orders.until]
    if narrow.service:
        rules.append(o.service == narrow.service)
    return exists(o.id).where(o.customer_hash == comments.c.customer_hash, *_soon(tx, o.ordered_at), *rules)


def _kind(tx: Transaction, looked: Looked, narrow: Narrow) -> ColumnElement[bool]:
    other, read = comments.alias("other"), text_sentiments.alias("other_read")
    word = func.coalesce(read.c.corrected, read.c.label)
    return exists(
        select(literal(1))
        .select_from(other.join(read, read.c.text_key == other.c.text_key))
        .where(
            other.c.author_hash == comments.c.author_hash,
            *_soon(tx, other.c.posted_at),
            and_(other.c.posted_at >= looked.comments.since, other.c.posted_at < looked.comments.until),
            word == "positive",
            *_fits(other.c.service, read.c.language, narrow),
        )
    )


def _soon(tx: Transaction, at: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    posted = comments.c.posted_at
    return [at > posted, at <= moved(tx, posted, FOLLOWED)]
