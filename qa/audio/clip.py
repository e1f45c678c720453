"""A stretch of a recording to hear alone, with what is to be hidden made silent."""

import io
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from qa.audio.buffer import SAMPLE_RATE, Sink
from qa.audio.decode import opened
from qa.audio.playable import WaveSink
from qa.audio.quiet import Quiet
from qa.audio.reader import Reader
from qa.audio.source import Source
from qa.errors import BadRecording, shown_name
from qa.records import Seconds, Span


def clip(source: Source, span: Span, hidden: Iterable[Span], *, maximum: Seconds) -> bytes:
    """A stretch as 16-bit WAV at 16 kHz with its channels; ``hidden`` stretches of the recording are silent.

    Raises:
        BadRecording: the file holds no sound there, or more than ``maximum``.
    """
    out = io.BytesIO()
    sinks: list[_ClipSink] = []

    def begin(channels: int, _expected: Seconds | None, longest: Seconds) -> Sink:
        sinks.append(_ClipSink(out, channels, longest, span, tuple(hidden)))
        return sinks[0]

    with opened(source) as container:
        Reader(container.streams.audio[0], None, maximum, begin).read(container)
    if not sinks or not sinks[0].length:
        raise BadRecording(
            f"{shown_name(source.name)} holds no sound at this place; copy it again from the recorder."
        )
    sinks[0].close()
    return out.getvalue()


class _ClipSink(WaveSink):
    """Passes on what lies in the stretch, silent where it is hidden."""

    def __init__(
        self, out: io.BytesIO, channels: int, maximum: Seconds, span: Span, hidden: tuple[Span, ...]
    ) -> None:
        super().__init__(out, channels, maximum)
        self._span, self._at = _places(span), 0
        self._quiet = Quiet(hidden)

    def add(self, chunk: NDArray[np.float32]) -> None:
        """Take ``(channels, n)``, the next of the recording."""
        begin, self._at = self._at, self._at + chunk.shape[1]
        first, last = max(begin, self._span[0]), min(self._at, self._span[1])
        if first >= last:
            return
        super().add(self._quiet.apply(chunk[:, first - begin : last - begin], first))


def _places(span: Span) -> tuple[int, int]:
    return round(span.start * SAMPLE_RATE), round(span.end * SAMPLE_RATE)
