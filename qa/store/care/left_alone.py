"""Customers who were left alone: a complaint (in public, in a call), a broken promise or a low survey with
no contact since.

A contact is any later call with the customer, whoever made it, recorded or answered in the telephone records;
for a complaint in public also a reply, a remedy or an end in its ledger.
What a person closed as followed up is no longer there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, FromClause, and_, case, func, select, true

from qa.store.care import matters
from qa.store.care.care_filter import CareFilter
from qa.store.care.standing import open_now
from qa.store.database import Transaction
from qa.store.keyset import Cut, Key, beyond, in_order, place_of, read_place
from qa.store.kinds import FollowUpReason
from qa.store.scope import Scope
from qa.store.tables import (
    follow_ups,
    users,
)


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """One matter that waits. ``subject`` is the number of the comment, call, promise or survey; ``place`` its
    channel or queue; ``asked``, ``score`` and ``scale`` belong to a survey; ``call`` is the key of its call
    and ``second`` where in it the words begin; ``owner``, ``owner_id`` and ``due_day`` are there when
    somebody was asked to follow up.
    """

    reason: FollowUpReason
    subject: int
    customer: str
    at: datetime
    text: str | None
    place: str | None
    asked: str | None
    score: int | None
    scale: int | None
    call: str | None
    second: float | None
    follow_up: int | None
    owner_id: int | None
    owner: str | None
    due_day: int | None


REASONS = tuple(FollowUpReason)
SUBJECTS = {
    FollowUpReason.COMPLAINT: "comment_id",
    FollowUpReason.CALL_COMPLAINT: "call_id",
    FollowUpReason.BROKEN_PROMISE: "promise_id",
    FollowUpReason.LOW_SURVEY: "survey_id",
}
"""The column of ``follow_ups`` that holds what each reason is about."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait for each reason, whoever owns them; and a page of them, the longest alone first.
    ``next`` is the place of the page after it, ``None`` on the last one.
    """

    counts: Mapping[FollowUpReason, int]
    page: tuple[LeftAlone, ...]
    next: str | None


def left_alone(tx: Transaction, scope: Scope, wanted: CareFilter, cut: Cut) -> Waiting:
    """A page and the counts, from one look at what happened.

    Raises:
        InvalidSetting: the place was not given by this list.
    """
    standing = _standing(tx, scope, wanted)
    page = select(standing)
    if wanted.owner is not None:
        page = page.where(standing.c.owner_id == wanted.owner)
    keys = _keys(standing)
    if cut.after is not None:
        page = page.where(beyond(keys, read_place(cut.after, keys)))
    listed = page.order_by(*in_order(keys)).limit(cut.limit + 1).subquery("page")
    each = (
        func.count().filter(standing.c.reason == reason.value).label(reason.name) for reason in FollowUpReason
    )
    numbers = select(*each).select_from(standing).subquery("numbers")
    both = numbers.outerjoin(listed, true())
    query = select(numbers, listed).select_from(both).order_by(*in_order(_keys(listed)))
    rows = tx.execute(query).mappings().all()
    found = [dict(row) for row in rows if row["reason"]]
    shown = _shown(tx, scope, wanted, found[: cut.limit])
    more = len(found) > cut.limit > 0
    last = (shown[-1].at, REASONS.index(shown[-1].reason), shown[-1].subject) if more else ()
    return Waiting(
        {reason: int(rows[0][reason.name]) for reason in FollowUpReason},
        tuple(shown),
        place_of(last) if more else None,
    )


def _shown(
    tx: Transaction, scope: Scope, wanted: CareFilter, rows: Sequence[Mapping[str, Any]]
) -> list[LeftAlone]:
    """The matters of a page, with what stands in them."""
    own = ("subject", "customer", "at", "follow_up", "owner_id", "owner", "due_day")
    words = {
        reason: matters.shown(
            tx, scope, wanted, reason, {row["subject"] for row in rows if row["reason"] == reason.value}
        )
        for reason in {FollowUpReason(row["reason"]) for row in rows}
    }
    return [
        LeftAlone(reason=reason, **{name: row[name] for name in own}, **words[reason][row["subject"]])
        for row in rows
        for reason in (FollowUpReason(row["reason"]),)
    ]


def list_left_alone(tx: Transaction, scope: Scope, wanted: CareFilter, limit: int) -> tuple[LeftAlone, ...]:
    """The first page, the longest alone first."""
    return left_alone(tx, scope, wanted, Cut(limit)).page


def count_left_alone(tx: Transaction, scope: Scope, wanted: CareFilter) -> Mapping[FollowUpReason, int]:
    """How many wait for each reason, whoever owns them."""
    return left_alone(tx, scope, wanted, Cut(0)).counts


def _keys(of: FromClause) -> tuple[Key, ...]:
    """By time; of the same moment by reason and number, which together are one matter's alone."""
    reason = case({each.value: place for place, each in enumerate(REASONS)}, value=of.c.reason)
    return Key(of.c.at), Key(reason), Key(of.c.subject)


def _standing(tx: Transaction, scope: Scope, wanted: CareFilter) -> CTE:
    """Every matter that nobody closed, with who follows it up."""
    found, f = open_now(tx, scope, wanted), follow_ups.c
    about = (
        select(
            f.id.label("follow_up"),
            f.reason,
            func.coalesce(*(f[name] for name in SUBJECTS.values())).label("subject"),
            f.owner_id,
            users.c.display_name.label("owner"),
            f.due_day,
            f.closed_at,
        )
        .select_from(follow_ups.outerjoin(users, users.c.id == f.owner_id))
        .subquery("followed")
    )
    same = and_(about.c.reason == found.c.reason, about.c.subject == found.c.subject)
    query = (
        select(found, *(about.c[name] for name in ("follow_up", "owner_id", "owner", "due_day")))
        .select_from(found.outerjoin(about, same))
        .where(about.c.closed_at.is_(None))
    )
    return query.cte("standing").prefix_with("MATERIALIZED")
