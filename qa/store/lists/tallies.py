"""Sums by agent for pages that compare people, counted in the database."""

from datetime import datetime

import polars as pl
from sqlalchemy import CTE, String, case, func, select, type_coerce

from qa.store.database import Database
from qa.store.kinds import DisputeState, PromiseState
from qa.store.lists.filters import CallFilter
from qa.store.scope import Scope
from qa.store.tables import calls, disputes, promises, surveys

SURVEY_TALLY = pl.Schema({
    "agent_id": pl.Int64(), "kind": pl.String(), "score": pl.Int64(), "scale": pl.Int64(), "n": pl.Int64(),
})  # fmt: skip
DISPUTE_TALLY = pl.Schema({"agent_id": pl.Int64(), "n": pl.Int64(), "waits": pl.Int64()})
PROMISE_TALLY = pl.Schema(
    {"agent_id": pl.Int64(), "kept": pl.Int64(), "broken": pl.Int64(), "overdue": pl.Int64()}
)


def promise_tally(database: Database, scope: Scope, filters: CallFilter, now: datetime) -> pl.DataFrame:
    """Promises made in the calls, by agent: kept, broken, and open past their time."""
    state = promises.c.state
    late = (state == PromiseState.OPEN) & (promises.c.due_at < now)
    rules = (state == PromiseState.KEPT, state == PromiseState.BROKEN, late)
    made = _of_agents(database, scope, filters)
    query = (
        select(made.c.agent_id, *(func.sum(case((rule, 1), else_=0)) for rule in rules))
        .select_from(made.join(promises, promises.c.call_id == made.c.id))
        .group_by(made.c.agent_id)
        .order_by(made.c.agent_id)
    )
    with database.read() as tx:
        rows = [tuple(row) for row in tx.execute(query)]
    return pl.DataFrame(rows, schema=PROMISE_TALLY, orient="row")


def survey_tally(database: Database, scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Answers about the calls, whenever they were given, counted by agent, kind, answer and scale."""
    s = surveys.c
    groups = (calls.c.agent_id, type_coerce(s.kind, String), s.score, s.scale)
    query = (
        select(*groups, func.count())
        .select_from(surveys.join(calls, calls.c.id == s.call_id))
        .where(*filters.clauses(scope, database.dialect), calls.c.agent_id.is_not(None), s.score.is_not(None))
        .group_by(*groups)
        .order_by(*groups)
    )
    with database.read() as tx:
        rows = [tuple(row) for row in tx.execute(query)]
    return pl.DataFrame(rows, schema=SURVEY_TALLY, orient="row")


def dispute_tally(database: Database, scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Disputes about the calls by agent: how many there are, and how many wait for an answer."""
    d = disputes.c
    query = (
        select(d.agent_id, func.count(), func.sum(case((d.state == DisputeState.OPEN, 1), else_=0)))
        .select_from(disputes.join(calls, calls.c.id == d.call_id))
        .where(*filters.clauses(scope, database.dialect))
        .group_by(d.agent_id)
        .order_by(d.agent_id)
    )
    with database.read() as tx:
        rows = [tuple(row) for row in tx.execute(query)]
    return pl.DataFrame(rows, schema=DISPUTE_TALLY, orient="row")


def _of_agents(database: Database, scope: Scope, filters: CallFilter) -> CTE:
    """The calls, with their agent. Kept apart, or SQLite walks through all calls of every agent, to have them
    in the order of agents.
    """
    rules = (*filters.clauses(scope, database.dialect), calls.c.agent_id.is_not(None))
    return select(calls.c.id, calls.c.agent_id).where(*rules).cte("made").prefix_with("MATERIALIZED")
