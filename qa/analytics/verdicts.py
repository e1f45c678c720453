"""The course of one criterion: weekly mean verdicts with limits, and the mean of a stretch of days.

Tables count verdicts: ``local_day, value, n`` (``qa.analytics.coached_calls.criterion_values``); a value is 1
for met, 0.5 for partly and 0 for not met.
"""

import numpy as np
import polars as pl

from qa.analytics.control import xmr
from qa.analytics.headline import WEEKS, Figure
from qa.analytics.intervals import NOTHING, Estimate, difference, mean
from qa.analytics.weeks import STEP, week_of


def criterion_course(days: pl.DataFrame, week: int, language: str) -> Figure:
    """Mean verdict (0-1) of each week up to the one that begins on ``week``: XmR limits, t-intervals."""
    first = week - (WEEKS - 1) * STEP
    recent = days.filter(pl.col("local_day").is_between(first, week + STEP - 1))
    parts = recent.with_columns(week_of(language).alias("week")).partition_by("week", as_dict=True)
    values = {int(start): _values(part) for (start,), part in parts.items()}
    line = list(range(min(values, default=week), week + STEP, STEP))
    nothing = np.empty(0)
    estimates = tuple(mean(values[each]) if each in values else NOTHING for each in line)
    return Figure(
        now=estimates[-1],
        before=estimates[-2] if len(estimates) > 1 else NOTHING,
        change=difference(values.get(week, nothing), values.get(week - STEP, nothing)),
        weeks=np.array(line, dtype=np.int32),
        intervals=estimates,
        chart=xmr([np.nan if each.value is None else each.value for each in estimates]).within(0, 1),
    )


def mean_verdict(days: pl.DataFrame, first: int, last: int) -> Estimate:
    """Mean verdict (0-1) of the days from ``first`` to ``last``, both included; no value without verdicts."""
    inside = days.filter(pl.col("local_day").is_between(first, last))
    return mean(_values(inside)) if inside.height else NOTHING


def _values(days: pl.DataFrame) -> "np.ndarray":
    return np.repeat(days["value"].to_numpy(), days["n"].to_numpy())
