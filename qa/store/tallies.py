"""Sums by agent for pages that compare people, counted in the database."""

from datetime import datetime

import polars as pl
from sqlalchemy import case, func, select

from qa.records import Verdict
from qa.store.database import Database
from qa.store.filters import CallFilter
from qa.store.kinds import EvaluationSource, PromiseState
from qa.store.scope import Scope
from qa.store.tables import calls, criterion_results, evaluations, promises

CRITERION_TALLY = pl.Schema({
    "key": pl.String(), "agent_id": pl.Int64(), "queue_id": pl.Int64(),
    "n": pl.Int64(), "total": pl.Float64(), "squares": pl.Float64(), "weight": pl.Float64(),
})  # fmt: skip
PROMISE_TALLY = pl.Schema(
    {"agent_id": pl.Int64(), "kept": pl.Int64(), "broken": pl.Int64(), "overdue": pl.Int64()}
)


def criterion_tally(database: Database, scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Verdicts of counted calls as sums: met is 1, partly 0.5, not met 0; the others are in none.

    Columns as ``CRITERION_TALLY``: how many verdicts, their sum, the sum of their squares, of their
    applied weights (points). The same as ``qa.analytics.gain.criterion_sums`` makes from verdicts.
    """
    verdict = criterion_results.c.verdict
    value = case((verdict == Verdict.MET, 1.0), (verdict == Verdict.PARTLY, 0.5), else_=0.0)
    weight = criterion_results.c.applied_weight
    groups = (criterion_results.c.key, calls.c.agent_id, calls.c.queue_id)
    current = evaluations.c.current & (evaluations.c.source == EvaluationSource.AUTO)
    query = (
        select(*groups, func.count(), func.sum(value), func.sum(value * value), func.sum(weight))
        .select_from(
            calls.join(evaluations, (evaluations.c.call_id == calls.c.id) & current).join(
                criterion_results, criterion_results.c.evaluation_id == evaluations.c.id
            )
        )
        .where(
            *filters.clauses(scope, database.dialect),
            verdict.in_((Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET)),
            calls.c.left_out.is_(None),
            calls.c.agent_id.is_not(None),
        )
        .group_by(*groups)
        .order_by(*groups)
    )
    with database.read() as tx:
        rows = [tuple(row) for row in tx.execute(query)]
    return pl.DataFrame(rows, schema=CRITERION_TALLY, orient="row")


def promise_tally(database: Database, scope: Scope, filters: CallFilter, now: datetime) -> pl.DataFrame:
    """Promises made in the calls, by agent: kept, broken, and open past their time."""
    state = promises.c.state
    late = (state == PromiseState.OPEN) & (promises.c.due_at < now)
    rules = (state == PromiseState.KEPT, state == PromiseState.BROKEN, late)
    query = (
        select(calls.c.agent_id, *(func.sum(case((rule, 1), else_=0)) for rule in rules))
        .select_from(promises.join(calls, calls.c.id == promises.c.call_id))
        .where(*filters.clauses(scope, database.dialect), calls.c.agent_id.is_not(None))
        .group_by(calls.c.agent_id)
        .order_by(calls.c.agent_id)
    )
    with database.read() as tx:
        rows = [tuple(row) for row in tx.execute(query)]
    return pl.DataFrame(rows, schema=PROMISE_TALLY, orient="row")
