"""A growing block of samples at 16 kHz that refuses to pass a limit."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.records import Hertz, Seconds

SAMPLE_RATE: Hertz = 16_000


class TooLongError(Exception):
    """More sound than the limit."""


class Sink(Protocol):
    """Where decoded sound goes."""

    length: int

    def add(self, chunk: NDArray[np.float32]) -> None:
        """Take ``(channels, n)``."""

    def add_silence(self, seconds: Seconds) -> None:
        """Take silence."""

    def samples(self) -> NDArray[np.float32]:
        """What was kept of it, ``(channels, n)``."""


class SampleBuffer:
    """Samples ``(channels, n)`` in one block. Room for the expected length is set aside at once: memory
    that is never written costs nothing, and a three-hour call is not copied while it grows.
    """

    def __init__(self, channels: int, expected: Seconds | None, maximum: Seconds) -> None:
        self.limit = int(maximum * SAMPLE_RATE)
        wanted = 60.0 if expected is None else expected + 1.0
        room = int(min(wanted, maximum + 1.0) * SAMPLE_RATE)
        self._block = np.empty((channels, room), dtype=np.float32)
        self.length = 0

    def add(self, chunk: NDArray[np.float32]) -> None:
        """Append ``(channels, n)``; values outside -1 to 1 are cut, values that are no number are silence."""
        start = self._take(chunk.shape[1])
        kept = self._block[:, start : self.length]
        np.nan_to_num(chunk, copy=False, nan=0.0)
        np.clip(chunk, -1.0, 1.0, out=kept)

    def add_silence(self, seconds: Seconds) -> None:
        """Append silence."""
        start = self._take(round(min(seconds * SAMPLE_RATE, self.limit + 1)))
        self._block[:, start : self.length] = 0.0

    def samples(self) -> NDArray[np.float32]:
        """Everything added so far."""
        return self._block[:, : self.length]

    def _take(self, count: int) -> int:
        start, self.length = self.length, self.length + count
        if self.length > self.limit:
            raise TooLongError
        if self.length > self._block.shape[1]:
            bigger = np.empty((self._block.shape[0], max(2 * start, self.length)), dtype=np.float32)
            bigger[:, :start] = self._block[:, :start]
            self._block = bigger
        return start
