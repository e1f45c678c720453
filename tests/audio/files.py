"""Writes recordings of every kind at test time with PyAV's own encoders, or byte by byte."""

import struct
from pathlib import Path

import av
import numpy as np
import pytest

from qa.audio import decode
from qa.errors import BadRecording


def voices(seconds: float, rate: int = 8000) -> np.ndarray:
    """Two voice-like sounds, ``(2, n)``: the left one in even seconds, the right one in odd ones."""
    time = np.arange(round(seconds * rate)) / rate
    left = sum(np.sin(2 * np.pi * 150 * k * time) / k for k in (1, 2, 3, 5)) * (time % 2 < 1)
    right = sum(np.sin(2 * np.pi * 230 * k * time) / k for k in (1, 2, 4)) * (time % 2 >= 1)
    return (0.2 * np.stack([left, right])).astype(np.float32)


def write(path: Path, samples: np.ndarray, codec: str, *, rate: int = 8000, **options: str) -> Path:
    """Encode ``(channels, n)`` at ``rate``; the container follows from the name."""
    layout = {1: "mono", 2: "stereo", 3: "2.1", 6: "5.1"}[samples.shape[0]]
    with av.open(str(path), "w", options=options) as out:
        stream = out.add_stream(codec, rate=rate, layout=layout)
        stream.codec_context.options = {"strict": "experimental"}
        if codec == "wmav2":
            stream.bit_rate = 64_000
        stream.codec_context.open()
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples), format="fltp", layout=layout)
        frame.sample_rate, frame.pts = rate, 0
        size = stream.codec_context.frame_size or 0
        shaper = av.AudioResampler(stream.codec_context.format.name, layout, rate, size or None)
        for part in [*shaper.resample(frame), *shaper.resample(None)]:
            out.mux(stream.encode(part))
        out.mux(stream.encode(None))
    return path


def wave(
    path: Path,
    samples: np.ndarray,
    *,
    rate: int = 8000,
    data_size: int | None = None,
    channels: int | None = None,
) -> Path:
    """A 16-bit wave file byte by byte, with the claims of its header under control."""
    body = (samples.T * 32767).astype("<i2").tobytes()
    count = samples.shape[0] if channels is None else channels
    size = len(body) if data_size is None else data_size
    step = min(2 * count, 0xFFFF)
    form = struct.pack("<HHIIHH", 1, count, rate, min(rate * step, 0xFFFFFFFF), step, 16)
    riff = size if size == 0xFFFFFFFF else size + 36
    path.write_bytes(
        b"RIFF" + struct.pack("<I", riff & 0xFFFFFFFF) + b"WAVEfmt " + struct.pack("<I", 16) + form
    )
    with path.open("ab") as file:
        file.write(b"data" + struct.pack("<I", size) + body)
    return path


def refusal(path: Path, maximum: float = 60.0) -> str:
    """The sentence a recording is refused with; it names the file and ends with a remedy."""
    with pytest.raises(BadRecording) as caught:
        decode(path, maximum=maximum)
    message = caught.value.message
    assert message.startswith(path.name)
    assert message.endswith(".")
    assert ";" in message, "the remedy follows the semicolon"
    assert "\n" not in message
    return message
