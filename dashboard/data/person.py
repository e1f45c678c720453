"""What the pages of one agent work on. Who may not see the agent gets nothing; who is the agent compares with
nobody.
"""

from collections.abc import Collection
from datetime import UTC, datetime

import polars as pl
import streamlit as st

from dashboard.data import choices, disputes, frames
from dashboard.data.acting import Act, audited
from dashboard.data.choices import Agent
from dashboard.data.disputes import Dispute
from dashboard.data.frames import HASHES, KEPT, CallFilter
from dashboard.data.site import Scope, database
from qa.analytics.gain import criterion_sums
from qa.analytics.intervals import Estimate, share
from qa.store.call import proofs as stored
from qa.store.call.proofs import Proof
from qa.store.desk import acknowledged as marks
from qa.store.lists.tallies import promise_tally
from qa.store.voice.feedback_frames import surveys_of

__all__ = ["Agent", "Dispute", "Proof", "Scope"]


def known(scope: Scope, agent_id: int | None) -> Agent | None:
    """The agent, where this viewer may see the agent's calls; else ``None``."""
    return next((one for one in choices.agents(scope) if one.id == agent_id), None)


def calls(scope: Scope, agent: Agent, first: int, last: int) -> pl.DataFrame:
    """The agent's calls of these days (``qa.frames.CALLS_SCHEMA``)."""
    return frames.calls(scope, _of(agent, first, last))


def around(scope: Scope, first: int, last: int) -> pl.DataFrame:
    """The calls that say what is usual: all that this viewer sees, as on the page Agents, for figures."""
    return frames.figures(scope, CallFilter(first_day=first, last_day=last))


def criteria(scope: Scope, agent: Agent, first: int, last: int, key: str = "") -> pl.DataFrame:
    """The agent's verdicts (``qa.frames.CRITERIA_SCHEMA``), on one criterion or on all."""
    return frames.criteria(scope, _of(agent, first, last), key)


def verdicts(scope: Scope, agent: Agent, first: int, last: int) -> pl.DataFrame:
    """Cells of the agent's verdicts (``qa.gather.sums.verdicts``)."""
    return frames.verdicts(scope, _of(agent, first, last))


def sums(scope: Scope, first: int, last: int) -> pl.DataFrame:
    """Verdicts as sums (``qa.analytics.gain.criterion_sums``) of all agents that this viewer sees."""
    days = CallFilter(first_day=first, last_day=last)
    return criterion_sums(frames.verdicts(scope, days).lazy())


def own_sums(scope: Scope, agent: Agent, first: int, last: int) -> pl.DataFrame:
    """The same of one agent's calls."""
    return criterion_sums(verdicts(scope, agent, first, last).lazy())


def surveys(scope: Scope, agent: Agent, first: int, last: int) -> pl.DataFrame:
    """Surveys of the agent's calls of these days, whenever they were answered, as the page Agents counts them
    (``qa.store.voice.feedback_frames.SURVEYS_SCHEMA``).
    """
    return surveys_of(database(), scope, _of(agent, first, last))


@st.cache_resource(ttl=KEPT, max_entries=32, show_spinner=False, hash_funcs=HASHES | {Agent: repr})
def promised(scope: Scope, agent: Agent, first: int, last: int) -> Estimate:
    """Share kept of the promises of these calls that were kept or broken."""
    found = promise_tally(database(), scope, _of(agent, first, last), datetime.now(UTC))
    kept, broken = int(found["kept"].sum()), int(found["broken"].sum())
    return share(kept, kept + broken)


def contested(scope: Scope, agent: Agent) -> tuple[Dispute, ...]:
    """The agent's disputes, open ones first."""
    return disputes.of_agent(scope, agent.id)


def proofs(scope: Scope, keys: Collection[str]) -> dict[str, tuple[Proof, ...]]:
    """Verdicts with the second that proves them, by call."""
    with database().read() as tx:
        return stored.proofs(tx, scope, keys)


@st.cache_resource(ttl=KEPT, max_entries=16, show_spinner=False, hash_funcs=HASHES | {Agent: repr})
def recorded(scope: Scope, agent: Agent, first: int, last: int) -> frozenset[str]:
    """The agent's calls of these days that can be heard."""
    with database().read() as tx:
        return stored.recorded(tx, scope, _of(agent, first, last))


def acknowledge(call_key: str, criterion: str, user: tuple[int, int | None]) -> None:
    """Say that a verdict of an own call was seen.

    Raises:
        NotFound: the call is not this agent's own.
    """
    with database().write() as tx:
        marks.acknowledge(tx, call_key, criterion, user)
        audited(tx, Act.CALL_CHANGED, f"call:{call_key}", step="verdict seen", criterion=criterion)


def acknowledged(scope: Scope, keys: Collection[str]) -> dict[tuple[str, str], datetime]:
    """Which verdicts of these calls the agent has seen, and when."""
    with database().read() as tx:
        return marks.acknowledged(tx, scope, keys)


def _of(agent: Agent, first: int, last: int) -> CallFilter:
    return CallFilter(first_day=first, last_day=last, agents=frozenset({agent.id}))
