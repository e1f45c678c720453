"""Packets of an opened recording become samples; what is damaged becomes silence of the same length."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qa.audio.buffer import SAMPLE_RATE, SampleBuffer, Sink
from qa.audio.formats import family
from qa.records import Hertz, Seconds

if TYPE_CHECKING:
    from av import AudioFrame, AudioResampler, Packet
    from av.audio.stream import AudioStream
    from av.container import InputContainer

GAP = 0.1
"""Seconds that a time stamp may be ahead before silence fills the gap."""

UNSENT = 1.0
"""Browsers and WebRTC recorders write WebM and send nothing in a pause for up to 0.4 s at a time: a gap up
to this length is no damage there. Everywhere else, and beyond it, sound is missing."""


@dataclass(frozen=True, slots=True)
class Sound:
    """``samples`` at 16 kHz; ``lost`` seconds could not be decoded; ``broken``: the file ends in an error."""

    samples: NDArray[np.float32]
    source_rate: Hertz
    lost: Seconds
    broken: bool


class Reader:
    """Decodes one audio stream to the end or to the limit."""

    def __init__(
        self,
        stream: "AudioStream",
        declared: Seconds | None,
        maximum: Seconds,
        into: Callable[[int, Seconds | None, Seconds], Sink] = SampleBuffer,
    ) -> None:
        self._stream = stream
        self._into = into
        self._declared = declared
        self._maximum = maximum
        self._buffer: Sink | None = None
        self._resampler: AudioResampler | None = None
        self._shape = ("", 0, 0)
        self._origin: Seconds | None = None
        self._position: Seconds = 0.0
        self._lost: Seconds = 0.0
        self._gaps: Seconds = 0.0
        self._pauses_unsent = False

    def read(self, container: "InputContainer") -> Sound | None:
        """All sound; ``None`` when not one frame could be decoded.

        Raises:
            TooLongError: the limit was passed; decoding stopped there.
        """
        self._pauses_unsent = family(container.format.name) == "matroska"
        broken = self._read_packets(container)
        if self._buffer is None or self._resampler is None:
            return None
        for rest in self._resampler.resample(None):
            self._buffer.add(_array(rest))
        return Sound(self._buffer.samples(), self._shape[1], max(self._lost, self._gaps), broken)

    def _read_packets(self, container: "InputContainer") -> bool:
        from av import FFmpegError

        packets = container.demux(self._stream)
        while True:
            try:
                packet = next(packets)
            except StopIteration:
                return False
            except (FFmpegError, ValueError):
                return True
            try:
                frames = packet.decode()
            except (FFmpegError, ValueError):
                self._lost += _length(packet)
                continue
            for frame in frames:
                self._take(frame)

    def _take(self, frame: "AudioFrame") -> None:
        if frame.samples == 0 or frame.sample_rate <= 0:
            return
        shape = (frame.format.name, frame.sample_rate, len(frame.layout.channels))
        length = frame.samples / frame.sample_rate
        if self._buffer is None:
            self._start(shape)
        if shape != self._shape or frame.is_corrupt:
            self._lost += length
            return
        if self._buffer is None or self._resampler is None:
            return
        self._fill_gap(frame, self._buffer)
        for part in self._resampler.resample(frame):
            self._buffer.add(_array(part))
        self._position += length

    def _start(self, shape: tuple[str, int, int]) -> None:
        from av import AudioResampler

        self._shape = shape
        self._buffer = self._into(shape[2], self._declared, self._maximum)
        self._resampler = AudioResampler("fltp", None, SAMPLE_RATE)

    def _fill_gap(self, frame: "AudioFrame", buffer: Sink) -> None:
        if frame.pts is None or frame.time_base is None:
            return
        stamp = float(frame.pts * frame.time_base)
        if self._origin is None:
            self._origin = stamp
        gap = stamp - self._origin - self._position
        believable = self._declared is None or self._position + gap <= self._declared + 1.0
        if gap <= GAP or not believable:
            return
        buffer.add_silence(gap)
        self._position += gap
        if gap > UNSENT or not self._pauses_unsent:
            self._gaps += gap


def _array(frame: "AudioFrame") -> NDArray[np.float32]:
    return np.asarray(frame.to_ndarray(), np.float32)


def _length(packet: "Packet[AudioStream]") -> Seconds:
    if packet.duration is None or packet.time_base is None:
        return 0.0
    return float(packet.duration * packet.time_base)
