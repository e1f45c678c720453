"""Reading disputes: those of a call, of an agent, the queue of the desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Label, select

from qa.errors import NotFound
from qa.records import Verdict
from qa.store.database import Transaction
from qa.store.kinds import DisputeOutcome, DisputeState, DisputeStep, EvaluationSource
from qa.store.scope import Scope
from qa.store.tables import agents, calls, dispute_events, disputes, reviews, users


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute. ``original`` is the verdict it is about and stays; ``verdict`` is the one it led to,
    ``None`` as long as it changed nothing. ``contested`` is the reviewer who gave the original,
    ``None`` for the automatic one.
    """

    id: int
    call_id: int
    call_key: str
    agent_id: int
    agent: str
    team_id: int | None
    generated: bool
    key: str
    scorecard: str
    version: int
    original: Verdict
    source: EvaluationSource
    review_id: int | None
    contested_id: int | None
    contested: str | None
    reviewer_id: int | None
    round: int
    state: DisputeState
    opened_at: datetime
    due: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    outcome: DisputeOutcome | None
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class DisputeEvent:
    """One step of a dispute and who took it."""

    round: int
    step: DisputeStep
    user_id: int
    author: str
    text: str
    outcome: DisputeOutcome | None
    verdict: Verdict | None
    at: datetime


@dataclass(frozen=True, slots=True)
class DisputeFilter:
    """Which disputes to list; an empty filter lists all."""

    states: frozenset[DisputeState] = frozenset()
    call_id: int | None = None
    agent_id: int | None = None


NAMED: dict[str, Label[Any]] = {
    "call_key": calls.c.key.label("call_key"),
    "agent": agents.c.name.label("agent"),
    "team_id": calls.c.team_id.label("team_id"),
    "generated": calls.c.generated.label("generated"),
    "contested_id": reviews.c.reviewer_id.label("contested_id"),
    "contested": users.c.display_name.label("contested"),
}


def list_disputes(tx: Transaction, scope: Scope, wanted: DisputeFilter) -> tuple[Dispute, ...]:
    """Disputes about calls in the scope, what is due first stands first."""
    columns = [NAMED[name] if name in NAMED else disputes.c[name] for name in Dispute.__dataclass_fields__]
    joined = (
        disputes.join(calls, calls.c.id == disputes.c.call_id)
        .join(agents, agents.c.id == disputes.c.agent_id)
        .outerjoin(reviews, reviews.c.id == disputes.c.review_id)
        .outerjoin(users, users.c.id == reviews.c.reviewer_id)
    )
    query = select(*columns).select_from(joined).where(scope.clause())
    if wanted.states:
        query = query.where(disputes.c.state.in_(sorted(wanted.states)))
    if wanted.call_id is not None:
        query = query.where(disputes.c.call_id == wanted.call_id)
    if wanted.agent_id is not None:
        query = query.where(disputes.c.agent_id == wanted.agent_id)
    rows = tx.execute(query.order_by(disputes.c.due, disputes.c.id)).mappings()
    return tuple(Dispute(**row) for row in rows)


def get_dispute(tx: Transaction, dispute_id: int, scope: Scope) -> Dispute:
    """One dispute.

    Raises:
        NotFound: there is none about a call that this viewer may see.
    """
    found = tx.scalar(select(disputes.c.call_id).where(disputes.c.id == dispute_id))
    every = () if found is None else list_disputes(tx, scope, DisputeFilter(call_id=found))
    for one in every:
        if one.id == dispute_id:
            return one
    raise NotFound(f"There is no dispute {dispute_id} that you may see; reload the list.")


def list_steps(tx: Transaction, dispute_ids: list[int]) -> dict[int, tuple[DisputeEvent, ...]]:
    """What happened to disputes, in order; the caller has checked that the viewer may see them."""
    e = dispute_events.c
    own = ("round", "step", "user_id", "text", "outcome", "verdict", "at")
    query = (
        select(e.dispute_id, users.c.display_name.label("author"), *(e[name] for name in own))
        .join_from(dispute_events, users)
        .where(e.dispute_id.in_(dispute_ids))
        .order_by(e.id)
    )
    found: dict[int, list[DisputeEvent]] = {each: [] for each in dispute_ids}
    for row in tx.execute(query).mappings():
        fields = {name: row[name] for name in DisputeEvent.__dataclass_fields__}
        found[row["dispute_id"]].append(DisputeEvent(**fields))
    return {each: tuple(steps) for each, steps in found.items()}
