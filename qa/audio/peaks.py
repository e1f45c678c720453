"""The outline of the sound for drawing a waveform."""

import numpy as np
from numpy.typing import NDArray

from qa.records import Audio


def peaks(audio: Audio, count: int) -> NDArray[np.float32]:
    """Largest absolute sample of each of ``count`` equal stretches, shape ``(channels, count)``, 0 to 1.

    A stretch shorter than a sample repeats its sample; without samples all peaks are 0.

    Raises:
        ValueError: ``count`` is less than 1.
    """
    if count < 1:
        raise ValueError(f"a waveform needs at least 1 peak, got {count}")
    length = audio.samples.shape[1]
    if length == 0:
        return np.zeros((audio.channels, count), dtype=np.float32)
    starts = np.arange(count, dtype=np.int64) * length // count
    highest = np.maximum.reduceat(audio.samples, starts, axis=1)
    lowest = np.minimum.reduceat(audio.samples, starts, axis=1)
    return np.minimum(np.maximum(highest, -lowest), np.float32(1.0))
