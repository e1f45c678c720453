"""How sure a figure is: 95 % intervals (FIELD.md §3). No figure goes to a page without one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtr, bdtrik, ndtr, stdtrit

from qa.analytics.samples import Sample

Z95 = 1.959963984540054
SEED = 20260321  # fixed, so that the same data show the same interval
RESAMPLES = 2000
FEW = 30  # below this a mean of skewed values is bootstrapped
SKEWED = 1.0  # |skewness| from which values count as skewed


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95 % interval and the number of answers or calls behind it.

    ``value`` is ``None`` without any, ``low`` and ``high`` are ``None`` when too few can carry an interval.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int


NOTHING = Estimate(None, None, None, 0)


def share(successes: float, n: int) -> Estimate:
    """A share with its Wilson score interval (Wilson 1927). Half successes make it wider than it need be.

    Raises:
        ValueError: more successes than trials, or less than none.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} successes of {n} cannot be")
    if n == 0:
        return NOTHING
    p, z2 = successes / n, Z95**2
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = Z95 / (1 + z2 / n) * float(np.sqrt(p * (1 - p) / n + z2 / (4 * n * n)))
    return Estimate(p, max(0.0, middle - half), min(1.0, middle + half), n)


def mean(values: ArrayLike | Sample) -> Estimate:
    """A mean with its t-interval; bootstrapped where fewer than 30 values are skewed.

    Of a sample that is known by its sums alone it is the t-interval: ``qa.analytics.cells`` gives values
    wherever there are few.
    """
    known = Sample.of(values)
    if known.n == 0:
        return NOTHING
    if known.n == 1:
        return Estimate(known.mean, None, None, 1)
    skewed = known.values is not None and known.n < FEW and known.apart > 0
    if skewed and known.values is not None and abs(_skewness(known.values)) > SKEWED:
        low, high = _bootstrap(known.values)
        return Estimate(known.mean, low, high, known.n)
    half = float(stdtrit(known.n - 1, 0.975)) * float(np.sqrt(known.variance / known.n))
    return Estimate(known.mean, known.mean - half, known.mean + half, known.n)


def median(values: ArrayLike) -> Estimate:
    """A median with the interval that order statistics give (binomial, no assumption of a shape).

    Conover 1999, "Practical Nonparametric Statistics", 3.2; under six values there is no 95 % interval.
    """
    array = np.sort(np.asarray(values, dtype=float))
    n = array.size
    if n == 0:
        return NOTHING
    tail = int(bdtrik(0.025, n, 0.5))
    while tail >= 0 and bdtr(tail, n, 0.5) > 0.025:
        tail -= 1
    low, high = (None, None) if tail < 0 else (float(array[tail]), float(array[n - 1 - tail]))
    return Estimate(float(np.median(array)), low, high, n)


def net_promoter(promoters: int, detractors: int, n: int) -> Estimate:
    """NPS in points (-100 to 100) of answered surveys; variance (p + d - (p - d)^2) / n."""
    if n == 0:
        return NOTHING
    p, d = promoters / n, detractors / n
    half = Z95 * float(np.sqrt(max(0.0, p + d - (p - d) ** 2) / n))
    return Estimate(100 * (p - d), max(-100.0, 100 * (p - d - half)), min(100.0, 100 * (p - d + half)), n)


def difference(now: ArrayLike | Sample, before: ArrayLike | Sample) -> Estimate:
    """Difference of two means with Welch's interval; ``n`` is the smaller side."""
    one, other = Sample.of(now), Sample.of(before)
    n = min(one.n, other.n)
    if n == 0:
        return NOTHING
    gap = one.mean - other.mean
    if n < 2:
        return Estimate(gap, None, None, n)
    a, b = one.variance / one.n, other.variance / other.n
    if a + b == 0:
        return Estimate(gap, gap, gap, n)
    freedom = (a + b) ** 2 / (a**2 / (one.n - 1) + b**2 / (other.n - 1))
    half = float(stdtrit(freedom, 0.975)) * float(np.sqrt(a + b))
    return Estimate(gap, gap - half, gap + half, n)


def share_difference(now: tuple[float, int], before: tuple[float, int]) -> Estimate:
    """Difference of two shares, each ``(successes, n)``, with Newcombe's hybrid score interval.

    Newcombe 1998, "Interval estimation for the difference between independent proportions", method 10.
    ``n`` is the smaller side.
    """
    one, other = share(*now), share(*before)
    if one.value is None or other.value is None:
        return NOTHING
    gap = one.value - other.value
    below = _hypotenuse(one.value, one.low, other.high, other.value)
    above = _hypotenuse(one.high, one.value, other.value, other.low)
    return Estimate(gap, max(-1.0, gap - below), min(1.0, gap + above), min(one.n, other.n))


def _hypotenuse(a: float | None, b: float | None, c: float | None, d: float | None) -> float:
    return float(np.hypot((a or 0.0) - (b or 0.0), (c or 0.0) - (d or 0.0)))


def _skewness(values: NDArray[np.float64]) -> float:
    """Third standardised moment, not corrected for n."""
    gap = values - values.mean()
    return float((gap**3).mean() / (gap**2).mean() ** 1.5)


def _bootstrap(values: NDArray[np.float64]) -> tuple[float, float]:
    """Percentile bootstrap of the mean, seeded; percentiles widened for few values.

    Hesterberg 2015, "What teachers should know about the bootstrap", expanded percentiles: plain ones are
    too narrow by about (n - 1) / n.
    """
    n = values.size
    random = np.random.default_rng(SEED)
    means = random.choice(values, size=(RESAMPLES, n)).mean(axis=1)
    tail = float(ndtr(np.sqrt(n / (n - 1)) * stdtrit(n - 1, 0.025)))
    low, high = np.quantile(means, [tail, 1 - tail])
    return float(low), float(high)
