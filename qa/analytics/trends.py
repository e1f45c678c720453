"""Which agents have moved over many weeks: the slope of weekly means, tested for all agents at once."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, stdtr, stdtrit

from qa.analytics.intervals import NOTHING, Z95, Estimate

Floats = NDArray[np.float64]

FEWEST_WEEKS = 12
ROUNDING = 1e-9  # of the means: equal weeks differ by so little in floating point
TOGETHER = 0.02
"""Chance that any agent who has not moved is said to have, among all who are looked at."""

LEAST_LOOKED_AT = 12
"""Agents that a look is made for at least: a page of one agent says no more than the page of the team."""


@dataclass(frozen=True, slots=True)
class Trend:
    """``total`` is the change over the weeks in the unit of the means, with its own 95 % interval; ``chance``
    that an agent who has not moved has such a slope; ``sure``: it holds among all who are looked at.
    """

    total: Estimate
    chance: float
    sure: bool = False


NO_TREND = Trend(NOTHING, 1.0)


def trend(means: Floats, counts: Floats, within: float) -> Trend:
    """Weighted least squares of weekly means on the number of the week; weeks without a mean are NaN.

    The error is that of the residuals (t with weeks - 2 degrees), never less than calls of a week give by
    chance: ``within`` is their standard deviation.
    """
    known = ~np.isnan(means) & (counts > 0)
    weeks, y, n = np.flatnonzero(known).astype(float), means[known], counts[known]
    if weeks.size < FEWEST_WEEKS:
        return NO_TREND
    x = weeks - np.average(weeks, weights=n)
    spread = float((n * x**2).sum())
    slope = float((n * x * y).sum()) / spread
    rest = float((n * (y - np.average(y, weights=n) - slope * x) ** 2).sum()) / (weeks.size - 2)
    least = ROUNDING * max(1.0, float(np.abs(y).max()))  # for weeks that are all on one line, level or not
    error = max(least, float(np.sqrt(max(rest, within**2) / spread)))
    wide = rest > within**2
    far = abs(slope) / error
    chance = float(2 * stdtr(weeks.size - 2, -far)) if wide else float(2 * ndtr(-far))
    length = float(weeks[-1] - weeks[0])
    half = (float(stdtrit(weeks.size - 2, 0.975)) if wide else Z95) * error * length
    total = Estimate(slope * length, slope * length - half, slope * length + half, int(n.sum()))
    return Trend(total, chance)


def together(found: Mapping[int, Trend]) -> dict[int, Trend]:
    """The same trends, those marked that hold for all agents at once (Holm 1979, Scand. J. Stat. 6)."""
    order = sorted(found, key=lambda agent: found[agent].chance)
    looked_at, sure = max(LEAST_LOOKED_AT, len(order)), True
    marked = {}
    for place, agent in enumerate(order):
        one = found[agent]
        sure = sure and one.chance <= TOGETHER / (looked_at - place)
        marked[agent] = Trend(one.total, one.chance, sure)
    return marked
