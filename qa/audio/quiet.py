"""Stretches of a recording that nobody is to hear, made silent on the way from one file to another."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from qa.audio.buffer import SAMPLE_RATE
from qa.records import Seconds, Span

MARGIN: Seconds = 0.25
"""Made silent on both sides of what is hidden: times of words are that sure."""

FADE: Seconds = 0.02
"""Before and behind that, the time in which the sound goes out and comes back: without a click."""


class Quiet:
    """Takes the sound out of stretches of a recording, chunk by chunk."""

    def __init__(self, hidden: Iterable[Span]) -> None:
        spans = (Span(max(0.0, one.start - MARGIN), one.end + MARGIN) for one in hidden)
        self._silent = [(round(one.start * SAMPLE_RATE), round(one.end * SAMPLE_RATE)) for one in spans]
        self._fade = round(FADE * SAMPLE_RATE)

    def apply(self, chunk: NDArray[np.float32], begin: int) -> NDArray[np.float32]:
        """A chunk ``(channels, n)`` from sample ``begin`` of the recording on, without what is hidden."""
        end = begin + chunk.shape[1]
        near = [(a, b) for a, b in self._silent if a - self._fade < end and begin < b + self._fade]
        if not near:
            return chunk
        at = np.arange(begin, end)
        gain = np.ones(chunk.shape[1], np.float32)
        for first, last in near:
            away = np.clip(np.maximum(first - at, at - last + 1), 0, self._fade) / self._fade
            gain = np.minimum(gain, (0.5 - 0.5 * np.cos(np.pi * away)).astype(np.float32))
        return chunk * gain
