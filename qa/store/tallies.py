"""Sums by agent for pages that compare people, counted in the database."""

from datetime import datetime
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Select, case, func, select

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
CRITERION_DAYS = pl.Schema({
    "agent_id": pl.Int64(), "queue_id": pl.Int64(), "local_day": pl.Int32(), "value": pl.Float64(),
    "n": pl.Int64(),
})  # fmt: skip
_VERDICT = criterion_results.c.verdict
VALUE = case((_VERDICT == Verdict.MET, 1.0), (_VERDICT == Verdict.PARTLY, 0.5), else_=0.0)
PROMISE_TALLY = pl.Schema(
    {"agent_id": pl.Int64(), "kept": pl.Int64(), "broken": pl.Int64(), "overdue": pl.Int64()}
)


def criterion_tally(database: Database, scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Verdicts of counted calls as sums: met is 1, partly 0.5, not met 0; the others are in none.

    Columns as ``CRITERION_TALLY``: how many verdicts, their sum, the sum of their squares, of their
    applied weights (points). The same as ``qa.analytics.gain.criterion_sums`` makes from verdicts.
    """
    groups = (criterion_results.c.key, calls.c.agent_id, calls.c.queue_id)
    weight = func.sum(criterion_results.c.applied_weight)
    sums = (func.count(), func.sum(VALUE), func.sum(VALUE * VALUE), weight)
    query = _judged(select(*groups, *sums), filters.clauses(scope, database.dialect))
    with database.read() as tx:
        rows = [tuple(row) for row in tx.execute(query.group_by(*groups).order_by(*groups))]
    return pl.DataFrame(rows, schema=CRITERION_TALLY, orient="row")


def criterion_days(database: Database, scope: Scope, filters: CallFilter, criterion: str) -> pl.DataFrame:
    """How many verdicts of one criterion had which value (met is 1, partly 0.5, not met 0), by agent, queue
    and day. Columns as ``CRITERION_DAYS``.
    """
    groups = (calls.c.agent_id, calls.c.queue_id, calls.c.local_day, VALUE)
    where = [*filters.clauses(scope, database.dialect), criterion_results.c.key == criterion]
    query = _judged(select(*groups, func.count()), where).group_by(*groups).order_by(*groups)
    with database.read() as tx:
        rows = [tuple(row) for row in tx.execute(query)]
    return pl.DataFrame(rows, schema=CRITERION_DAYS, orient="row")


def _judged(query: Select[Any], where: list[ColumnElement[bool]]) -> Select[Any]:
    """The query over current automatic verdicts, met, partly or not met, of counted calls of agents."""
    current = evaluations.c.current & (evaluations.c.source == EvaluationSource.AUTO)
    joined = calls.join(evaluations, (evaluations.c.call_id == calls.c.id) & current).join(
        criterion_results, criterion_results.c.evaluation_id == evaluations.c.id
    )
    return query.select_from(joined).where(
        *where,
        criterion_results.c.verdict.in_((Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET)),
        calls.c.left_out.is_(None),
        calls.c.agent_id.is_not(None),
    )


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
