"""Figures of a calibration: who agrees with whom, and who is strict (FIELD.md §3).

Everybody is compared with the reference once it is there. Until then with the mean of the others, never
with a mean that holds the own verdict: that would pull each reviewer towards agreement.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from qa.analytics.agreement import VALUES, Ratings, alpha, within
from qa.analytics.intervals import Estimate

Scores = Mapping[tuple[str, int], float]
"""Points of 100 by rater and call; what has no score is not in it."""

Said = Mapping[tuple[str, int], Mapping[str, str]]
"""Verdicts in words by rater and call, then by criterion."""


@dataclass(frozen=True, slots=True)
class Sides:
    """One figure among people alone, and with the machine as one more rater."""

    people: Estimate
    with_machine: Estimate


@dataclass(frozen=True, slots=True)
class Leaning:
    """Mean difference of one rater's scores in points: below zero is stricter. ``n`` counts calls."""

    rater: str
    mean: Estimate

    @property
    def told(self) -> bool:
        """True when the interval leaves zero out."""
        low, high = self.mean.low, self.mean.high
        return low is not None and high is not None and (low > 0 or high < 0)


def criterion_alpha(people: Said, machine: Said, key: str) -> Sides:
    """Alpha over the verdicts of one criterion, ordinal; what does not count in a score is missing."""
    own, both = _verdicts(people, key), _verdicts({**people, **machine}, key)
    return Sides(alpha(_table(own), "ordinal"), alpha(_table(both), "ordinal"))


def score_alpha(people: Scores, machine: Scores) -> Sides:
    """Alpha over the scores, interval."""
    return Sides(alpha(_table(people), "interval"), alpha(_table({**people, **machine}), "interval"))


def close_pairs(people: Scores, machine: Scores) -> Sides:
    """Share of pairs of scores of one call that are at most ten points apart, with Wilson's interval."""
    return Sides(within(_table(people)), within(_table({**people, **machine})))


def leanings(scores: Scores, reference: Mapping[int, float] | None) -> tuple[Leaning, ...]:
    """How strict each rater is, by name: against the reference scores by call, or the others' means."""
    raters = sorted({rater for rater, _call in scores})
    return tuple(Leaning(rater, _mean(_differences(rater, scores, reference))) for rater in raters)


def _differences(rater: str, scores: Scores, reference: Mapping[int, float] | None) -> list[float]:
    found = []
    for (who, call), points in scores.items():
        if who != rater:
            continue
        if reference is not None:
            others = [reference[call]] if call in reference else []
        else:
            others = [value for (other, same), value in scores.items() if same == call and other != rater]
        if others:
            found.append(points - float(np.mean(others)))
    return found


def _mean(values: list[float]) -> Estimate:
    """A mean with Student's interval; differences within calls are near enough to symmetric."""
    n = len(values)
    if n == 0:
        return Estimate(None, None, None, 0)
    middle = float(np.mean(values))
    if n == 1:
        return Estimate(middle, None, None, 1)
    half = float(stdtrit(n - 1, 0.975)) * float(np.std(values, ddof=1)) / float(np.sqrt(n))
    return Estimate(middle, middle - half, middle + half, n)


def _verdicts(said: Said, key: str) -> dict[tuple[str, int], float]:
    return {place: VALUES[verdicts[key]] for place, verdicts in said.items() if verdicts.get(key) in VALUES}


def _table(values: Scores) -> Ratings:
    """Raters by calls; NaN where nothing was said."""
    raters = {rater: row for row, rater in enumerate(dict.fromkeys(who for who, _ in values))}
    calls = {call: column for column, call in enumerate(sorted({call for _, call in values}))}
    table = np.full((len(raters), len(calls)), np.nan)
    for (rater, call), value in values.items():
        table[raters[rater], calls[call]] = value
    return table
