"""Calls of an agent in which a criterion was judged, to choose the moments of a session from."""

from dataclasses import dataclass

from sqlalchemy import exists, select

from qa.records import Evidence, Share, Span, Verdict
from qa.store.database import Transaction
from qa.store.kinds import DisputeOutcome, DisputeState, EvaluationSource
from qa.store.scope import Scope
from qa.store.tables import calls, criterion_results, disputes, evaluations, transcripts

NEWEST = 120
"""Calls that are looked at, the newest first: older ones say little about today."""
SAID = (Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A verdict with its evidence, and whether there is a recording. ``local_day`` as in ``qa.calendar``."""

    call_id: int
    local_day: int
    queue_id: int | None
    sound: bool
    verdict: Verdict
    confidence: Share
    evidence: tuple[Evidence, ...]
    scorecard: str
    version: int


def candidates(tx: Transaction, scope: Scope, agent_id: int, criterion: str) -> tuple[Candidate, ...]:
    """The newest counted calls of the agent that have words and a verdict; none that is contested, or whose
    verdict was changed by a dispute.
    """
    r, e, c = criterion_results.c, evaluations.c, calls.c
    unsure = (disputes.c.state == DisputeState.OPEN) | (disputes.c.outcome != DisputeOutcome.REJECTED)
    contested = exists().where(disputes.c.call_id == c.id, disputes.c.key == criterion, unsure)
    query = (
        select(
            r.verdict, r.confidence, r.evidence, e.scorecard, e.version,
            c.id.label("call_id"), c.local_day, c.queue_id, c.media.is_not(None).label("sound"),
        )
        .join_from(criterion_results, evaluations, e.id == r.evaluation_id)
        .join(calls, c.id == e.call_id)
        .join(transcripts, transcripts.c.call_id == c.id)
        .where(e.current, e.source == EvaluationSource.AUTO, r.key == criterion, r.verdict.in_(SAID))
        .where(c.agent_id == agent_id, c.left_out.is_(None), ~contested, scope.clause())
        .order_by(c.started_at.desc(), c.id)
        .limit(NEWEST)
    )  # fmt: skip
    found = []
    for row in tx.execute(query).mappings():
        proofs = tuple(
            Evidence(utterance, quote, None if pair is None else Span(*pair))
            for utterance, quote, pair in row["evidence"]
        )
        found.append(Candidate(**{**row, "evidence": proofs, "verdict": Verdict(row["verdict"])}))
    return tuple(found)
