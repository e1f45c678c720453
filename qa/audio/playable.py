"""What browsers play, and a copy that they play of what they do not.

Chromium, Firefox and Safari know neither GSM nor AMR, ADPCM, WMA, AU or CAF; without a copy such a call
would be silent on its page.
"""

import wave
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from qa.audio.buffer import SAMPLE_RATE, Sink, TooLongError
from qa.audio.checks import too_long
from qa.audio.decode import opened
from qa.audio.formats import family
from qa.audio.reader import Reader
from qa.errors import BadRecording, shown_name
from qa.records import Seconds

TYPES = {
    "wav": "audio/wav",
    "mp3": "audio/mpeg",
    "mov": "audio/mp4",
    "ogg": "audio/ogg",
    "matroska": "audio/webm",
    "flac": "audio/flac",
    "aac": "audio/aac",
}
PLAYED = {
    "wav": ("pcm_s16le", "pcm_u8", "pcm_s24le", "pcm_f32le", "pcm_mulaw", "pcm_alaw"),
    "mp3": ("mp3",),
    "mov": ("aac", "mp3"),
    "ogg": ("opus", "vorbis", "flac"),
    "matroska": ("opus", "vorbis"),
    "flac": ("flac",),
    "aac": ("aac",),
}
"""Codings of each container that Chromium plays, tried out with a file of each."""

COPY_TYPE = TYPES["wav"]
SILENCE: Seconds = 60.0
"""Most silence written at once."""


def browser_type(path: Path) -> str | None:
    """The media type under which a browser plays this file as it is; ``None`` when it does not.

    Raises:
        BadRecording: the file is no recording.
    """
    with opened(path) as container:
        kind = family(container.format.name)
        codec = container.streams.audio[0].codec_context.codec.canonical_name
    return TYPES[kind] if codec in PLAYED.get(kind, ()) else None


def write_playable(source: Path, out: BinaryIO, *, maximum: Seconds) -> None:
    """Write a recording as 16-bit WAV at 16 kHz with its channels; what is in memory does not grow with it.

    Gaps are filled as ``decode`` fills them: a second of the copy is the same second of the transcript.

    Raises:
        BadRecording: the file holds no sound, or more than ``maximum``.
    """
    sinks: list[WaveSink] = []

    def begin(channels: int, _expected: Seconds | None, longest: Seconds) -> Sink:
        sinks.append(WaveSink(out, channels, longest))
        return sinks[0]

    with opened(source) as container:
        try:
            Reader(container.streams.audio[0], None, maximum, begin).read(container)
        except TooLongError as error:
            raise too_long(source, None, maximum) from error
    if not sinks or not sinks[0].length:
        raise BadRecording(
            f"{shown_name(source)} holds no sound that can be read; copy it again from the recorder."
        )
    sinks[0].close()


class WaveSink:
    """Takes samples as ``SampleBuffer`` does and passes them on to a file."""

    def __init__(self, out: BinaryIO, channels: int, maximum: Seconds) -> None:
        self.length = 0
        self._channels = channels
        self._limit = int(maximum * SAMPLE_RATE)
        self._file = wave.open(out, "wb")  # noqa: SIM115 -- closed by close()
        self._file.setparams((channels, 2, SAMPLE_RATE, 0, "NONE", ""))

    def add(self, chunk: NDArray[np.float32]) -> None:
        """Write ``(channels, n)``."""
        self._take(chunk.shape[1])
        loud = np.clip(np.nan_to_num(chunk, nan=0.0), -1.0, 1.0) * 32767
        self._file.writeframesraw(np.ascontiguousarray(loud.T.round().astype("<i2")).tobytes())

    def add_silence(self, seconds: Seconds) -> None:
        """Write silence."""
        rest = round(min(seconds * SAMPLE_RATE, self._limit + 1))
        while rest > 0:
            count = min(rest, int(SILENCE * SAMPLE_RATE))
            self.add(np.zeros((self._channels, count), np.float32))
            rest -= count

    def samples(self) -> NDArray[np.float32]:
        """Nothing: they are in the file."""
        return np.empty((self._channels, 0), np.float32)

    def close(self) -> None:
        """Write the length into the header; the file itself stays open."""
        self._file.close()

    def _take(self, count: int) -> None:
        self.length += count
        if self.length > self._limit:
            raise TooLongError
