"""Runs of frames: where a row of yes and no is yes. Positions are frame numbers, half open."""

import numpy as np
from numpy.typing import NDArray

Run = tuple[int, int]


def runs_of(active: NDArray[np.bool_], bridge: int = 0) -> list[Run]:
    """The stretches of yes; stretches at most ``bridge`` frames apart become one."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], active, [False]]).astype(np.int8)))
    found: list[Run] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if found and start - found[-1][1] <= bridge:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def with_hysteresis(values: NDArray[np.float32], begin: float, keep: float, bridge: int) -> list[Run]:
    """Stretches of at least ``keep`` that reach ``begin``, each from the first frame that reaches it."""
    found = np.zeros(len(values), dtype=np.bool_)
    for start, end in runs_of(values >= keep):
        reached = np.flatnonzero(values[start:end] >= begin)
        if len(reached):
            found[start + reached[0] : end] = True
    return runs_of(found, bridge)


def apart(one: Run, other: Run) -> int:
    """Frames between two runs, 0 when they touch."""
    return max(0, other[0] - one[1], one[0] - other[1])
