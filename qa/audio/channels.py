"""Two channels that are one, and channels that carry nothing."""

import numpy as np
from numpy.typing import NDArray

from qa.audio.buffer import SAMPLE_RATE
from qa.records import Flag

SILENT_PEAK = 0.0005
"""-66 dB of full scale: the idle code of A-law (0.00024) and dither stay below it."""

BLOCK = 10 * SAMPLE_RATE
ALIKE = 0.2
"""Energy of the difference over the mean energy of both. Measured per 10 s of real calls through PCM, mp3,
AAC, Opus, Vorbis and WMA: a copy 0, with noise at -40 dB up to 0.026, at 0.9 of the level 0.012, a sample
late 0.14; two sides that echo each other at -10 dB 0.85, two separate sides 2.0."""

QUIET = 0.01
"""Blocks below this share of the loudest block's energy hold codec noise at most and do not vote."""


def fold(samples: NDArray[np.float32]) -> tuple[NDArray[np.float32], tuple[str, ...]]:
    """One channel instead of two that carry the same sound, and the flags that say so.

    Every loud block of ten seconds has to be alike: an announcement recorded on both sides does not
    make one channel of the conversation after it.
    """
    if samples.shape[0] == 1:
        return samples, ()
    if same_sound(samples):
        return samples[:1], (Flag.BOTH_SAME,)
    loudest = np.maximum(samples.max(axis=1), -samples.min(axis=1))
    return samples, (Flag.ONE_SILENT,) if loudest.min() <= SILENT_PEAK else ()


def same_sound(samples: NDArray[np.float32]) -> bool:
    """True when both channels of ``(2, n)`` carry the same sound but for the noise of a codec."""
    energy, difference = [], []
    for start in range(0, samples.shape[1], BLOCK):
        left, right = samples[:, start : start + BLOCK]
        apart = left - right
        energy.append((float(np.dot(left, left)) + float(np.dot(right, right))) / 2)
        difference.append(float(np.dot(apart, apart)))
    floor = QUIET * max(energy)
    return all(apart <= ALIKE * loud for loud, apart in zip(energy, difference, strict=True) if loud >= floor)
