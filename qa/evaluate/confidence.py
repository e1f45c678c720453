"""Whether a confidence means what it says: reliability tables, and the line that mends it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.evaluate.alignment import Judged, Pair
from qa.records import Share
from qa.transcribe.confidence import Calibration, log_odds

BINS = 10
ENOUGH = 20
"""Fewer pairs say nothing about a bin of confidence."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Words whose confidence lies in one tenth: how many, their mean confidence, the share that is right."""

    low: Share
    count: int
    confidence: Share
    right: Share


@dataclass(frozen=True, slots=True)
class Reliability:
    """Confidence against correctness. ``error`` is the expected calibration error: the mean distance of the
    two over the tenths, weighted by words (Naeini and others, "Obtaining well calibrated probabilities using
    Bayesian binning", 2015).
    """

    bins: tuple[Bin, ...]
    error: Share
    count: int


def reliability(confidences: Sequence[float], right: Sequence[bool]) -> Reliability:
    """The table of words with their confidence."""
    sure, hits = np.asarray(confidences, float), np.asarray(right, float)
    place = np.minimum((sure * BINS).astype(int), BINS - 1)
    bins = tuple(
        Bin(at / BINS, int(mask.sum()), float(sure[mask].mean()), float(hits[mask].mean()))
        for at in range(BINS)
        if (mask := place == at).any()
    )
    total = sum(one.count for one in bins)
    error = sum(one.count * abs(one.confidence - one.right) for one in bins) / total if total else 0.0
    return Reliability(bins, error, total)


def fit(words: Iterable[Judged]) -> Calibration:
    """The line through the log-odds under which the words are likeliest, by Newton's method.

    As Platt does, a right word counts as (n + 1) / (n + 2) and a wrong one as 1 / (m + 2), so that words
    that are all right give no endless line; a falling line becomes a flat one.
    """
    judged = list(words)
    odds = np.array([log_odds(word.probability) for word in judged])
    hits = np.array([word.right for word in judged], float)
    wanted = np.where(hits > 0, (hits.sum() + 1) / (hits.sum() + 2), 1 / ((1 - hits).sum() + 2))
    slope, intercept = _newton(np.stack((odds, np.ones_like(odds))), wanted)
    if slope >= 0:
        return Calibration(slope, intercept)
    share = float(wanted.mean())
    return Calibration(0.0, float(np.log(share / (1 - share))))


def _newton(design: NDArray[np.float64], wanted: NDArray[np.float64]) -> tuple[float, float]:
    line = np.array([1.0, 0.0])
    for _ in range(50):
        shares = 1 / (1 + np.exp(-np.clip(line @ design, -30, 30)))
        slope = design @ (shares - wanted)
        bend = (design * (shares * (1 - shares))) @ design.T + 1e-6 * np.eye(2)
        step = np.linalg.solve(bend, slope)
        line -= np.clip(step, -1, 1)
        if np.abs(step).max() < 1e-8:
            break
    return float(line[0]), float(line[1])


def held_out(words: Sequence[Judged]) -> list[Share]:
    """The confidence of every word by a line that was fitted on all other recordings (leave one out).

    With a dozen recordings, the two halves of a split differ by more than what is to be measured.
    """
    groups = {word.group for word in words}
    lines = {group: fit(word for word in words if word.group != group) for group in groups}
    return [lines[word.group].share(word.probability) for word in words]


def pairs_heard(pairs: Iterable[Pair], lines: dict[str, Calibration]) -> tuple[Bin, ...]:
    """Of pairs of words that were said, the share that was heard, by the confidence of their utterance."""
    rows = [
        (float(np.mean([lines[pair.language].share(one) for one in pair.probabilities])), pair.heard)
        for pair in pairs
    ]
    return reliability([sure for sure, _ in rows], [heard for _, heard in rows]).bins


def cannot_tell_below(bins: Sequence[Bin]) -> Share:
    """The confidence below which "it was not said" proves nothing: the lower end of the lowest tenth from
    which upwards at least every second pair that was said is also heard. Tenths with fewer than 20 pairs
    are passed over; 1 when there is no such tenth.
    """
    limit = 1.0
    for one in reversed([one for one in bins if one.count >= ENOUGH]):
        if one.right < 0.5:
            break
        limit = one.low
    return limit
