"""Control charts: which week is a signal and which is normal variation (Shewhart; FIELD.md §3)."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qa.analytics.intervals import Z95

BASELINE = 12  # weeks
D2 = 1.128  # mean moving range of two points in standard deviations
RUN = 8  # points in a row on one side of the centre
FEWEST = 3  # values that make a weekly mean worth judging
ROUNDING = 1e-9  # of the centre: equal weeks differ by so little in floating point


class Signal(StrEnum):
    """What a point says. The words are translation keys."""

    NONE = "within normal variation"
    ABOVE = "past the upper limit"
    BELOW = "past the lower limit"
    RUN_ABOVE = "8 in a row above the mean"
    RUN_BELOW = "8 in a row below the mean"
    RISING = "rising over the weeks"
    FALLING = "falling over the weeks"
    TOO_FEW = "too few weeks to tell"


@dataclass(frozen=True, slots=True)
class Chart:
    """Limits for each point (shape ``(points,)``) and what each point says.

    Points without a value are NaN. With fewer than 12 weeks before the newest, ``centre`` and the limits
    are NaN and every point says "too few weeks to tell".
    """

    values: NDArray[np.float64]
    centre: float
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    signals: tuple[Signal, ...]

    @property
    def ready(self) -> bool:
        """True when there were enough weeks for limits."""
        return not np.isnan(self.centre)

    def within(self, low: float, high: float = np.inf) -> "Chart":
        """The same with limits no farther than the figure itself can go; what points say stays."""
        return replace(self, lower=np.maximum(self.lower, low), upper=np.minimum(self.upper, high))

    @property
    def last(self) -> Signal:
        """What the newest point says."""
        return self.signals[-1] if self.signals else Signal.TOO_FEW


def xmr(values: ArrayLike) -> Chart:
    """Individuals chart: centre the mean, limits 3 sigma from the mean moving range (Wheeler).

    Args:
        values: one a week, oldest first, NaN for a week without a value. The newest is judged by the
            weeks before it, at least 12.
    """
    line = np.asarray(values, dtype=float)
    base = line[:-1][~np.isnan(line[:-1])]
    if base.size < BASELINE:
        return _unready(line)
    centre, half = xmr_limits(base)
    return _judged(line, centre, np.full(line.size, half))


def xmr_limits(base: NDArray[np.float64]) -> tuple[float, float]:
    """Centre and half width: mean, and 3 x mean moving range / 1.128."""
    return float(base.mean()), 3 * float(np.abs(np.diff(base)).mean()) / D2


def laney(successes: ArrayLike, counts: ArrayLike) -> Chart:
    """Laney's p′ chart: binomial limits widened by the spread between weeks (Laney 2002).

    Args:
        successes: one a week, oldest first.
        counts: trials of each week; 0 for a week without any.
    """
    n, hits = np.asarray(counts, dtype=float), np.asarray(successes, dtype=float)
    line = hits / np.where(n > 0, n, np.nan)
    base = np.flatnonzero(n[:-1] > 0)
    if base.size < BASELINE:
        return _unready(line)
    centre, half = laney_limits(hits, n, base)
    return _judged(line, centre, half).within(0, 1)


def laney_limits(
    hits: NDArray[np.float64], n: NDArray[np.float64], base: NDArray[np.intp]
) -> tuple[float, NDArray[np.float64]]:
    """Centre, and half width for each week, from the weeks at the places ``base``.

    Where every trial of the base had the same end, the spread between weeks is not known: the limit is then
    that of a binomial share at the far end of the base's Wilson interval.
    """
    trials = np.where(n > 0, n, np.nan)
    centre = float(hits[base].sum() / n[base].sum())
    if centre in (0.0, 1.0):
        likely = Z95**2 / (n[base].sum() + Z95**2)
        return centre, likely + 3 * np.sqrt(likely * (1 - likely) / trials)
    sigma = np.sqrt(centre * (1 - centre) / trials)
    z = (hits[base] / n[base] - centre) / sigma[base]
    return centre, 3 * sigma * float(np.abs(np.diff(z)).mean()) / D2


def xbar(means: ArrayLike, counts: ArrayLike, within: float, sigmas: float = 3.0) -> Chart:
    """Means of different numbers of values: Laney's correction of p′ (2002) carried over to means.

    A mean of n values varies by ``within / sqrt(n)`` of itself; the moving range of the means so measured
    widens that where weeks differ by more, and never narrows it. The newest alone is judged, and by no run:
    many such charts are looked at together, and old points would be judged by limits that they helped to set.

    Args:
        means: one a week, oldest first, NaN for a week without one.
        counts: values behind each; under ``FEWEST`` a mean is neither judged nor in the baseline. A week
            without any has the limits of a usual week.
        within: standard deviation of the values within a week.
        sigmas: half width of the limits.
    """
    line, n = np.asarray(means, dtype=float), np.asarray(counts, dtype=float)
    known = ~np.isnan(line) & (n >= FEWEST)
    base = np.flatnonzero(known[:-1])
    if base.size < BASELINE:
        return _unready(line)
    centre = float(np.average(line[base], weights=n[base]))
    chance = within / np.sqrt(np.where(n > 0, n, np.median(n[base])))
    widened = 1.0
    if within > 0:
        z = (line[base] - centre) / chance[base]
        widened = max(1.0, float(np.abs(np.diff(z)).mean()) / D2)
    half = sigmas * widened * chance
    signals = [Signal.NONE] * line.size
    slack = ROUNDING * max(1.0, abs(centre))
    if known[-1] and abs(line[-1] - centre) > half[-1] + slack:
        signals[-1] = Signal.ABOVE if line[-1] > centre else Signal.BELOW
    return Chart(line, centre, centre - half, centre + half, tuple(signals))


def _unready(line: NDArray[np.float64]) -> Chart:
    nothing = np.full(line.size, np.nan)
    return Chart(line, float("nan"), nothing, nothing, (Signal.TOO_FEW,) * line.size)


def _judged(line: NDArray[np.float64], centre: float, half: NDArray[np.float64]) -> Chart:
    lower, upper = centre - half, centre + half
    slack = ROUNDING * max(1.0, abs(centre))
    signals, run = [], 0
    for value, low, high in zip(line, lower - slack, upper + slack, strict=True):
        if not np.isnan(value):
            side = 0 if abs(value - centre) <= slack else int(np.sign(value - centre))
            run = run + side if side * run > 0 else side
        signals.append(_signal(value, low, high, run))
    return Chart(line, centre, lower, upper, tuple(signals))


def _signal(value: float, low: float, high: float, run: int) -> Signal:
    if np.isnan(value):
        return Signal.NONE
    if value > high:
        return Signal.ABOVE
    if value < low:
        return Signal.BELOW
    if abs(run) >= RUN:
        return Signal.RUN_ABOVE if run > 0 else Signal.RUN_BELOW
    return Signal.NONE
