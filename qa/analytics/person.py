"""One agent: where the others differ, which measures pass a limit, what changed, what costs most.

Verdicts count met 1, partly 0.5, not met 0 (FIELD.md §2). Shares of them carry Wilson's interval, which is on
the safe side for half points: their variance is at most that of whole ones.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from qa.analytics.cells import cells, judged, number, verdict_cells
from qa.analytics.intervals import Estimate, mean, share, share_difference
from qa.analytics.league import league
from qa.analytics.many import standing
from qa.analytics.samples import Sample
from qa.analytics.weeks import counted

FEWEST = 10
"""Verdicts, or counted calls, under which nothing is concluded about a person."""

FALSE = 0.05
"""Share of false ones among changes that are told to a person; stricter than for drivers."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A criterion of one agent. ``met`` 0-1; ``gap`` points from the mean of the agents, queues and chance
    taken out; its value is ``None`` with too few verdicts or under three agents.
    """

    key: str
    met: Estimate
    gap: Estimate

    @property
    def side(self) -> int:
        """1 a strength, -1 a weakness, 0 when it cannot be told from the others."""
        return _side(self.gap)


@dataclass(frozen=True, slots=True)
class Change:
    """A criterion in these weeks and in those before, shares 0-1. ``stands``: more than chance, with all
    criteria looked at together (Benjamini-Hochberg, 5 %).
    """

    key: str
    now: Estimate
    before: Estimate
    gap: Estimate
    stands: bool

    @property
    def side(self) -> int:
        """1 better, -1 worse, 0 within chance."""
        return _side(self.gap) if self.stands else 0


@dataclass(frozen=True, slots=True)
class Cost:
    """Points of 100 that a criterion costs a call on average; ``judged`` verdicts behind it."""

    key: str
    lost: Estimate
    judged: int


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure over counted calls. ``beyond``: share of them past the limit, ``None`` without one;
    ``missing`` calls in which it is not measurable.
    """

    name: str
    mean: Estimate
    low: float | None
    high: float | None
    beyond: Estimate | None
    missing: int


def standings(sums: pl.DataFrame, agent: int) -> tuple[Stand, ...]:
    """Every criterion of an agent by distance from the mean, the best first; those without a distance last.

    Args:
        sums: ``qa.analytics.gain.criterion_sums`` of the calls of several agents, this one's among them.
        agent: the agent's number.
    """
    found = []
    for (key,), part in sums.partition_by("key", as_dict=True, maintain_order=True).items():
        n, total = _of_agent(part, agent)
        if n:
            found.append(Stand(str(key), share(total, n), _gap(part.drop("key"), agent)))
    return tuple(sorted(found, key=lambda one: (one.gap.value is None, -(one.gap.value or 0.0), one.key)))


def changes(now: pl.DataFrame, before: pl.DataFrame, agent: int) -> tuple[Change, ...]:
    """What changed between two periods by criterion, the largest rise first; only where both have enough."""
    found: list[tuple[str, tuple[float, int], tuple[float, int], float]] = []
    for key in sorted(set(now["key"]) & set(before["key"])):
        sides = [_moments(part.filter(pl.col("key") == key), agent) for part in (now, before)]
        if min(side[0] for side in sides) >= FEWEST:
            pairs = [(total, n) for n, total, _squares in sides]
            found.append((key, pairs[0], pairs[1], _by_chance(sides[0], sides[1])))
    real = standing(np.array([p for *_rest, p in found]), FALSE)
    told = [
        Change(key, share(*new), share(*old), share_difference(new, old), bool(stands))
        for (key, new, old, _p), stands in zip(found, real, strict=True)
    ]
    return tuple(sorted(told, key=lambda one: (-(one.gap.value or 0.0), one.key)))


def costs(criteria: pl.LazyFrame, calls: int) -> tuple[Cost, ...]:
    """What each criterion costs a counted call, the surest loss first (by the lower end of its interval).

    Args:
        criteria: verdicts of one agent (``qa.frames.CRITERIA_SCHEMA``) or cells of them.
        calls: how many counted calls they are of.
    """
    n, points = judged()["n"], pl.col("points")
    table = (
        verdict_cells(criteria)
        .group_by("key")
        .agg(
            n.sum().alias("n"),
            points.sum().alias("total"),
            pl.col("points_squares").sum().alias("squares"),
            (n <= 1).all().alias("single"),
            points.filter(n == 1).alias("values"),
        )
        .sort("key")
    )
    found = [Cost(row["key"], mean(_of_calls(row, calls)), row["n"]) for row in table.collect().to_dicts()]
    return tuple(sorted(found, key=lambda one: (-(one.lost.low or 0.0), one.key)))


def _of_calls(row: dict[str, Any], calls: int) -> Sample:
    """Points lost in each call; a call that was not asked for the criterion lost nothing."""
    if not row["single"]:
        return Sample.of_sums(calls, row["total"], row["squares"])
    return Sample.of(np.concatenate([np.asarray(row["values"], float), np.zeros(calls - len(row["values"]))]))


def measured(calls: pl.LazyFrame, name: str, low: float | None, high: float | None) -> Measured:
    """A measure over the counted calls of a table, and how many of them are outside ``low`` to ``high``."""
    column = counted(calls).select(name).collect()[name]
    values = column.drop_nulls().to_numpy()
    beyond = None
    if low is not None or high is not None:
        out = (values < (-np.inf if low is None else low)) | (values > (np.inf if high is None else high))
        beyond = share(int(out.sum()), len(values))
    return Measured(name, mean(values), low, high, beyond, column.null_count())


def over_usual(calls: pl.LazyFrame, levels: pl.LazyFrame) -> pl.DataFrame:
    """Counted calls by how far their score is over what their queue gives, the farthest first.

    ``levels`` are the calls that say what is usual, or cells of them. Adds ``usual`` and ``over`` to
    ``calls``; a queue that ``levels`` does not know gives what all of them give.
    """
    every = cells(levels).filter(number("score") > 0)
    middle = pl.col("score_sum").sum() / number("score").sum()
    usual = every.group_by("queue_id").agg(middle.alias("usual"))
    everywhere = every.select(middle.alias("everywhere"))
    return (
        counted(calls)
        .join(usual, on="queue_id", how="left", nulls_equal=True)
        .join(everywhere, how="cross")
        .with_columns(pl.coalesce("usual", "everywhere").alias("usual"))
        .with_columns((pl.col("score") - pl.col("usual")).alias("over"))
        .drop("everywhere")
        .sort(["over", "started_at", "call_key"], descending=[True, True, False])
        .collect()
    )


def _gap(sums: pl.DataFrame, agent: int) -> Estimate:
    table = league(sums)
    place = None if table is None else table.of(agent)
    if table is None or place is None or not table.compared or place.shrunk.n < FEWEST:
        return Estimate(None, None, None, 0 if place is None else place.shrunk.n)
    one = place.shrunk
    value, low, high = (100 * ((each or 0.0) - table.mean) for each in (one.value, one.low, one.high))
    return Estimate(value, low, high, one.n)


def _side(gap: Estimate) -> int:
    if gap.low is not None and gap.low > 0:
        return 1
    return -1 if gap.high is not None and gap.high < 0 else 0


def _of_agent(sums: pl.DataFrame, agent: int) -> tuple[int, float]:
    n, total, _squares = _moments(sums, agent)
    return n, total


def _moments(sums: pl.DataFrame, agent: int) -> tuple[int, float, float]:
    own = sums.filter(pl.col("agent_id") == agent)
    return int(own["n"].sum()), float(own["total"].sum()), float(own["squares"].sum())


def _by_chance(now: tuple[int, float, float], before: tuple[int, float, float]) -> float:
    """Two-sided p that verdicts of both times, dealt out anew, lie so far apart: normal approximation of the
    permutation test (Good 2005). Unlike Welch's t it is not fooled by a side on which all verdicts are equal.
    """
    from scipy.special import ndtr

    (n, one, squares), (m, other, more) = now, before
    every = n + m
    spread = max(0.0, squares + more - (one + other) ** 2 / every) / (every - 1)
    if spread == 0:
        return 1.0
    return float(2 * ndtr(-abs(one / n - other / m) / np.sqrt(spread * (1 / n + 1 / m))))
