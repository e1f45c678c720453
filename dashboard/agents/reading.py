"""Everything the agents page shows, read and worked out once."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl
import streamlit as st

from dashboard.agents.asking import Wanted
from dashboard.data import agents
from dashboard.data.frames import HASHES, KEPT
from dashboard.data.site import Scope
from qa.analytics import people
from qa.analytics.cells import cells
from qa.analytics.intervals import Estimate, share
from qa.analytics.league import League, league, tallied
from qa.analytics.people import Course

BACK = 26 * 7  # days that limits are taken from
MOST = 9
"""Criteria in the heat map unless all are asked for: those in which agents differ most."""

FEWEST = 10
"""Verdicts under which a cell is faded: the number is there, the colour is not."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One column of the heat map: shares 0-1 by agent (raw, with n), and the league of the criterion."""

    key: str
    met: Mapping[int, tuple[float, int]]
    league: League

    def far(self, agent: int) -> float | None:
        """Points from the mean, queues taken out and drawn to the mean; ``None`` with too few verdicts."""
        place = self.league.of(agent)
        if place is None or place.shrunk.value is None or place.shrunk.n < FEWEST or not self.league.compared:
            return None
        return 100 * (place.shrunk.value - self.league.mean)


@dataclass(frozen=True, slots=True)
class Read:
    """What the page draws. ``names`` and every mapping go by the agent's number; ``left_out`` calls of agents
    count nowhere. ``waiting``: open disputes; ``overdue``: promises past their time.
    """

    league: League | None
    names: Mapping[int, str]
    criteria: tuple[Criterion, ...]
    all_criteria: int
    courses: Mapping[int, Course]
    figures: Mapping[str, Mapping[int, Estimate]]
    disputes: Mapping[int, int]
    waiting: tuple[tuple[int, int], ...]
    overdue: tuple[tuple[int, int], ...]
    received: int
    left_out: int


@st.cache_resource(ttl=KEPT, max_entries=32, show_spinner=False, hash_funcs=HASHES | {Wanted: repr})
def read(scope: Scope, wanted: Wanted, language: str) -> Read:
    """The figures of the period, from one reading of the last half year, kept as long as the tables are."""
    first = min(wanted.first, wanted.week + 7 - BACK)
    table = agents.calls(scope, wanted.filters(first, max(wanted.last, wanted.week + 6)))
    table = table.filter(pl.col("agent_id").is_not_null())
    days = wanted.filters(wanted.first, wanted.last)
    inside = cells(table.lazy().filter(pl.col("local_day").is_between(wanted.first, wanted.last))).collect()
    received, count = int(inside["received"].sum()), int(inside["counted"].sum())
    columns = _criteria(scope, wanted)
    disputed = agents.contested(scope, days)
    promised = agents.promised(scope, days)
    return Read(
        league=league(tallied(inside.lazy(), "score")),
        names=dict(inside.select("agent_id", "agent").unique("agent_id").iter_rows()),
        criteria=columns if wanted.every else _telling(columns),
        all_criteria=len(columns),
        courses=people.courses(table.lazy(), wanted.week, language),
        figures=_figures(agents.few(scope, inside, days), agents.surveyed(scope, days), promised),
        disputes=dict(disputed.select("agent_id", "n").iter_rows()),
        waiting=_most(disputed.select("agent_id", pl.col("waits").alias("n")).filter(pl.col("n") > 0)),
        overdue=_most(promised.select("agent_id", pl.col("overdue").alias("n")).filter(pl.col("n") > 0)),
        received=received,
        left_out=received - count,
    )


def _criteria(scope: Scope, wanted: Wanted) -> tuple[Criterion, ...]:
    sums = agents.criteria(scope, wanted.filters(wanted.first, wanted.last))
    found = []
    for (key,), part in sums.partition_by("key", as_dict=True, maintain_order=True).items():
        table = league(part.drop("key"))
        if table is not None:
            met = {place.agent: (place.raw, place.shrunk.n) for place in table.places}
            found.append(Criterion(str(key), met, table))
    return tuple(found)


def _telling(columns: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
    """Those with the widest spread between agents, in their own order."""
    widest = {one.key for one in sorted(columns, key=lambda one: -one.league.between)[:MOST]}
    return tuple(one for one in columns if one.key in widest)


def _figures(
    inside: pl.DataFrame, surveyed: pl.DataFrame, promised: pl.DataFrame
) -> dict[str, dict[int, Estimate]]:
    calls = inside.lazy()
    return {
        "csat": people.answers(surveyed, "csat"),
        "nps": people.answers(surveyed, "nps"),
        "dead_air": people.means(calls, "dead_air_seconds"),
        "talk": people.means(calls, "talk_share_agent"),
        "kept": {
            agent: share(kept, kept + broken)
            for agent, kept, broken, _overdue in promised.iter_rows()
            if kept + broken
        },
    }


def _most(rows: pl.DataFrame) -> tuple[tuple[int, int], ...]:
    return tuple((int(agent), int(n)) for agent, n in rows.sort("n", "agent_id", descending=True).iter_rows())
