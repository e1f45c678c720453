"""The CX pulse: four daily figures, each as its distance from its own usual level, and their weighted mean.

FIELD.md §6. Usual is the mean and standard deviation of the daily means over a baseline of days before.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qa.analytics.intervals import Estimate, mean
from qa.analytics.samples import Sample

PARTS = ("csat", "nps", "sentiment", "quality")
WEIGHTS = dict.fromkeys(PARTS, 1.0)
DAYS, BASELINE = 28, 84
"""Days shown, and days before them that say what is usual."""
FEWEST, FEWEST_DAYS = 2, 20
"""Answers of a day that make a daily figure, and days with a figure that make a baseline."""
HALF = 0.5  # of the weights that a day's mean needs


@dataclass(frozen=True, slots=True)
class Part:
    """One figure. Arrays have an element a day shown, NaN where the day has too few answers.

    ``usual`` and ``spread`` are ``None`` where too few days say what is usual; ``late`` is the last seven
    days together.
    """

    name: str
    weight: float
    usual: float | None
    spread: float | None
    values: NDArray[np.float64]
    distances: NDArray[np.float64]
    counts: NDArray[np.int64]
    late: Estimate


@dataclass(frozen=True, slots=True)
class Pulse:
    """``days`` are day numbers, oldest first; ``together`` is the weighted mean of the parts' distances, NaN
    where parts with half of the weights are missing.
    """

    days: NDArray[np.int32]
    parts: tuple[Part, ...]
    together: NDArray[np.float64]

    @property
    def known(self) -> bool:
        """True when any day has a distance."""
        return bool(np.isfinite(self.together).any())


def pulse(seen: pl.LazyFrame, last: int, weights: Mapping[str, float] = WEIGHTS) -> Pulse:
    """The pulse of the days up to ``last``. ``seen`` has one row an answer, comment or call: ``part``,
    ``local_day``, ``value``; or sums of them by day: ``part, local_day, n, total, squares``.
    """
    days = np.arange(last - DAYS + 1, last + 1, dtype=np.int32)
    if "value" in seen.collect_schema():
        value = pl.col("value")
        each = seen.filter(value.is_not_null()).with_columns(pl.lit(1, pl.Int64).alias("n"), total=value)
        seen = each.with_columns((value**2).alias("squares"))
    inside = pl.col("local_day").is_between(int(days[0]) - BASELINE, last)
    table = seen.filter(inside & (pl.col("n") > 0)).collect()
    parts = tuple(
        _part(name, weights.get(name, 0.0), table.filter(pl.col("part") == name), days) for name in PARTS
    )
    heavy = [part for part in parts if part.weight > 0 and part.spread is not None]
    weight = np.array([part.weight for part in heavy])
    far = np.array([part.distances for part in heavy]).reshape(len(heavy), len(days))
    here = np.isfinite(far) * weight[:, None]
    enough = here.sum(axis=0) >= max(HALF * sum(weights.values()), 1e-9)
    total = np.where(np.isfinite(far), far, 0.0) * weight[:, None]
    together = np.full(len(days), np.nan)
    together[enough] = total.sum(axis=0)[enough] / here.sum(axis=0)[enough]
    return Pulse(days, parts, together)


def _part(name: str, weight: float, table: pl.DataFrame, days: NDArray[np.int32]) -> Part:
    n, total = pl.col("n"), pl.col("total")
    daily = table.group_by("local_day").agg(total.sum() / n.sum(), n.sum())
    figures = {day: (value, count) for day, value, count in daily.iter_rows()}
    before = [value for day, (value, n) in figures.items() if day < days[0] and n >= FEWEST]
    ready = len(before) >= FEWEST_DAYS and float(np.std(before, ddof=1)) > 0
    usual, spread = (float(np.mean(before)), float(np.std(before, ddof=1))) if ready else (None, None)
    shown = [figures.get(int(day), (np.nan, 0)) for day in days]
    values = np.array([value if n >= FEWEST else np.nan for value, n in shown])
    far = (values - usual) / spread if usual is not None and spread else np.full(len(days), np.nan)
    late = _sample(table.filter(pl.col("local_day") > int(days[-1]) - 7))
    counts = np.array([n for _value, n in shown], dtype=np.int64)
    return Part(name, weight, usual, spread, values, far, counts, mean(late))


def _sample(table: pl.DataFrame) -> Sample:
    if bool((table["n"] <= 1).all()):
        return Sample.of(table["total"].to_numpy())
    return Sample.of_sums(int(table["n"].sum()), float(table["total"].sum()), float(table["squares"].sum()))
