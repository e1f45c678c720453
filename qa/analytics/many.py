"""Many comparisons at once: which of them stand."""

import numpy as np
from numpy.typing import NDArray

RATE = 0.10
"""Share of false ones among those that stand (FIELD.md §3)."""


def standing(ps: NDArray[np.float64], rate: float = RATE) -> NDArray[np.bool_]:
    """Benjamini & Hochberg 1995: every p up to the last that is at most its rank's share of the rate."""
    stands = np.zeros(len(ps), dtype=bool)
    if not len(ps):
        return stands
    order = np.argsort(ps)
    passed = ps[order] <= rate * np.arange(1, len(ps) + 1) / len(ps)
    last = int(np.flatnonzero(passed)[-1]) + 1 if passed.any() else 0
    stands[order[:last]] = True
    return stands
