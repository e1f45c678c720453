"""Figures of each agent: course by week with limits, measures, answers of customers (FIELD.md §3).

``calls`` are rows of calls or cells of them (``qa.analytics.cells``).
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import ndtri

from qa.analytics.cells import cells, number, sample, sums
from qa.analytics.control import Chart, Signal, xbar
from qa.analytics.intervals import Estimate, mean
from qa.analytics.samples import apart_of
from qa.analytics.surveys import by_value
from qa.analytics.trends import LEAST_LOOKED_AT, NO_TREND, Trend, together, trend
from qa.analytics.weeks import STEP, week_of

QUIET = (Signal.NONE, Signal.TOO_FEW)
SIGMAS = 3.5
"""Limits of an agent's chart where up to twelve agents are looked at (docs/decisions/0008)."""

FEWEST_OTHERS = 3  # calls of others on the queue in the week that say how the week was


@dataclass(frozen=True, slots=True)
class Course:
    """Weekly mean scores of an agent: ``weeks`` are first days, oldest first, a point of ``chart`` each.

    ``trend`` is the agent's own: how the weeks went for the others on the same queues is taken out of it.
    """

    weeks: NDArray[np.int32]
    chart: Chart
    trend: Trend = NO_TREND

    @property
    def signal(self) -> Signal:
        """What the newest week says, or else the course; a week without calls says nothing."""
        return self.chart.last

    @property
    def moved(self) -> bool:
        """True when the newest week or the course is beyond the agent's own normal variation."""
        return self.signal not in QUIET

    @property
    def change(self) -> float | None:
        """Newest week less the agent's own mean of the weeks before, or what the course has moved.

        ``None`` without limits or a value.
        """
        if self.signal in (Signal.RISING, Signal.FALLING):
            return self.trend.total.value
        gap = float(self.chart.values[-1] - self.chart.centre) if len(self.weeks) else float("nan")
        return None if np.isnan(gap) else gap


def limits(agents: int) -> float:
    """Half width of the limits in sigma: wider the more agents are looked at at once.

    From ``SIGMAS`` for twelve it grows as the normal limit that keeps the chance of one false signal among
    all of them.
    """
    looked_at = max(LEAST_LOOKED_AT, agents)
    few, many = (float(-ndtri(0.05 / (4 * count))) for count in (LEAST_LOOKED_AT, looked_at))
    return SIGMAS + many - few


def courses(calls: pl.LazyFrame, last_week: int, language: str) -> dict[int, Course]:
    """The course of every agent with counted calls, up to the week that begins on ``last_week``.

    All have the same weeks, from the first one in which anybody has calls; limits of each agent's own. Who
    has moved is decided for all of them at once.
    """
    table = _weekly(calls, last_week, language)
    if table.is_empty():
        return {}
    weeks = np.arange(int(table["week"].min()), last_week + 1, STEP, dtype=np.int32)  # type: ignore[arg-type]
    found: dict[int, tuple[Chart, Trend]] = {}
    sigmas = limits(table["agent_id"].n_unique())
    for (agent,), own in table.partition_by("agent_id", as_dict=True).items():
        place = (own["week"].to_numpy() - weeks[0]) // STEP
        values, apart = np.full(len(weeks), np.nan), np.full(len(weeks), np.nan)
        n = np.zeros(len(weeks))
        values[place], apart[place], n[place] = own["mean"], own["apart"], own["n"]
        within, within_apart = (_within(own, column) for column in ("squares", "squares_apart"))
        found[agent] = xbar(values, n, within, sigmas), trend(apart, n, within_apart)
    trends = together({agent: one for agent, (_chart, one) in found.items()})
    return {agent: _course(weeks, found[agent][0], trends[agent]) for agent in found}


def _course(weeks: NDArray[np.int32], chart: Chart, moved: Trend) -> Course:
    if moved.sure and chart.last is Signal.NONE and weeks.size:
        last = Signal.RISING if (moved.total.value or 0.0) > 0 else Signal.FALLING
        chart = Chart(chart.values, chart.centre, chart.lower, chart.upper, (*chart.signals[:-1], last))
    return Course(weeks, chart, moved)


def _weekly(calls: pl.LazyFrame, last_week: int, language: str) -> pl.DataFrame:
    """Scores by agent and week: ``mean``, ``n`` and ``squares`` within the week; the same ``apart`` from what
    the others of the queue scored in the week (of the queue at all, where there are too few of them).
    """
    n, total, squares = number("score"), pl.col("score_sum"), pl.col("score_squares")
    own, cell = ("agent_id", "queue_id", "week"), ("queue_id", "week")
    others = n.sum().over(cell) - n
    theirs = (total.sum().over(cell) - total) / others
    ever = total.sum().over("queue_id") / n.sum().over("queue_id")
    usual = pl.when(others >= FEWEST_OTHERS).then(theirs).otherwise(ever)
    apart, far = total - n * usual, squares - 2 * usual * total + n * usual**2
    return (
        cells(calls)
        .filter((n > 0) & pl.col("agent_id").is_not_null() & (pl.col("local_day") < last_week + STEP))
        .group_by(*own[:2], week_of(language).alias("week"))
        .agg(n.sum(), total.sum(), squares.sum())
        .with_columns(apart.alias("apart_total"), far.alias("apart_squares"))
        .group_by("agent_id", "week")
        .agg(n.sum(), total.sum(), squares.sum(), pl.col("apart_total", "apart_squares").sum())
        .select(
            "agent_id",
            "week",
            (total / n).alias("mean"),
            n.alias("n"),
            apart_of(n, total, squares).alias("squares"),
            (pl.col("apart_total") / n).alias("apart"),
            apart_of(n, pl.col("apart_total"), pl.col("apart_squares")).alias("squares_apart"),
        )
        .sort("agent_id", "week")
        .collect()
    )


def _within(own: pl.DataFrame, column: str) -> float:
    """Standard deviation of an agent's scores within weeks; 0 where no week has two calls."""
    freedom = int((own["n"] - 1).sum())
    return float(np.sqrt(float(own[column].sum()) / freedom)) if freedom else 0.0


def means(calls: pl.LazyFrame, column: str) -> dict[int, Estimate]:
    """Mean of a measure over each agent's counted calls in which it is measurable."""
    table = (
        cells(calls)
        .filter(pl.col("agent_id").is_not_null() & (number(column) > 0))
        .group_by("agent_id")
        .agg(*sums(column))
        .collect()
    )
    return {row["agent_id"]: mean(sample(row)) for row in table.to_dicts()}


def answers(surveys: pl.DataFrame, kind: str) -> dict[int, Estimate]:
    """CSAT or NPS of each agent's linked calls; ``surveys``: ``agent_id, kind, score, scale``, and ``n``
    where a row stands for several.

    Raises:
        KeyError: another kind.
    """
    asked = surveys.filter(pl.col("score").is_not_null()).drop_nulls("agent_id")
    return {int(agent): figure for agent, figure in by_value(asked.lazy(), kind, "agent_id").items()}
