"""The course of a mood: how it begins and how it ends."""

from collections.abc import Sequence
from statistics import fmean


def ends(scores: Sequence[float]) -> tuple[float, float]:
    """Means of the first and of the last third of scores in the order in which things were said.

    Raises:
        ValueError: there is no score.
    """
    third = max(1, len(scores) // 3)
    return fmean(scores[:third]), fmean(scores[-third:])
