"""Agreement between raters: Krippendorff's alpha, and the machine against people (FIELD.md §3).

Alpha is 1 - D_o / D_e, disagreement within calls over disagreement between any two ratings (Krippendorff
2011, "Computing Krippendorff's Alpha-Reliability"). Its interval is a bootstrap over calls.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qa.analytics.intervals import RESAMPLES, SEED, Estimate, share

Ratings = NDArray[np.float64]
"""Shape ``(raters, units)``; NaN where a rater said nothing."""

Level = Literal["ordinal", "interval"]

LEAST_CALLS = 20
"""From so many calls on an agreement is shown (Genesys)."""

PEOPLE_DECIDE = 0.6
"""Below this alpha a criterion is left to people."""

CLOSE = 10.0  # points within which two scores agree
VALUES = {"not met": 0.0, "partly": 0.5, "met": 1.0}
MACHINE = ""


@dataclass(frozen=True, slots=True)
class CriterionAgreement:
    """One criterion, machine against people. ``alpha`` is over verdicts that count, ``exact`` the share of
    all verdict pairs that are the same word. Alpha has no value when everybody always said the same.
    """

    key: str
    alpha: Estimate
    exact: Estimate

    @property
    def enough(self) -> bool:
        """True when enough calls were judged by both."""
        return self.alpha.n >= LEAST_CALLS

    @property
    def people_decide(self) -> bool:
        """True when the machine is not to be trusted with it."""
        return self.enough and self.alpha.value is not None and self.alpha.value < PEOPLE_DECIDE


def alpha(ratings: Ratings, level: Level) -> Estimate:
    """Krippendorff's alpha with a bootstrap interval; ``n`` counts the units that two or more rated.

    ``value`` is ``None`` without such a unit, and when all ratings are equal: nothing varies, so nothing can
    be told from chance.
    """
    kept = ratings[:, (~np.isnan(ratings)).sum(axis=0) >= 2]
    units = kept.shape[1]
    if units == 0:
        return Estimate(None, None, None, 0)
    of_weights = _OrdinalAlpha(kept) if level == "ordinal" else _IntervalAlpha(kept)
    value = float(of_weights(np.ones((1, units)))[0])
    if np.isnan(value):
        return Estimate(None, None, None, units)
    draws = np.random.default_rng(SEED).multinomial(units, np.full(units, 1 / units), size=RESAMPLES)
    found = of_weights(draws.astype(float))
    found = found[~np.isnan(found)]
    low, high = np.quantile(found, (0.025, 0.975)) if units > 1 and found.size else (np.nan, np.nan)
    sure = not np.isnan(low)
    return Estimate(value, float(low) if sure else None, float(high) if sure else None, units)


def against_people(verdicts: pl.LazyFrame) -> tuple[CriterionAgreement, ...]:
    """Machine against people by criterion, in the order of their keys.

    Args:
        verdicts: a row a human verdict: ``key``, ``call_id``, ``rater``, ``human``, ``automatic`` (in words).
    """
    table = verdicts.select("key", "call_id", "rater", "human", "automatic").sort("key", "call_id").collect()
    return tuple(
        CriterionAgreement(str(key), alpha(_matrix(part), "ordinal"), _exact(part))
        for (key,), part in table.group_by("key", maintain_order=True)
    )


def within(ratings: Ratings, points: float = CLOSE) -> Estimate:
    """Share of pairs of raters whose scores of the same call are at most ``points`` apart."""
    close = pairs = 0
    for first in range(ratings.shape[0]):
        for second in range(first + 1, ratings.shape[0]):
            apart = np.abs(ratings[first] - ratings[second])
            apart = apart[~np.isnan(apart)]
            close, pairs = close + int((apart <= points).sum()), pairs + apart.size
    return share(close, pairs)


def _matrix(part: pl.DataFrame) -> Ratings:
    """The machine's line, then one for each person; a call that a person judged is a unit."""
    calls = {call: place for place, call in enumerate(part["call_id"].unique(maintain_order=True))}
    raters = {rater: place for place, rater in enumerate(part["rater"].unique(maintain_order=True), 1)}
    matrix = np.full((len(raters) + 1, len(calls)), np.nan)
    for call, rater, human, automatic in part.select("call_id", "rater", "human", "automatic").iter_rows():
        matrix[raters[rater], calls[call]] = VALUES.get(human, np.nan)
        matrix[0, calls[call]] = VALUES.get(automatic, np.nan)
    return matrix


def _exact(part: pl.DataFrame) -> Estimate:
    same = part.select((pl.col("human") == pl.col("automatic")).sum()).item()
    return share(int(same), part.height)


class _OrdinalAlpha:
    """Alpha for ranks; weights of shape ``(draws, units)`` give one alpha a draw."""

    def __init__(self, ratings: Ratings) -> None:
        values = np.unique(ratings[~np.isnan(ratings)])
        counts = np.stack([(ratings == value).sum(axis=0) for value in values], axis=1).astype(float)
        rated = counts.sum(axis=1)
        pairs = counts[:, :, None] * counts[:, None, :]
        diagonal = np.arange(values.size)
        pairs[:, diagonal, diagonal] -= counts
        self._coincidences = pairs / (rated - 1)[:, None, None]

    def __call__(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        seen = np.tensordot(weights, self._coincidences, axes=1)
        sums = seen.sum(axis=2)
        far = _rank_distance(sums)
        with np.errstate(invalid="ignore", divide="ignore"):
            expected = (sums[:, :, None] * sums[:, None, :] * far).sum(axis=(1, 2))
            observed = (seen * far).sum(axis=(1, 2)) * (sums.sum(axis=1) - 1)
            return np.where(expected > 0, 1 - observed / expected, np.nan)


def _rank_distance(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Squared number of ratings that lie between two ranks, half of both included; ``(draws, v, v)``."""
    middle = np.cumsum(sums, axis=1) - sums / 2
    far: NDArray[np.float64] = (middle[:, :, None] - middle[:, None, :]) ** 2
    return far


class _IntervalAlpha:
    """The same for scores, from sums and squares of each unit."""

    def __init__(self, ratings: Ratings) -> None:
        rated = (~np.isnan(ratings)).sum(axis=0).astype(float)
        sums, squares = np.nansum(ratings, axis=0), np.nansum(ratings**2, axis=0)
        self._parts = np.stack([2 * (rated * squares - sums**2) / (rated - 1), rated, sums, squares], axis=1)

    def __call__(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        observed, rated, sums, squares = (weights @ self._parts).T
        expected = 2 * (rated * squares - sums**2)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(expected > 1e-9, 1 - (rated - 1) * observed / expected, np.nan)
