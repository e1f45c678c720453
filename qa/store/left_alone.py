"""Customers who were left alone: a complaint (in public, in a call), a broken promise or a low survey with
no contact since.

A contact is any later call with the customer, whoever made it, recorded or answered in the telephone records;
for a complaint in public also a reply, a remedy or an end in its ledger.
What a person closed as followed up is no longer there.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    and_,
    exists,
    func,
    or_,
    select,
    true,
)

from qa.store.care_filter import CareFilter
from qa.store.database import Transaction
from qa.store.kinds import FollowUpReason
from qa.store.matters import matters
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


SUBJECTS = {
    FollowUpReason.COMPLAINT: "comment_id",
    FollowUpReason.CALL_COMPLAINT: "call_id",
    FollowUpReason.BROKEN_PROMISE: "promise_id",
    FollowUpReason.LOW_SURVEY: "survey_id",
}
"""The column of ``follow_ups`` that holds what each reason is about."""


def list_left_alone(
    tx: Transaction, scope: Scope, wanted: CareFilter, limit: int, skip: int = 0
) -> tuple[LeftAlone, ...]:
    """A page, the longest alone first."""
    found = matters(scope, wanted)
    f = follow_ups.c
    subject = or_(
        *(
            and_(found.c.reason == reason.value, f[column] == found.c.subject)
            for reason, column in SUBJECTS.items()
        )
    )
    query = (
        select(found, f.id.label("follow_up"), f.owner_id, users.c.display_name.label("owner"), f.due_day)
        .select_from(found.outerjoin(follow_ups, subject).outerjoin(users, users.c.id == f.owner_id))
        .where(f.closed_at.is_(None), true() if wanted.owner is None else f.owner_id == wanted.owner)
        .order_by(found.c.at, found.c.reason, found.c.subject)
        .limit(limit)
        .offset(skip)
    )
    return tuple(
        LeftAlone(**{**row, "reason": FollowUpReason(row["reason"])}) for row in tx.execute(query).mappings()
    )


def count_left_alone(tx: Transaction, scope: Scope, wanted: CareFilter) -> dict[FollowUpReason, int]:
    """How many wait for each reason, whoever owns them."""
    found = matters(scope, wanted)
    closed = [
        exists().where(
            f_column == found.c.subject, found.c.reason == reason.value, follow_ups.c.closed_at.is_not(None)
        )
        for reason, f_column in ((reason, follow_ups.c[column]) for reason, column in SUBJECTS.items())
    ]
    query = select(found.c.reason, func.count()).where(*(~one for one in closed)).group_by(found.c.reason)
    counted = {FollowUpReason(reason): int(count) for reason, count in tx.execute(query)}
    return {reason: counted.get(reason, 0) for reason in FollowUpReason}
