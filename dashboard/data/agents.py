"""What the agents page works on. An agent's own scope is refused: nobody is ranked before colleagues."""

from datetime import UTC, datetime

import polars as pl

from dashboard.data import disputes, frames, voice
from dashboard.data.disputes import DisputeState
from dashboard.data.frames import CallFilter
from dashboard.data.site import Scope, database
from qa.store.tallies import criterion_tally, promise_tally

__all__ = ["CallFilter", "Scope", "calls", "contested", "criteria", "promised", "surveyed"]


def calls(scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """One row a call (``qa.frames.CALLS_SCHEMA``)."""
    return frames.calls(_leading(scope), filters)


def criteria(scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Verdicts as sums by criterion, agent and queue (``CRITERION_TALLY``)."""
    return criterion_tally(database(), _leading(scope), filters)


def promised(scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Promises made in the calls, by agent: ``agent_id, kept, broken, overdue``."""
    return promise_tally(database(), _leading(scope), filters, datetime.now(UTC))


def surveyed(scope: Scope, inside: pl.DataFrame, last: int) -> pl.DataFrame:
    """Surveys of the calls ``inside``, with their ``agent_id``: ``agent_id, kind, score, scale``."""
    first = inside["local_day"].min()
    if not isinstance(first, int):
        first = last
    answered = voice.surveys(_leading(scope), first, last + voice.BACK)
    named = inside.select(pl.col("call_key").alias("call"), "agent_id")
    return answered.select("call", "kind", "score", "scale").join(named, on="call")


def contested(scope: Scope, inside: pl.DataFrame) -> pl.DataFrame:
    """Disputes about the calls ``inside``: ``agent_id, agent, call_key, opened_at, waits``."""
    found = disputes.frame(_leading(scope)).join(inside.select("call_key"), on="call_key", how="semi")
    waits = (pl.col("state") == DisputeState.OPEN.value).alias("waits")
    return found.select("agent_id", "agent", "call_key", "opened_at", waits)


def _leading(scope: Scope) -> Scope:
    if scope.agent is not None:
        raise PermissionError("agents are compared only for those who lead")
    return scope
