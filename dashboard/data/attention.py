"""What needs a person now: jobs that failed, calls that failed a critical criterion."""

from dataclasses import dataclass
from datetime import datetime

from dashboard.data.site import Scope, database
from qa.store.call.findings import load_evaluations
from qa.store.database import Transaction
from qa.store.kinds import CallStatus, EvaluationSource, JobState
from qa.store.lists.filters import CallFilter
from qa.store.lists.listing import CallRow, PageOf, list_calls
from qa.store.work import jobs
from qa.store.work.jobs import Job, list_jobs

__all__ = ["Critical", "Job", "JobState", "critical_calls", "failed_jobs", "in_line"]

STUCK = (JobState.FAILED, JobState.DEAD)


@dataclass(frozen=True, slots=True)
class Critical:
    """A call that failed a critical criterion, with the first words that prove it and their second."""

    key: str
    agent: str | None
    started_at: datetime
    failed_by: tuple[str, ...]
    quote: str
    at: float | None


def failed_jobs(scope: Scope, limit: int) -> tuple[Job, ...]:
    """Jobs that no machine will try again, the newest first."""
    with database().read() as tx:
        return list_jobs(tx, scope, STUCK, limit)


def in_line(scope: Scope) -> tuple[int, int]:
    """How many of the viewer's calls wait to be heard, and how many are being heard."""
    with database().read() as tx:
        found = jobs.in_line(tx, scope)
    return found.get(CallStatus.WAITING, 0), found.get(CallStatus.RUNNING, 0)


def count_calls(scope: Scope, filters: CallFilter) -> int:
    """How many of the viewer's calls a filter leaves."""
    with database().read() as tx:
        return list_calls(tx, scope, filters, PageOf(limit=1)).total or 0


def critical_calls(scope: Scope, filters: CallFilter, limit: int) -> tuple[tuple[Critical, ...], int]:
    """The newest calls with a failed critical criterion, and how many there are."""
    with database().read() as tx:
        page = list_calls(tx, scope, filters, PageOf(limit=limit))
        found = tuple(_critical(row, *_proof(tx, row)) for row in page.rows)
    return found, page.total or 0


def _critical(row: CallRow, quote: str, at: float | None) -> Critical:
    return Critical(row.key, row.agent, row.started_at, row.failed_by, quote, at)


def _proof(tx: Transaction, row: CallRow) -> tuple[str, float | None]:
    for evaluation in load_evaluations(tx, row.id):
        if evaluation.current and evaluation.source is EvaluationSource.AUTO:
            for criterion in evaluation.scoring.criteria:
                if criterion.key in row.failed_by:
                    for proof in criterion.judgement.evidence:
                        return proof.quote, proof.span.start if proof.span else None
    return "", None
