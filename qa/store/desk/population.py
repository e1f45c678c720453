"""The calls of a stretch of days that people could review, with what is known of them."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select

from qa.records import CriticalKind, Share, Verdict
from qa.store.call.complaints import complained
from qa.store.database import Transaction
from qa.store.kinds import Band, CallStatus, EvaluationSource
from qa.store.lists.call_days import on_days
from qa.store.tables import calls, criterion_results, evaluations


@dataclass(frozen=True, slots=True)
class Reviewable:
    """A scored call. ``confidence`` is the mean of its verdicts by applied weight, ``lost`` the criteria it
    lost points at, ``complained``: the customer complained in it, ``agent_days`` days since the agent's first
    call.
    """

    call_id: int
    key: str
    agent_id: int | None
    team_id: int | None
    queue_id: int | None
    generated: bool
    band: Band | None
    critical: bool
    abusive: bool
    confidence: Share | None
    lost: frozenset[str]
    complained: bool
    agent_days: int


def reviewable(tx: Transaction, first_day: int, last_day: int) -> tuple[Reviewable, ...]:
    """Calls of these days that are done, counted and have verdicts.

    Generated calls are among them only where no other call is, so that a demo never mixes with real work.
    """
    failed = or_(*(calls.c[f"failed_{kind.value}"] for kind in CriticalKind))
    within = and_(*on_days(first_day, last_day))
    counted = within & (calls.c.status == CallStatus.DONE) & calls.c.left_out.is_(None)
    names = ("id", "key", "agent_id", "team_id", "queue_id", "generated", "band", "abusive", "local_day")
    query = (
        select(
            *(calls.c[name] for name in names),
            failed.label("critical"),
            complained().label("complained"),
            evaluations.c.id.label("made"),
        )
        .join_from(calls, evaluations, evaluations.c.call_id == calls.c.id)
        .where(counted, evaluations.c.current, evaluations.c.source == EvaluationSource.AUTO)
        .order_by(calls.c.id)
    )
    rows = tx.execute(query).all()
    real = [row for row in rows if not row.generated]
    rows = real or rows
    sure, lost = _verdicts(tx, [row.made for row in rows])
    first = _first_days(tx)
    return tuple(
        Reviewable(
            call_id=row.id,
            key=row.key,
            agent_id=row.agent_id,
            team_id=row.team_id,
            queue_id=row.queue_id,
            generated=row.generated,
            band=row.band,
            critical=bool(row.critical),
            abusive=bool(row.abusive),
            confidence=sure.get(row.made),
            lost=frozenset(lost.get(row.made, ())),
            complained=bool(row.complained),
            agent_days=row.local_day - first.get(row.agent_id, row.local_day),
        )
        for row in rows
    )


def _verdicts(tx: Transaction, made: list[int]) -> tuple[dict[int, float], dict[int, list[str]]]:
    c = criterion_results.c
    sums: dict[int, tuple[float, float]] = {}
    lost: dict[int, list[str]] = defaultdict(list)
    for start in range(0, len(made), 500):
        some = c.evaluation_id.in_(made[start : start + 500])
        weighed = select(
            c.evaluation_id, func.sum(c.confidence * c.applied_weight), func.sum(c.applied_weight)
        )
        for number, confidence, weight in tx.execute(weighed.where(some).group_by(c.evaluation_id)):
            sums[number] = (confidence, weight)
        bad = c.verdict.in_((Verdict.NOT_MET, Verdict.PARTLY))
        for number, key in tx.execute(select(c.evaluation_id, c.key).where(some, bad)):
            lost[number].append(key)
    return {number: total / weight for number, (total, weight) in sums.items() if weight}, lost


def _first_days(tx: Transaction) -> dict[int | None, int]:
    query = select(calls.c.agent_id, func.min(calls.c.local_day)).group_by(calls.c.agent_id)
    return dict(tx.execute(query).tuples().all())
