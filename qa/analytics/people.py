"""Figures of each agent: course by week with limits, measures, answers of customers (FIELD.md §3)."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qa.analytics.control import Chart, Signal, xmr
from qa.analytics.intervals import Estimate, mean
from qa.analytics.surveys import csat, nps
from qa.analytics.weeks import STEP, counted, week_of

QUIET = (Signal.NONE, Signal.TOO_FEW)


@dataclass(frozen=True, slots=True)
class Course:
    """Weekly mean scores of an agent: ``weeks`` are first days, oldest first, a point of ``chart`` each."""

    weeks: NDArray[np.int32]
    chart: Chart

    @property
    def signal(self) -> Signal:
        """What the newest week says; a week without calls says nothing."""
        return self.chart.last

    @property
    def moved(self) -> bool:
        """True when the newest week is beyond the agent's own normal variation."""
        return self.signal not in QUIET

    @property
    def change(self) -> float | None:
        """Newest week less the agent's own mean of the weeks before; ``None`` without limits or a value."""
        gap = float(self.chart.values[-1] - self.chart.centre) if len(self.weeks) else float("nan")
        return None if np.isnan(gap) else gap


def courses(calls: pl.LazyFrame, last_week: int, language: str) -> dict[int, Course]:
    """The course of every agent with counted calls, up to the week that begins on ``last_week``.

    All have the same weeks, from the first one in which anybody has calls; XmR limits of each agent's own.
    """
    table = (
        counted(calls)
        .filter(pl.col("agent_id").is_not_null() & (pl.col("local_day") < last_week + STEP))
        .group_by("agent_id", week_of(language).alias("week"))
        .agg(pl.col("score").mean().alias("mean"))
        .collect()
    )
    if table.is_empty():
        return {}
    weeks = np.arange(int(table["week"].min()), last_week + 1, STEP, dtype=np.int32)  # type: ignore[arg-type]
    lines: dict[int, NDArray[np.float64]] = {}
    for agent, week, value in table.iter_rows():
        line = lines.setdefault(agent, np.full(len(weeks), np.nan))
        line[(week - weeks[0]) // STEP] = value
    return {agent: Course(weeks, xmr(line)) for agent, line in lines.items()}


def means(calls: pl.LazyFrame, column: str) -> dict[int, Estimate]:
    """Mean of a measure over each agent's counted calls in which it is measurable."""
    table = (
        counted(calls)
        .filter(pl.col("agent_id").is_not_null() & pl.col(column).is_not_null())
        .group_by("agent_id")
        .agg(pl.col(column))
        .collect()
    )
    return {agent: mean(values) for agent, values in table.iter_rows()}


def answers(surveys: pl.DataFrame, kind: str) -> dict[int, Estimate]:
    """CSAT or NPS of each agent's linked calls; ``surveys``: ``agent_id, kind, score, scale``.

    Raises:
        KeyError: another kind.
    """
    figure = {"csat": csat, "nps": nps}[kind]
    asked = surveys.filter((pl.col("kind") == kind) & pl.col("score").is_not_null())
    parts = asked.drop_nulls("agent_id").partition_by("agent_id", as_dict=True)
    return {int(agent): figure(part.lazy()) for (agent,), part in parts.items()}
