"""Speech cut into short cells, each with the voice heard around it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.audio import SAMPLE_RATE
from qa.diarise.encoder import BATCH, FRAMES, SIZE, Vectors, VoiceEncoder
from qa.diarise.mel import HOP, mel_frames
from qa.records import Seconds, Span, Spans, merged

CELL: Seconds = 0.4
WINDOW: Seconds = FRAMES / 100
PAUSE: Seconds = 0.3
SPEECH_LEVEL = -30.0
"""dB of full scale: the level of speech that the encoder was trained on. Its input is not logarithmic."""

_Pieces = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """Cells of speech in order; for each the vector of the 1.6 s around it, the number of the stretch
    of speech that it lies in, and how many seconds of that stretch the vector was made from.
    """

    cells: Spans
    vectors: Vectors
    stretch: NDArray[np.int64]
    heard: NDArray[np.float32]

    def where(self, mask: NDArray[np.bool_]) -> "Windows":
        """The windows for which the mask is true."""
        cells = tuple(cell for cell, kept in zip(self.cells, mask, strict=True) if kept)
        return Windows(cells, self.vectors[mask], self.stretch[mask], self.heard[mask])


def listen(samples: NDArray[np.float32], speech: Spans, encoder: VoiceEncoder) -> Windows:
    """The windows of one channel; pauses up to 0.3 s belong to a stretch.

    Vectors are made batch by batch, so that hours of speech cost no more memory than their vectors.
    """
    stretches = merged(speech, PAUSE)
    power = _power(samples, stretches)
    cells: list[Span] = []
    numbers: list[int] = []
    heard: list[float] = []
    vectors: list[Vectors] = [np.zeros((0, SIZE), np.float32)]
    waiting: list[_Pieces] = []
    for number, stretch in enumerate(stretches):
        mel = _mel_around(samples, stretch) * power
        for cell, first in _cells(stretch):
            cells.append(cell)
            numbers.append(number)
            heard.append(min(stretch.length, WINDOW))
            waiting.append(mel[first : first + FRAMES])
            if len(waiting) == BATCH:
                vectors.append(encoder.embed(np.stack(waiting)))
                waiting.clear()
    if waiting:
        vectors.append(encoder.embed(np.stack(waiting)))
    return Windows(
        tuple(cells),
        np.concatenate(vectors),
        np.asarray(numbers, np.int64),
        np.asarray(heard, np.float32),
    )


def _cells(stretch: Span) -> Iterator[tuple[Span, int]]:
    """Cells of about 0.4 s, and the first frame of each one's window, counted from 0.8 s before the stretch.

    Windows stay inside the stretch where it is long enough, else they hold all of it.
    """
    count = max(1, round(stretch.length / CELL))
    step = stretch.length / count
    for place in range(count):
        cell = Span(stretch.start + place * step, stretch.start + (place + 1) * step)
        middle = (place + 0.5) * step
        low, high = WINDOW / 2, stretch.length - WINDOW / 2
        middle = min(max(middle, low), high) if high >= low else stretch.length / 2
        yield cell, round(middle * 100)


def _mel_around(samples: NDArray[np.float32], stretch: Span) -> NDArray[np.float32]:
    """Mel frames from 0.8 s before a stretch to 0.8 s after it, silence beyond the recording."""
    half = round(WINDOW / 2 * SAMPLE_RATE)
    first = round(stretch.start * 100) * HOP - half
    last = round(stretch.end * SAMPLE_RATE) + half + HOP
    cut = samples[max(0, first) : last]
    before = max(0, -first)
    return mel_frames(np.pad(cut, (before, last - first - before - len(cut))))


def _power(samples: NDArray[np.float32], stretches: Spans) -> np.float32:
    """What the power of the channel is multiplied with, so that its speech has the usual level."""
    energy, count = 0.0, 0
    for stretch in stretches:
        cut = samples[round(stretch.start * SAMPLE_RATE) : round(stretch.end * SAMPLE_RATE)]
        energy += float(np.dot(cut, cut))
        count += len(cut)
    return np.float32(10 ** (SPEECH_LEVEL / 10) * count / energy if energy > 0 else 1.0)
