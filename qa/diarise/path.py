"""The most likely order of voices: nearness to a voice against the cost of changing it (Viterbi)."""

import numpy as np
from numpy.typing import NDArray

from qa.diarise.clusters import Labels
from qa.diarise.encoder import Vectors
from qa.diarise.windows import Windows

NEARNESS = 20.0
CHANGE_INSIDE, CHANGE_IN_PAUSE = 4.0, 1.0
FULL = 1.0  # seconds of speech from which a vector counts fully


def most_likely(windows: Windows, centres: Vectors) -> Labels:
    """The voice of each cell. Changing it in the middle of a stretch costs more than in a pause."""
    weight = np.minimum(1.0, windows.heard / FULL)
    gain = NEARNESS * weight[:, None] * (windows.vectors @ centres.T)
    inside = np.diff(windows.stretch) == 0
    cost = np.where(inside, CHANGE_INSIDE, CHANGE_IN_PAUSE)
    return _best_path(np.asarray(gain, np.float64), cost)


def _best_path(gain: NDArray[np.float64], cost: NDArray[np.float64]) -> Labels:
    count, voices = gain.shape
    came = np.zeros((count, voices), np.int64)
    best = gain[0]
    for at in range(1, count):
        ways = best[:, None] - cost[at - 1] * (1 - np.eye(voices))
        came[at] = ways.argmax(axis=0)
        best = ways.max(axis=0) + gain[at]
    path = np.empty(count, np.int64)
    path[-1] = int(best.argmax())
    for at in range(count - 1, 0, -1):
        path[at - 1] = came[at, path[at]]
    return path
