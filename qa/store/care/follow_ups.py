"""Following up what customers were left alone with: who does it, by when, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, insert, or_, select, update

from qa.errors import InvalidSetting, NotFound
from qa.store.care.left_alone import SUBJECTS
from qa.store.database import Transaction
from qa.store.kinds import FollowUpReason
from qa.store.scope import Scope
from qa.store.tables import calls, comments, follow_up_events, follow_ups, promises, surveys, users
from qa.store.types import utc_now


@dataclass(frozen=True, slots=True)
class Matter:
    """What is followed up: customer, reason, and the number of the comment, call, promise or survey."""

    customer: str
    reason: FollowUpReason
    subject: int


@dataclass(frozen=True, slots=True)
class FollowUpEvent:
    """One thing that a person did: gave it to somebody, or closed it."""

    reason: FollowUpReason
    by: str | None
    owner: str | None
    due_day: int | None
    closed: bool
    note: str
    created_at: datetime


def assign(tx: Transaction, matter: Matter, who: tuple[int, int], due_day: int, note: str = "") -> None:
    """Give a matter to somebody by a day. ``who`` is the one who asks and the one who is asked."""
    user, owner = who
    number = _of(tx, matter)
    values = {"owner_id": owner, "due_day": due_day, "closed_at": None}
    tx.execute(update(follow_ups).where(follow_ups.c.id == number).values(**values))
    event = {
        "follow_up_id": number,
        "user_id": user,
        "owner_id": owner,
        "due_day": due_day,
        "note": note.strip(),
    }
    tx.execute(insert(follow_up_events).values(**event))


def close(tx: Transaction, matter: Matter, user: int, note: str) -> None:
    """Say what came of it; it is no longer on the list.

    Raises:
        InvalidSetting: nothing was said.
    """
    if not note.strip():
        raise InvalidSetting("The follow-up has no note; write what came of it.")
    number = _of(tx, matter)
    tx.execute(update(follow_ups).where(follow_ups.c.id == number).values(closed_at=utc_now()))
    event = {"follow_up_id": number, "user_id": user, "closed": True, "note": note.strip()}
    tx.execute(insert(follow_up_events).values(**event))


def follow_up_events_of(tx: Transaction, scope: Scope, customer: str) -> tuple[FollowUpEvent, ...]:
    """What was done for a customer in matters that this viewer may see, the newest first."""
    own = [follow_ups.c[SUBJECTS[reason]].in_(seen[0]) for reason, seen in _seen(scope).items()]
    owner, e = users.alias("owner"), follow_up_events.c
    query = (
        select(
            follow_ups.c.reason,
            users.c.display_name.label("by"),
            owner.c.display_name.label("owner"),
            *(e[name] for name in ("due_day", "closed", "note", "created_at")),
        )
        .select_from(
            follow_up_events.join(follow_ups, follow_ups.c.id == e.follow_up_id)
            .outerjoin(users, users.c.id == e.user_id)
            .outerjoin(owner, owner.c.id == e.owner_id)
        )
        .where(follow_ups.c.customer_hash == customer, or_(*own))
        .order_by(e.id.desc())
    )
    return tuple(
        FollowUpEvent(**{**row, "closed": bool(row["closed"])}) for row in tx.execute(query).mappings()
    )


def _of(tx: Transaction, matter: Matter) -> int:
    column = SUBJECTS[matter.reason]
    known = tx.scalar(select(follow_ups.c.id).where(follow_ups.c[column] == matter.subject))
    if known is not None:
        return int(known)
    values = {"customer_hash": matter.customer, "reason": matter.reason, column: matter.subject}
    return int(tx.execute(insert(follow_ups).values(**values).returning(follow_ups.c.id)).scalar_one())


def check(tx: Transaction, scope: Scope, matter: Matter) -> None:
    """See that this viewer may see a matter, and that it is this customer's.

    Raises:
        NotFound: there is none.
    """
    ids, number, customer = _seen(scope)[matter.reason]
    if tx.scalar(ids.where(number == matter.subject, customer == matter.customer)) is None:
        raise NotFound("There is no such matter that you may see; reload the list.")


Seen = tuple[Select[tuple[int]], ColumnElement[int], ColumnElement[str | None]]


def _seen(scope: Scope) -> dict[FollowUpReason, Seen]:
    """What of each reason this viewer may see: the query of its numbers, its number and its customer."""
    promised = select(promises.c.id).join(calls, calls.c.id == promises.c.call_id).where(scope.clause())
    answered = select(surveys.c.id).outerjoin(calls, calls.c.id == surveys.c.call_id).where(scope.clause())
    said = select(comments.c.id).where(scope.public(comments.c.customer_hash))
    spoken = select(calls.c.id).where(scope.clause())
    return {
        FollowUpReason.COMPLAINT: (said, comments.c.id, comments.c.customer_hash),
        FollowUpReason.CALL_COMPLAINT: (spoken, calls.c.id, calls.c.customer_hash),
        FollowUpReason.BROKEN_PROMISE: (promised, promises.c.id, calls.c.customer_hash),
        FollowUpReason.LOW_SURVEY: (answered, surveys.c.id, surveys.c.customer_hash),
    }
