"""From the values of each week to a figure with its course: interval, change, control chart."""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from qa.analytics.control import laney, xmr
from qa.analytics.headline import Figure
from qa.analytics.intervals import (
    NOTHING,
    Estimate,
    difference,
    mean,
    net_promoter,
    share,
    share_difference,
)
from qa.analytics.samples import EMPTY, Sample
from qa.analytics.weeks import STEP

Values = Mapping[int, NDArray[np.float64]] | Mapping[int, Sample]
Pairs = Mapping[int, tuple[int, int]]


def of_values(
    values: Values, week: int, estimate: Callable[[Sample], Estimate] = mean, missing: int = 0
) -> Figure:
    """A mean by week. ``values``, or what is known of them, by the first day of their week; the newest is
    ``week``.
    """
    line = weeks_of(values, week)
    every = [Sample.of(values.get(each, EMPTY)) for each in line]
    found = tuple(estimate(each) if each.n else NOTHING for each in every)
    return Figure(
        now=found[-1],
        before=found[-2] if len(found) > 1 else NOTHING,
        change=difference(every[-1], every[-2]) if len(every) > 1 else NOTHING,
        weeks=np.array(line, dtype=np.int32),
        intervals=found,
        chart=xmr([np.nan if each.value is None else each.value for each in found]),
        missing=missing,
    )


def of_pairs(pairs: Pairs, week: int, missing: int = 0) -> Figure:
    """A share by week from successes and trials."""
    line = weeks_of(pairs, week)
    every = [pairs.get(each, (0, 0)) for each in line]
    found = tuple(share(*each) for each in every)
    before = every[-2] if len(every) > 1 else (0, 0)
    return Figure(
        now=found[-1],
        before=share(*before),
        change=share_difference(every[-1], before),
        weeks=np.array(line, dtype=np.int32),
        intervals=found,
        chart=laney([good for good, _n in every], [n for _good, n in every]),
        missing=missing,
    )


def of_counts(counts: Mapping[int, int], week: int, missing: int = 0) -> Figure:
    """A count by week; a count has no interval, and a week without any row counts 0."""
    line = weeks_of(counts, week)
    every = [counts.get(each, 0) for each in line]
    found = tuple(Estimate(float(each), None, None, each) for each in every)
    gap = Estimate(float(every[-1] - every[-2]), None, None, every[-1]) if len(every) > 1 else NOTHING
    return Figure(
        now=found[-1],
        before=found[-2] if len(found) > 1 else NOTHING,
        change=gap,
        weeks=np.array(line, dtype=np.int32),
        intervals=found,
        chart=xmr(every).within(0),
        missing=missing,
    )


def of_points(points: Values, week: int) -> Figure:
    """NPS by week from answers of 100 (promoters), 0 and -100 (detractors); the change is one of means."""
    return of_values(points, week, _promoters)


def nothing(week: int) -> Figure:
    """The figure of what has no rows here."""
    return of_pairs({}, week)


def weeks_of(rows: Iterable[int], week: int) -> list[int]:
    """Every week from the first with rows to the one asked for, without holes."""
    return list(range(min(rows, default=week), week + STEP, STEP))


def _promoters(answers: Sample) -> Estimate:
    points = np.empty(0) if answers.values is None else answers.values
    return net_promoter(int((points > 0).sum()), int((points < 0).sum()), points.size)
