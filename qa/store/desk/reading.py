"""Reading reviews: lists for queues and figures, one with its verdicts, those of a call."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Label, Select, or_, select

from qa.errors import NotFound
from qa.records import ScoringStatus, Seconds, Share, Verdict
from qa.store.blind import still_blind
from qa.store.database import Transaction
from qa.store.kinds import Band, Layer, ReviewKind, ReviewState
from qa.store.scope import Scope
from qa.store.tables import agents, calls, queues, review_verdicts, reviews, users


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review with the names it points to. ``started_on`` is when the call began. The automatic score is
    ``None`` too for who has to give this review blind.
    """

    id: int
    call_id: int
    call_key: str
    agent_id: int | None
    agent: str | None
    team_id: int | None
    queue: str | None
    started_on: datetime
    duration: Seconds | None
    language: str | None
    generated: bool
    plan_id: int | None
    round_id: int | None
    kind: ReviewKind
    layer: Layer | None
    week: int | None
    reasons: tuple[str, ...]
    scorecard: str
    version: int
    reviewer_id: int | None
    reviewer: str | None
    assigned_at: datetime
    due: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    seconds: Seconds
    state: ReviewState
    auto_status: ScoringStatus | None
    auto_score: float | None
    auto_band: Band | None
    human_status: ScoringStatus | None
    human_score: float | None
    human_before_critical: float | None
    human_failed_by: tuple[str, ...]
    human_band: Band | None
    replaced_by: int | None
    replaced_reason: str | None


@dataclass(frozen=True, slots=True)
class ReviewVerdict:
    """One criterion of a review: the automatic verdict of that time beside what the person said; the
    automatic one is ``None`` for who has to give this review blind.
    """

    key: str
    automatic: Verdict | None
    confidence: Share | None
    human: Verdict | None
    changed: bool
    reason: str
    note: str
    at: Seconds | None


@dataclass(frozen=True, slots=True)
class StoredReview:
    """A review with its verdicts in the order of the scorecard."""

    row: ReviewRow
    verdicts: tuple[ReviewVerdict, ...]


@dataclass(frozen=True, slots=True)
class ReviewFilter:
    """Which reviews to list; an empty filter lists all but the replaced ones."""

    reviewer_id: int | None = None
    unassigned: bool = False
    states: frozenset[ReviewState] = frozenset(
        {ReviewState.ASSIGNED, ReviewState.STARTED, ReviewState.FINISHED}
    )
    kinds: frozenset[ReviewKind] = frozenset({ReviewKind.REVIEW})
    first_week: int | None = None
    call_id: int | None = None
    round_id: int | None = None


NAMED: dict[str, Label[Any]] = {
    "call_key": calls.c.key.label("call_key"),
    "agent": agents.c.name.label("agent"),
    "queue": queues.c.name.label("queue"),
    "started_on": calls.c.started_at.label("started_on"),
    "reviewer": users.c.display_name.label("reviewer"),
}
OF_CALL = ("agent_id", "team_id", "duration", "language", "generated")


def list_reviews(tx: Transaction, scope: Scope, wanted: ReviewFilter) -> tuple[ReviewRow, ...]:
    """Reviews of calls in the scope: what is due first stands first, then the order in which they came."""
    query = rows_query(scope).where(
        reviews.c.state.in_(sorted(wanted.states)), reviews.c.kind.in_(sorted(wanted.kinds))
    )
    if wanted.unassigned:
        query = query.where(reviews.c.reviewer_id.is_(None))
    if wanted.reviewer_id is not None:
        query = query.where(reviews.c.reviewer_id == wanted.reviewer_id)
    if wanted.first_week is not None:
        query = query.where(reviews.c.week >= wanted.first_week)
    if wanted.call_id is not None:
        query = query.where(reviews.c.call_id == wanted.call_id)
    if wanted.round_id is not None:
        query = query.where(reviews.c.round_id == wanted.round_id)
    rows = tx.execute(query.order_by(reviews.c.due, reviews.c.id)).mappings()
    return tuple(_row(row, scope) for row in rows)


def load_review(tx: Transaction, review_id: int, scope: Scope) -> StoredReview:
    """One review with its verdicts.

    Raises:
        NotFound: there is none of a call that this viewer may see.
    """
    found = tx.execute(rows_query(scope).where(reviews.c.id == review_id)).mappings().one_or_none()
    if found is None:
        raise NotFound(f"There is no review {review_id} that you may see; reload the list.")
    verdicts = load_verdicts(tx, review_id)
    if found["call_id"] in scope.blind:
        verdicts = tuple(replace(one, automatic=None, confidence=None) for one in verdicts)
    return StoredReview(_row(found, scope), verdicts)


def load_verdicts(tx: Transaction, review_id: int) -> tuple[ReviewVerdict, ...]:
    """The verdicts of a review, in the order of the scorecard."""
    v = review_verdicts.c
    columns = [v[name] for name in ReviewVerdict.__dataclass_fields__]
    query = select(*columns).where(v.review_id == review_id).order_by(v.position)
    return tuple(ReviewVerdict(*row) for row in tx.execute(query))


def latest_review(tx: Transaction, call_id: int, scope: Scope) -> StoredReview | None:
    """What people say of a call now: the newest finished review or answer to a dispute; calibrations, which
    are blind, do not count.
    """
    done = frozenset({ReviewState.FINISHED})
    kinds = frozenset({ReviewKind.REVIEW, ReviewKind.DISPUTE})
    found = list_reviews(tx, scope, ReviewFilter(states=done, kinds=kinds, call_id=call_id))
    if not found:
        return None
    newest = max(found, key=lambda row: (row.finished_at or row.assigned_at, row.id))
    return StoredReview(newest, load_verdicts(tx, newest.id))


def rows_query(scope: Scope) -> Select[Any]:
    """Reviews of calls in the scope, as ``ReviewRow`` has them."""
    columns = [
        NAMED[name] if name in NAMED else (calls if name in OF_CALL else reviews).c[name]
        for name in ReviewRow.__dataclass_fields__
    ]
    joined = (
        reviews.join(calls, calls.c.id == reviews.c.call_id)
        .outerjoin(agents, agents.c.id == calls.c.agent_id)
        .outerjoin(queues, queues.c.id == calls.c.queue_id)
        .outerjoin(users, users.c.id == reviews.c.reviewer_id)
    )
    own = (reviews.c.reviewer_id == scope.reader) & still_blind()
    seen = or_(scope.clause(), own & scope.reach()) if scope.blind else scope.clause()
    return select(*columns).select_from(joined).where(seen)


def _row(found: Any, scope: Scope) -> ReviewRow:
    lists = {name: tuple(found[name] or ()) for name in ("reasons", "human_failed_by")}
    row = ReviewRow(**{**found, **lists})
    if row.call_id in scope.blind:
        return replace(row, reasons=(), auto_status=None, auto_score=None, auto_band=None)
    return row
