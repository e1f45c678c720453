"""What comments are about, counted: Pareto of complaints and suggestions, themes that rise."""

from dataclasses import dataclass

import polars as pl

from qa.analytics.intervals import Estimate, share, share_difference

NONE = "none"
"""Stands for comments in which no aspect was found."""

WEEK, BEFORE_WEEKS = 7, 8
FEWEST = 5
"""Comments on an aspect in the week under which nothing is called rising."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a Pareto: an aspect, how many comments, its share of them all with Wilson's interval, and
    the share of comments that this bar and those above it reach together. A comment with two aspects counts
    in both bars and once in ``reach``.
    """

    aspect: str
    count: int
    share: Estimate
    reach: float


@dataclass(frozen=True, slots=True)
class Rise:
    """An aspect's share of the comments of the last seven days less its share in the eight weeks before."""

    aspect: str
    now: tuple[int, int]
    before: tuple[int, int]
    change: Estimate

    @property
    def rising(self) -> bool:
        """True when the whole interval is above 0 and the week has enough comments on it."""
        return self.change.low is not None and self.change.low > 0 and self.now[0] >= FEWEST


def pareto(rows: pl.LazyFrame, most: int = 12) -> tuple[Bar, ...]:
    """Aspects of ``rows`` (``id, aspect``; null without one), the most frequent first, ``NONE`` last."""
    frame = rows.unique().collect()
    total = frame["id"].n_unique()
    counts = (
        frame.drop_nulls("aspect").group_by("aspect").len().sort(["len", "aspect"], descending=[True, False])
    )
    bars, reached = [], pl.Series("id", [], frame.schema["id"])
    for aspect, count in counts.head(most).iter_rows():
        own = frame.filter(pl.col("aspect") == aspect)["id"]
        reached = pl.concat([reached, own]).unique()
        bars.append(Bar(aspect, count, share(count, total), reached.len() / total))
    none = frame.filter(pl.col("aspect").is_null()).height
    if none:
        bars.append(Bar(NONE, none, share(none, total), 1.0))
    return tuple(bars)


def rising(rows: pl.LazyFrame, last_day: int) -> tuple[Rise, ...]:
    """Every aspect of the week that ends with ``last_day`` against the eight weeks before, steepest first.

    ``rows``: ``id, aspect, day``; a day is a day number. Newcombe's interval of the difference of two shares.
    """
    first = last_day - WEEK + 1
    frame = rows.unique().collect()
    week = frame.filter(pl.col("day").is_between(first, last_day))
    past = frame.filter(pl.col("day").is_between(first - WEEK * BEFORE_WEEKS, first - 1))
    if week.is_empty() or past.is_empty():
        return ()
    totals = week["id"].n_unique(), past["id"].n_unique()
    counted = [dict(part.drop_nulls("aspect").group_by("aspect").len().iter_rows()) for part in (week, past)]
    found = []
    for aspect in sorted(counted[0]):
        now = int(counted[0][aspect]), totals[0]
        before = int(counted[1].get(aspect, 0)), totals[1]
        found.append(Rise(aspect, now, before, share_difference(now, before)))
    return tuple(sorted(found, key=lambda one: -(one.change.value or 0.0)))
