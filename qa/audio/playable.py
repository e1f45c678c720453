"""What browsers play, and the copy that they are given: of what they do not know, and of every recording in
which something is to be silent.

Chromium, Firefox and Safari know neither GSM nor AMR, ADPCM, WMA, AU or CAF; without a copy such a call
would be silent on its page.
"""

import struct
import wave
from collections.abc import Iterable
from typing import BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray

from qa.audio.buffer import SAMPLE_RATE, Sink, TooLongError
from qa.audio.checks import too_long
from qa.audio.decode import opened
from qa.audio.formats import family
from qa.audio.quiet import Quiet
from qa.audio.reader import Reader
from qa.audio.source import Source
from qa.errors import BadRecording, shown_name
from qa.records import Seconds, Span

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


class Out(Protocol):
    """What a copy is written into, from front to back."""

    def write(self, data: bytes, /) -> int:
        """Take them."""


def browser_type(path: Source) -> str | None:
    """The media type under which a browser plays this file as it is; ``None`` when it does not.

    Raises:
        BadRecording: the file is no recording.
    """
    with opened(path) as container:
        kind = family(container.format.name)
        codec = container.streams.audio[0].codec_context.codec.canonical_name
    return TYPES[kind] if codec in PLAYED.get(kind, ()) else None


def write_playable(source: Source, out: Out, hidden: Iterable[Span] = (), *, length: Seconds) -> None:
    """Write a recording as 16-bit WAV at 16 kHz with its channels; what is in memory does not grow with it.

    Gaps are filled as ``decode`` fills them: a second of the copy is the same second of the transcript.

    Args:
        source: the recording.
        out: never rewound, so that it can be sealed on the way.
        hidden: stretches that are silent in the copy, on all channels: echo carries one side of a line into
            the other. They reach ``MARGIN`` beyond both ends, and end softly.
        length: seconds as ``decode`` found them; the copy is as long, to the sample.

    Raises:
        BadRecording: the file holds no sound, or more than ``length`` by a second.
    """
    sinks: list[PlayableSink] = []
    quiet = Quiet(hidden)

    def begin(channels: int, _expected: Seconds | None, longest: Seconds) -> Sink:
        sinks.append(PlayableSink(out, channels, round(length * SAMPLE_RATE), longest, quiet))
        return sinks[0]

    with opened(source) as container:
        try:
            Reader(container.streams.audio[0], None, length + 1.0, begin).read(container)
        except TooLongError as error:
            raise too_long(source, None, length + 1.0) from error
    if not sinks or not sinks[0].length:
        raise BadRecording(
            f"{shown_name(source.name)} holds no sound that can be read; copy it again from the recorder."
        )
    sinks[0].close()


class PlayableSink:
    """Takes samples as ``SampleBuffer`` does and passes them on as a WAV file of a length that is known."""

    def __init__(self, out: Out, channels: int, count: int, maximum: Seconds, quiet: Quiet) -> None:
        self.length = 0
        self._out, self._channels, self._left, self._quiet = out, channels, count, quiet
        self._limit = int(maximum * SAMPLE_RATE)
        size, frame = count * channels * 2, channels * 2
        out.write(struct.pack("<4sI4s4sI", b"RIFF", min(36 + size, 0xFFFFFFFF), b"WAVE", b"fmt ", 16))
        out.write(struct.pack("<HHIIHH", 1, channels, SAMPLE_RATE, SAMPLE_RATE * frame, frame, 16))
        out.write(struct.pack("<4sI", b"data", min(size, 0xFFFFFFFF)))

    def add(self, chunk: NDArray[np.float32]) -> None:
        """Write ``(channels, n)``."""
        begin, self.length = self.length, self.length + chunk.shape[1]
        if self.length > self._limit:
            raise TooLongError
        kept = chunk[:, : self._left]
        self._left -= kept.shape[1]
        self._out.write(as_pcm(self._quiet.apply(kept, begin)))

    def add_silence(self, seconds: Seconds) -> None:
        """Write silence."""
        for count in silences(seconds, self._limit):
            self.add(np.zeros((self._channels, count), np.float32))

    def samples(self) -> NDArray[np.float32]:
        """Nothing: they are in the file."""
        return np.empty((self._channels, 0), np.float32)

    def close(self) -> None:
        """Fill up what is left to the length that was promised."""
        for count in silences(self._left / SAMPLE_RATE, self._left):
            self._out.write(bytes(count * self._channels * 2))


class WaveSink:
    """Takes samples as ``SampleBuffer`` does and passes them on to a file that can be rewound."""

    def __init__(self, out: BinaryIO, channels: int, maximum: Seconds) -> None:
        self.length = 0
        self._channels = channels
        self._limit = int(maximum * SAMPLE_RATE)
        self._file = wave.open(out, "wb")  # noqa: SIM115 -- closed by close()
        self._file.setparams((channels, 2, SAMPLE_RATE, 0, "NONE", ""))

    def add(self, chunk: NDArray[np.float32]) -> None:
        """Write ``(channels, n)``."""
        self.length += chunk.shape[1]
        if self.length > self._limit:
            raise TooLongError
        self._file.writeframesraw(as_pcm(chunk))

    def add_silence(self, seconds: Seconds) -> None:
        """Write silence."""
        for count in silences(seconds, self._limit):
            self.add(np.zeros((self._channels, count), np.float32))

    def samples(self) -> NDArray[np.float32]:
        """Nothing: they are in the file."""
        return np.empty((self._channels, 0), np.float32)

    def close(self) -> None:
        """Write the length into the header; the file itself stays open."""
        self._file.close()


def as_pcm(chunk: NDArray[np.float32]) -> bytes:
    """``(channels, n)`` from -1 to 1 as 16-bit samples, channel by channel in turn."""
    loud = np.clip(np.nan_to_num(chunk, nan=0.0) * 32768, -32768, 32767)
    return np.ascontiguousarray(loud.T.round().astype("<i2")).tobytes()


def silences(seconds: Seconds, most: int) -> Iterable[int]:
    """Samples of silence in parts that fit into memory; one more than ``most`` is enough to be too long."""
    rest = round(min(seconds * SAMPLE_RATE, most + 1))
    while rest > 0:
        count = min(rest, int(SILENCE * SAMPLE_RATE))
        yield count
        rest -= count
