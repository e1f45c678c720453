"""Everything that the pages of one agent show, read and worked out once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import polars as pl
import streamlit as st

from dashboard.agent.heard import Heard, best, instructive
from dashboard.call.measures import limit_rules
from dashboard.data import person, scorecards, weekly
from dashboard.data.frames import HASHES, KEPT
from dashboard.data.person import Agent
from dashboard.data.site import Scope
from dashboard.data.weekly import Mark
from qa.analytics.control import Chart
from qa.analytics.headline import Figure, quality
from qa.analytics.intervals import FEW, Estimate, mean
from qa.analytics.people import courses
from qa.analytics.person import Change, Cost, Measured, Stand, changes, costs, measured, over_usual, standings
from qa.analytics.surveys import csat, nps
from qa.analytics.weeks import counted

BACK = 26 * 7  # days that limits are taken from
NOW, BEFORE = 4 * 7, 8 * 7
"""Days of the newest weeks, and of those before that they are held against."""

USUAL = {"non_talk": (None, 0.2), "response_latency_p90": (None, 3.0)}
"""Limits of FIELD.md §1 for measures that no criterion of the scorecard asks for."""

MEASURES = (
    "talk_share_agent", "dead_air_seconds", "dead_air_count", "non_talk", "interruptions_agent",
    "response_latency_p90", "overlap", "speech_rate_agent",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a page, and the first day of the last week that is over."""

    first: int
    last: int
    week: int

    @property
    def earliest(self) -> int:
        """The first day of the calls that are read: limits come from half a year."""
        return min(self.first, self.week + 7 - BACK)

    @property
    def newest(self) -> int:
        """The last day of the running week, for lists of calls."""
        return max(self.last, self.week + 13)


@dataclass(frozen=True, slots=True)
class Read:
    """What the pages draw. ``received`` calls of the days, of which ``score.n`` count; ``stands`` hold the
    agent against all whom the viewer sees (who is the agent sees nobody else), ``changes`` the newest weeks
    against those before. Calls to hear may be of the running week too. ``marks``: what happened meanwhile.
    """

    agent: Agent
    days: Days
    received: int
    score: Estimate
    course: Figure
    stands: tuple[Stand, ...]
    changes: tuple[Change, ...]
    costs: tuple[Cost, ...]
    measures: tuple[Measured, ...]
    best: tuple[Heard, ...]
    instructive: tuple[Heard, ...]
    surveys: pl.DataFrame
    csat: Estimate
    nps: Estimate
    marks: tuple[Mark, ...]

    @property
    def left_out(self) -> int:
        """Calls of these days that count nowhere."""
        return self.received - self.score.n


@st.cache_resource(
    ttl=KEPT, max_entries=32, show_spinner=False, hash_funcs=HASHES | {Agent: repr, Days: repr}
)
def read(scope: Scope, agent: Agent, days: Days, language: str) -> Read:
    """The figures of the days; the course and its limits from half a year."""
    ended = days.week + 6
    first = days.earliest
    table = person.calls(scope, agent, first, days.newest)
    inside = table.filter(pl.col("local_day").is_between(days.first, days.last))
    scored = counted(inside.lazy()).collect()
    sums = person.sums(scope, days.first, days.last)
    asked = person.surveys(scope, agent, days.first, days.last)
    said = asked.lazy().filter(pl.col("score").is_not_null())
    recent = counted(table.lazy().filter(pl.col("local_day").is_between(days.first, days.newest))).collect()
    heard = _heard(scope, agent, days, recent, met_of(sums))
    return Read(
        agent=agent,
        days=days,
        received=inside.height,
        score=mean(scored["score"].to_numpy()),
        course=_course(table, (scope, agent), (first, days.week), language),
        stands=standings(sums, agent.id),
        changes=_changes(scope, agent, ended),
        costs=costs(_verdicts(scope, agent, days, scored.height).lazy(), scored.height),
        measures=_measures(inside, scored),
        best=heard[0],
        instructive=heard[1],
        surveys=asked,
        csat=csat(said),
        nps=nps(said),
        marks=weekly.marks(scope, first, ended, (agent.team_id, None)),
    )


def _course(calls: pl.DataFrame, whose: tuple[Scope, Agent], days: tuple[int, int], language: str) -> Figure:
    """The weeks with the limits of the page Agents, where the newest week and the course alone may speak."""
    (scope, agent), (first, week) = whose, days
    own = quality(calls.lazy(), week, language)
    seen = person.around(scope, first, week + 6)
    found = courses(seen.lazy(), week, language).get(agent.id)
    if found is None or not len(own.weeks):
        return own
    newest, chart = slice(-len(own.weeks), None), found.chart
    lower, upper = chart.lower[newest], chart.upper[newest]
    return replace(own, chart=Chart(chart.values[newest], chart.centre, lower, upper, chart.signals[newest]))


def met_of(sums: pl.DataFrame) -> dict[str, float]:
    """How far each criterion is met by those who are in ``sums``, 0-1."""
    table = sums.group_by("key").agg((pl.col("total").sum() / pl.col("n").sum()).alias("met"))
    return dict(table.iter_rows())


def _changes(scope: Scope, agent: Agent, last: int) -> tuple[Change, ...]:
    now = person.own_sums(scope, agent, last - NOW + 1, last)
    before = person.own_sums(scope, agent, last - NOW - BEFORE + 1, last - NOW)
    return changes(now, before, agent.id)


def _heard(
    scope: Scope, agent: Agent, days: Days, scored: pl.DataFrame, met: Mapping[str, float]
) -> tuple[tuple[Heard, ...], tuple[Heard, ...]]:
    around = person.around(scope, days.first, days.last)
    ranked = over_usual(scored.lazy(), around.lazy())
    sounds = person.recorded(scope, agent, days.first, days.newest)
    high = best(ranked, sounds)
    low = instructive(ranked, sounds)
    keys = {str(key) for key in (*high["call_key"], *low["call_key"])}
    proofs = person.proofs(scope, keys) if keys else {}
    seen = person.acknowledged(scope, keys) if keys else {}
    sides = (
        Heard.of(high, proofs, met, sounds, good=True),
        Heard.of(low, proofs, met, sounds, good=False),
    )
    best_calls, rest = (tuple(_marked(one, seen) for one in side) for side in sides)
    return best_calls, rest


def _marked(one: Heard, seen: Collection[tuple[str, str]]) -> Heard:
    return replace(one, seen=one.proof is not None and (one.call_key, one.proof.criterion) in seen)


def _verdicts(scope: Scope, agent: Agent, days: Days, calls: int) -> pl.DataFrame:
    """Cells of the agent's verdicts; each of them where there are few calls."""
    read = person.criteria if calls < FEW else person.verdicts
    return read(scope, agent, days.first, days.last)


def _measures(inside: pl.DataFrame, scored: pl.DataFrame) -> tuple[Measured, ...]:
    limits: dict[str, tuple[float | None, float | None]] = {**USUAL}
    cards = scored.group_by("scorecard", "version").len().sort("len", "version").drop_nulls()
    if cards.height:
        scorecard, version, _count = cards.row(-1)
        rules = limit_rules(scorecards.card(scorecard, version))
        limits |= {name: (rule.low, rule.high) for name, rule in rules.items()}
    return tuple(measured(inside.lazy(), name, *limits.get(name, (None, None))) for name in MEASURES)
