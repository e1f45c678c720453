"""Why a weekly figure changed: other work (mix) or the same work done otherwise (performance).

Kitagawa (1955, J. Am. Stat. Assoc. 50): with share s and mean m of each group in two weeks, the change of
the mean is the sum over groups of (s1 - s0) (m0 + m1) / 2, the mix, and of (s0 + s1) / 2 (m1 - m0), the
performance.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from qa.analytics.intervals import Estimate

Floats = NDArray[np.float64]

LEVEL = 0.02  # chance that any group that did not change is said to have


@dataclass(frozen=True, slots=True)
class Part:
    """One group (a queue; ``None`` for calls without one).

    Attributes:
        group: the group's number.
        before, after: number of calls and mean; the mean is ``None`` without calls.
        mix: what the group's share of the calls, grown or shrunken, does to the mean of all; a group above
            the mean of all that grew is above 0.
        performance: what the group's own change does to it, with the 95 % interval.
        sure: the performance is beyond chance, judged for all groups at once (Holm 1979, 2 %).
    """

    group: int | None
    before: tuple[int, float | None]
    after: tuple[int, float | None]
    mix: float
    performance: Estimate
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Decomposition:
    """``change`` = ``mix`` + ``performance``, each the sum over ``parts``, in the unit of the values.

    Parts come by the size of their performance, the largest first.
    """

    before: float
    after: float
    mix: float
    performance: Estimate
    parts: tuple[Part, ...]

    @property
    def change(self) -> float:
        """The mean after less the mean before."""
        return self.after - self.before


def decompose(before: pl.LazyFrame, after: pl.LazyFrame, group: str = "queue_id") -> Decomposition | None:
    """The change of a mean between two sets of calls, by the column ``group``.

    A set has ``value``, a row a call, or else ``n, total, squares``, sums of the values of calls.

    A share is a mean of values 0 and 1. A group with calls in one of the sets alone has no performance: all
    of it is mix. The intervals are those of least squares with a mean for each group and set: one spread of
    values within them, t with as many degrees as there are calls less means.

    Returns:
        ``None`` where one of the sets has no value.
    """
    sides = [_tally(side, group) for side in (before, after)]
    if any(side.is_empty() for side in sides):
        return None
    table = sides[0].join(sides[1], on="group", how="full", coalesce=True, nulls_equal=True, suffix="_after")
    table = table.sort("group", nulls_last=True)
    n, total = (_pair(table, column) for column in ("n", "total"))
    mean = total / np.where(n > 0, n, np.nan)
    share, whole = n / n.sum(0), total.sum(0) / n.sum(0)
    filled = np.where(np.isnan(mean), mean[:, ::-1], mean)
    mix = (share[:, 1] - share[:, 0]) * (filled.mean(1) - whole.mean())
    middle = share.mean(1)
    performance = middle * (filled[:, 1] - filled[:, 0])
    half, both = _halves(n, mean, _pair(table, "squares").sum(), middle)
    order = np.argsort(-np.abs(performance), kind="stable")
    sure = _sure(performance, half, n)
    parts = []
    for i in order:
        own = _estimate(performance[i], half[i] if n[i].all() else 0.0, n[i].min())
        then, now = ((int(n[i, t]), float(mean[i, t]) if n[i, t] else None) for t in (0, 1))
        parts.append(Part(table["group"][int(i)], then, now, float(mix[i]), own, bool(sure[i])))
    total_performance = _estimate(performance.sum(), both, n.sum(0).min())
    return Decomposition(float(whole[0]), float(whole[1]), float(mix.sum()), total_performance, tuple(parts))


def _tally(calls: pl.LazyFrame, group: str) -> pl.DataFrame:
    if "value" in calls.collect_schema():
        value = pl.col("value").cast(pl.Float64)
        each = calls.drop_nulls("value").with_columns(pl.lit(1).alias("n"), value.alias("total"))
        calls = each.with_columns((value**2).alias("squares"))
    grouped = calls.filter(pl.col("n") > 0).group_by(pl.col(group).alias("group"))
    return grouped.agg(pl.col("n", "total", "squares").sum().cast(pl.Float64)).collect()


def _pair(table: pl.DataFrame, column: str) -> Floats:
    """Before and after side by side, ``(groups, 2)``."""
    return table.select(pl.col(column).fill_null(0.0), pl.col(f"{column}_after").fill_null(0.0)).to_numpy()


def _halves(n: Floats, mean: Floats, squares: float, middle: Floats) -> tuple[Floats, float]:
    """Half widths of the intervals of each group's performance, and of all of it; NaN without any degree."""
    freedom = n.sum() - (n > 0).sum()
    if freedom < 1:
        return np.full(len(n), np.nan), float("nan")
    within = max(0.0, float(squares - np.nansum(n * mean**2))) / freedom
    both = n.all(1)
    variance = np.where(both, middle**2 * within * (1 / np.where(n > 0, n, 1.0)).sum(1), 0.0)
    t = float(stdtrit(freedom, 0.975))
    return t * np.sqrt(variance), t * float(np.sqrt(variance.sum()))


def _sure(performance: Floats, half: Floats, n: Floats) -> NDArray[np.bool_]:
    """Groups whose performance holds among all that have calls on both sides."""
    freedom = float(n.sum() - (n > 0).sum())
    judged = np.flatnonzero(n.all(1) & (half > 0))
    error = half[judged] / stdtrit(max(1.0, freedom), 0.975)
    chance = 2 * stdtr(max(1.0, freedom), -np.abs(performance[judged]) / error)
    found = np.zeros(len(n), dtype=np.bool_)
    for place, at in enumerate(np.argsort(chance, kind="stable")):
        if chance[at] > LEVEL / (judged.size - place):
            break
        found[judged[at]] = True
    return found


def _estimate(value: float, half: float, n: float) -> Estimate:
    if np.isnan(half):
        return Estimate(float(value), None, None, int(n))
    return Estimate(float(value), float(value - half), float(value + half), int(n))
