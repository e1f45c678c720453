"""Disputes: an agent contests a verdict, somebody answers, at most three rounds. Steps are only added."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from qa.errors import InvalidSetting, NotFound
from qa.records import Verdict
from qa.store.call.calls import call_id_of
from qa.store.database import Transaction
from qa.store.desk.assigning import automatic_of
from qa.store.desk.marking import LONGEST
from qa.store.desk.reading import latest_review
from qa.store.kinds import DisputeOutcome, DisputeState, DisputeStep, EvaluationSource
from qa.store.scope import Scope
from qa.store.tables import calls, dispute_events, disputes
from qa.store.types import utc_now

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class NewDispute:
    """What an agent contests. ``days`` to answer; ``reviewer_id`` whom the desk asks, if it is one person."""

    call_key: str
    criterion: str
    text: str
    days: int = 5
    reviewer_id: int | None = None


@dataclass(frozen=True, slots=True)
class Contested:
    """The verdict that counts for a criterion now, and who gave it (``review_id`` of a person's)."""

    verdict: Verdict
    source: EvaluationSource
    scorecard: str
    version: int
    review_id: int | None = None
    reviewer_id: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a dispute; ``user_id`` did it."""

    kind: DisputeStep
    round: int
    user_id: int
    text: str
    outcome: DisputeOutcome | None = None
    verdict: Verdict | None = None


def contested_now(tx: Transaction, call_id: int, criterion: str, scope: Scope) -> Contested | None:
    """The verdict an agent would contest: the newest of a person, else the automatic one."""
    human = latest_review(tx, call_id, scope)
    said = [v for v in human.verdicts if v.key == criterion and v.human] if human else []
    if human and said and said[0].human:
        row, verdict = human.row, said[0].human
        return Contested(verdict, EvaluationSource.HUMAN, row.scorecard, row.version, row.id, row.reviewer_id)
    automatic = automatic_of(tx, call_id)
    for result in automatic.scoring.criteria if automatic else ():
        if automatic and result.key == criterion:
            scoring = automatic.scoring
            return Contested(
                result.judgement.verdict, EvaluationSource.AUTO, scoring.scorecard, scoring.version
            )
    return None


def open_dispute(tx: Transaction, new: NewDispute, user_id: int, agent_id: int | None) -> int:
    """Contest a criterion of an own call; gives the dispute's number.

    Raises:
        NotFound: the call is not the agent's own, or has no such verdict.
        InvalidSetting: there is no reason, or this criterion is contested already.
    """
    if agent_id is None:
        raise NotFound(f"There is no call {new.call_key!r} that you may contest; only its own agent can.")
    own = Scope.of_agent(agent_id)
    call_id = call_id_of(tx, new.call_key, own)
    if not new.text.strip():
        raise InvalidSetting("The reason is empty; say what the verdict leaves out.")
    found = contested_now(tx, call_id, new.criterion, own)
    if found is None:
        raise NotFound(f"Call {new.call_key} has no verdict for {new.criterion!r}; reload the page.")
    now = utc_now()
    values = {
        "call_id": call_id,
        "key": new.criterion,
        "scorecard": found.scorecard,
        "version": found.version,
        "agent_id": agent_id,
        "opened_by": user_id,
        "original": found.verdict,
        "source": found.source,
        "review_id": found.review_id,
        "reviewer_id": new.reviewer_id,
        "round": 1,
        "state": DisputeState.OPEN,
        "opened_at": now,
        "due": now + timedelta(days=new.days),
    }
    try:
        with tx.begin_nested():
            made = tx.execute(insert(disputes).values(**values).returning(disputes.c.id)).scalar_one()
    except IntegrityError as error:
        raise InvalidSetting(
            f"{new.criterion!r} of this call is contested already; follow that one."
        ) from error
    add_step(tx, int(made), Step(DisputeStep.OPENED, 1, user_id, new.text))
    return int(made)


def reopen(tx: Transaction, dispute_id: int, user: tuple[int, int | None], text: str, days: int) -> int:
    """Ask again after an answer; gives the new round.

    Raises:
        NotFound: it is not this agent's dispute, or no answer is there to ask about.
        InvalidSetting: there is no reason, or the three rounds are over.
    """
    user_id, agent_id = user
    row = _own(tx, dispute_id, agent_id)
    if not text.strip():
        raise InvalidSetting("The reason is empty; say what the answer leaves out.")
    if row.round >= ROUNDS:
        raise InvalidSetting(f"A dispute has {ROUNDS} rounds; this one is closed.")
    values: dict[str, Any] = {
        "round": row.round + 1,
        "state": DisputeState.OPEN,
        "due": utc_now() + timedelta(days=days),
    }
    tx.execute(update(disputes).where(disputes.c.id == dispute_id).values(**values))
    add_step(tx, dispute_id, Step(DisputeStep.REOPENED, row.round + 1, user_id, text))
    return int(row.round) + 1


def close(tx: Transaction, dispute_id: int, user: tuple[int, int | None]) -> None:
    """The agent leaves it at the answer.

    Raises:
        NotFound: it is not this agent's dispute, or it has no answer yet.
    """
    user_id, agent_id = user
    row = _own(tx, dispute_id, agent_id)
    values = {"state": DisputeState.CLOSED, "closed_at": utc_now()}
    tx.execute(update(disputes).where(disputes.c.id == dispute_id).values(**values))
    add_step(tx, dispute_id, Step(DisputeStep.CLOSED, row.round, user_id, ""))


def add_step(tx: Transaction, dispute_id: int, step: Step) -> None:
    """Add what happened."""
    values = {
        "dispute_id": dispute_id,
        "round": step.round,
        "step": step.kind,
        "user_id": step.user_id,
        "text": step.text.strip()[:LONGEST],
        "outcome": step.outcome,
        "verdict": step.verdict,
        "at": utc_now(),
    }
    tx.execute(insert(dispute_events).values(**values))


def _own(tx: Transaction, dispute_id: int, agent_id: int | None) -> Any:
    mine = (disputes.c.id == dispute_id) & (disputes.c.state == DisputeState.ANSWERED)
    query = (
        select(disputes)
        .join_from(disputes, calls)
        .where(mine, disputes.c.agent_id == agent_id, calls.c.agent_id == agent_id)
        .with_for_update(of=disputes)
    )
    row = None if agent_id is None else tx.execute(query).one_or_none()
    if row is None:
        raise NotFound(f"Dispute {dispute_id} has no answer of yours to act on; reload the list.")
    return row
