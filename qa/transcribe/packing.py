"""Packs the speech of a channel into the 30 s windows that Whisper reads, and maps times back.

Whisper pays for 30 s whatever a window holds, and invents words where a window holds silence. So only
speech goes in, pieces side by side with a short silence between them, and every piece knows where in the
recording it came from.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.records import Audio, Seconds, Span, Spans, merged

WINDOW: Seconds = 30.0
LONGEST_PIECE: Seconds = 28.0
PADDING: Seconds = 0.4
"""Sound kept before and after a stretch of speech: soft beginnings and endings of words."""
JOIN: Seconds = 3.0
"""Stretches at most this far apart stay one piece, with their true pause: cutting at every pause costs words
(word error rate 0.34 against 0.25 on a real telephone call)."""
SILENCE: Seconds = 0.4
"""Silence put between two pieces."""
_CUT_ZONE: Seconds = 4.0
_STEP: Seconds = 0.02


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a channel in a window. ``source`` is in the recording, ``place`` in the window;
    ``speech`` is the part of the source where somebody speaks.
    """

    source: Span
    place: Seconds
    speech: Spans


@dataclass(frozen=True, slots=True)
class Window:
    """Up to 30 s of packed speech of one channel."""

    channel: int
    pieces: tuple[Piece, ...]

    @property
    def length(self) -> Seconds:
        """Seconds in use."""
        return self.pieces[-1].place + self.pieces[-1].source.length

    @property
    def speech(self) -> Seconds:
        """Seconds in which somebody speaks."""
        return sum(span.length for piece in self.pieces for span in piece.speech)


def pack(audio: Audio, speech: tuple[Spans, ...]) -> tuple[Window, ...]:
    """The speech of every channel as windows, in the order of the recording.

    Args:
        audio: the recording.
        speech: for every channel the stretches in which somebody speaks.
    """
    windows: list[Window] = []
    for channel, spans in enumerate(speech):
        held: list[Piece] = []
        for source in _sources(audio, channel, spans):
            place = held[-1].place + held[-1].source.length + SILENCE if held else 0.0
            if place + source.length > WINDOW:
                windows.append(Window(channel, tuple(held)))
                held, place = [], 0.0
            held.append(Piece(source, place, _inside(spans, source)))
        if held:
            windows.append(Window(channel, tuple(held)))
    return tuple(windows)


def window_sound(audio: Audio, window: Window) -> NDArray[np.float32]:
    """The sound of a window, shape ``(samples,)``, shorter than 30 s when not full."""
    rate = audio.sample_rate
    sound = np.zeros(round(window.length * rate) + 1, np.float32)
    for piece in window.pieces:
        start, place = round(piece.source.start * rate), round(piece.place * rate)
        part = audio.samples[window.channel, start : round(piece.source.end * rate)]
        sound[place : place + part.size] = part[: sound.size - place]
    return sound


def _sources(audio: Audio, channel: int, spans: Spans) -> Iterator[Span]:
    """Padded, joined stretches, none longer than a window can hold."""
    end = audio.duration
    padded = (Span(max(0.0, s.start - PADDING), min(end, s.end + PADDING)) for s in spans if s.start < end)
    for span in merged(padded, JOIN - 2 * PADDING):
        yield from _cut(audio, channel, span)


def _cut(audio: Audio, channel: int, span: Span) -> Iterator[Span]:
    """Cuts a long stretch at its quietest moments."""
    while span.length > LONGEST_PIECE:
        zone = Span(span.start + LONGEST_PIECE - _CUT_ZONE, span.start + LONGEST_PIECE)
        moment = _quietest(audio, channel, zone)
        yield Span(span.start, moment)
        span = Span(moment, span.end)
    yield span


def _quietest(audio: Audio, channel: int, zone: Span) -> Seconds:
    """The middle of the quietest fifth of a second in a stretch."""
    rate = audio.sample_rate
    step = round(_STEP * rate)
    sound = audio.samples[channel, round(zone.start * rate) : round(zone.end * rate)]
    energy = np.square(sound[: sound.size // step * step].reshape(-1, step)).mean(axis=1)
    smooth = np.convolve(energy, np.ones(10) / 10, mode="valid")
    return zone.start + (int(np.argmin(smooth)) + 5) * _STEP


def _inside(spans: Spans, source: Span) -> Spans:
    """The speech within a source; the whole source should rounding leave nothing."""
    parts = tuple(
        Span(max(s.start, source.start), min(s.end, source.end))
        for s in merged(spans)
        if s.overlap(source) > 0
    )
    return parts or (source,)
