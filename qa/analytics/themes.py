"""What comments are about, counted: Pareto of complaints and suggestions, themes that rise."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import polars as pl
from scipy.special import betainc

from qa.analytics.intervals import Estimate, share, share_difference

BETWEEN = "|"
NONE = "none"
"""Stands for comments in which no aspect was found."""

WEEK, BEFORE_WEEKS = 7, 8
LEVEL = 0.05  # chance of one false "rising" among all aspects
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
    """An aspect's share of the comments of the last seven days less its share in the eight weeks before.

    ``change`` has its own 95 % interval. ``rising``: the aspect has enough comments in the week, and its
    share grew by more than weeks differ, judged for all aspects at once.
    """

    aspect: str
    now: tuple[int, int]
    before: tuple[int, int]
    change: Estimate
    rising: bool = False


def combined(rows: pl.LazyFrame, *kept: str) -> pl.LazyFrame:
    """A row a comment and aspect (``id, aspect`` …) as cells of comments: their ``aspects`` in one text, and
    their number ``n``; cells stay as they are. ``kept``: "id", for who asks which comment it is.
    """
    there = rows.collect_schema()
    if "aspects" in there:
        return rows.with_columns(pl.col("aspects").cast(pl.String), pl.col("n").cast(pl.Int64))
    together = pl.col("aspect").drop_nulls().unique().sort().str.join(BETWEEN).alias("aspects")
    rest = [pl.col(name).first() for name in there if name not in ("id", "aspect")]
    named = rows.group_by("id").agg(*rest, together, pl.lit(1, pl.Int64).alias("n"))
    return named.with_columns(pl.col("aspects").replace("", None)).drop({"id"} - {*kept})


def pareto(rows: pl.LazyFrame, most: int = 12) -> tuple[Bar, ...]:
    """Aspects of ``rows`` (``id, aspect``; null without one; or cells of comments), the most frequent first,
    ``NONE`` last.
    """
    frame = combined(rows).group_by("aspects").agg(pl.col("n").sum()).collect()
    total, split = int(frame["n"].sum()), frame.with_columns(pl.col("aspects").str.split(BETWEEN))
    counts = split.explode("aspects").drop_nulls("aspects").group_by("aspects").agg(pl.col("n").sum())
    bars: list[Bar] = []
    for aspect, count in counts.sort(["n", "aspects"], descending=[True, False]).head(most).iter_rows():
        above = [*(bar.aspect for bar in bars), aspect]
        reached = split.filter(pl.col("aspects").list.eval(pl.element().is_in(above)).list.any())
        bars.append(Bar(aspect, count, share(count, total), int(reached["n"].sum()) / total))
    none = int(frame.filter(pl.col("aspects").is_null())["n"].sum())
    if none:
        bars.append(Bar(NONE, none, share(none, total), 1.0))
    return tuple(bars)


def rising(rows: pl.LazyFrame, last_day: int) -> tuple[Rise, ...]:
    """Every aspect of the week that ends with ``last_day`` against the eight weeks before, steepest first.

    ``rows``: ``id, aspect, day``, or cells of comments; a day is a day number. Newcombe's interval of the
    difference of two shares; what rises is told by the chance of as many comments where nothing rose,
    gamma-Poisson with the spread of the eight weeks (Lawless 1987, Can. J. Stat. 15), and by Holm's rule
    (1979) at 5 % for all aspects together.
    """
    frame = combined(rows).with_columns(((last_day - pl.col("day")) // WEEK).alias("back")).collect()
    frame = frame.filter(pl.col("back").is_between(0, BEFORE_WEEKS))
    totals = {int(back): int(n) for back, n in frame.group_by("back").agg(pl.col("n").sum()).iter_rows()}
    past = sum(n for back, n in totals.items() if back > 0)
    if not totals.get(0) or not past:
        return ()
    counts = _counted(frame)
    apart = _spread(counts, totals)
    found = []
    for aspect, by_week in counts.items():
        now, before = (by_week.get(0, 0), totals[0]), (sum(by_week.values()) - by_week.get(0, 0), past)
        if now[0]:
            found.append(
                (_chance(now, before, apart), Rise(aspect, now, before, share_difference(now, before)))
            )
    return tuple(sorted(_together(found), key=lambda one: (-(one.change.value or 0.0), one.aspect)))


def _counted(frame: pl.DataFrame) -> dict[str, dict[int, int]]:
    """Comments of each aspect by how many weeks back."""
    found: dict[str, dict[int, int]] = {}
    each = frame.drop_nulls("aspects").with_columns(pl.col("aspects").str.split(BETWEEN)).explode("aspects")
    grouped = each.group_by("aspects", "back").agg(pl.col("n").sum()).sort("aspects", "back")
    for aspect, back, n in grouped.iter_rows():
        found.setdefault(aspect, {})[int(back)] = int(n)
    return found


def _spread(counts: Mapping[str, Mapping[int, int]], totals: Mapping[int, int]) -> float:
    """Variance of the weeks' rates relative to their mean, beyond chance, over all aspects (by moments)."""
    weeks = [back for back in totals if back > 0]
    whole = sum(totals[back] for back in weeks)
    beyond, squares = 0.0, 0.0
    for by_week in counts.values():
        share = sum(by_week.get(back, 0) for back in weeks) / whole
        for back in weeks:
            mean = totals[back] * share
            # the share is made of the same weeks: their distances are that much too small
            beyond += (by_week.get(back, 0) - mean) ** 2 * len(weeks) / max(1, len(weeks) - 1)
            beyond -= mean * (1 - share)
            squares += mean**2
    return max(0.0, beyond / squares) if squares else 0.0


def _chance(now: tuple[int, int], before: tuple[int, int], apart: float) -> float:
    """Chance of so many in the week, or more, where nothing rose; the rate before is not sure either."""
    mean = now[1] * (before[0] + 0.5) / (before[1] + 1)
    shape = 1 / (apart + 1 / (before[0] + 0.5))
    return float(betainc(now[0], shape, mean / (shape + mean)))


def _together(found: list[tuple[float, Rise]]) -> list[Rise]:
    """Marks what rises among all of them; too few comments rise never."""
    risen = set()
    for place, (chance, one) in enumerate(sorted(found, key=lambda pair: (pair[0], pair[1].aspect))):
        if chance > LEVEL / (len(found) - place):
            break
        risen.add(one.aspect)
    return [replace(one, rising=one.aspect in risen and one.now[0] >= FEWEST) for _chance, one in found]
