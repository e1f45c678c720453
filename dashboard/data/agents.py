"""What the agents page works on. An agent's own scope is refused: nobody is ranked before colleagues."""

from datetime import UTC, datetime

import polars as pl

from dashboard.data import frames
from dashboard.data.frames import CallFilter
from dashboard.data.site import Scope, database
from qa.analytics.gain import criterion_sums
from qa.analytics.intervals import FEW
from qa.gather.sums import with_few_of_agents
from qa.store.lists.tallies import dispute_tally, promise_tally, survey_tally

__all__ = ["CallFilter", "Scope", "calls", "contested", "criteria", "few", "promised", "surveyed"]


def calls(scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Calls for figures (``qa.gather.sums.calls``)."""
    return frames.figures(_leading(scope), filters)


def few(scope: Scope, found: pl.DataFrame, filters: CallFilter) -> pl.DataFrame:
    """Calls for figures, where agents with few calls have each of them (``qa.gather.sums``)."""
    return with_few_of_agents(found, database(), _leading(scope), filters, FEW)


def criteria(scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Verdicts as sums by criterion, agent and queue (``qa.analytics.gain.criterion_sums``)."""
    return criterion_sums(frames.verdicts(_leading(scope), filters).lazy())


def promised(scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Promises made in the calls, by agent: ``agent_id, kept, broken, overdue``."""
    return promise_tally(database(), _leading(scope), filters, datetime.now(UTC))


def surveyed(scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Answers about the calls, counted: ``agent_id, kind, score, scale, n``."""
    return survey_tally(database(), _leading(scope), filters)


def contested(scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Disputes about the calls, by agent: ``agent_id, n, waits``; ``waits`` are open."""
    return dispute_tally(database(), _leading(scope), filters)


def _leading(scope: Scope) -> Scope:
    if scope.agent is not None:
        raise PermissionError("agents are compared only for those who lead")
    return scope
