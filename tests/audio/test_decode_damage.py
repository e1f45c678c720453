"""Recordings that are cut, damaged, too long, or that lie about their length."""

import os
import struct
from pathlib import Path

import numpy as np
import pytest

from qa.audio import decode
from qa.records import Flag
from tests.audio.files import refusal, voices, wave, write


def cut(path: Path, share: float) -> Path:
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    return path


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("a.wav", "pcm_s16le"),
        ("b.wav", "adpcm_ms"),
        ("a.mp3", "libmp3lame"),
        ("a.flac", "flac"),
        ("a.webm", "libopus"),
    ],
)
def test_half_a_file_is_cut_short(tmp_path: Path, name: str, codec: str) -> None:
    path = cut(write(tmp_path / name, voices(20, 16000), codec, rate=16000), 0.5)
    message = refusal(path)
    assert "is cut short" in message
    read, declared = (float(word) for word in message.split() if word.replace(".", "").isdigit())
    assert read == pytest.approx(10, abs=1)
    assert declared == pytest.approx(20, abs=0.2)


@pytest.mark.parametrize(
    ("missing", "fine"),
    # 1.9 % of 60 s; 2.1 %; and half a second of a short file is let pass whatever its share
    [(1.1, True), (1.3, False)],
)
def test_two_percent_may_be_missing(tmp_path: Path, missing: float, fine: bool) -> None:
    path = wave(tmp_path / "a.wav", voices(60))
    path.write_bytes(path.read_bytes()[: -round(missing * 32000)])
    if fine:
        assert decode(path, maximum=90.0)[0].duration == pytest.approx(60 - missing)
    else:
        assert "is cut short" in refusal(path, maximum=90.0)


def test_half_a_second_of_a_short_file_may_be_missing(tmp_path: Path) -> None:
    path = wave(tmp_path / "a.wav", voices(3))
    path.write_bytes(path.read_bytes()[:-15000])
    assert decode(path, maximum=90.0)[0].declared == pytest.approx(3.0)


def test_an_ogg_without_end_mark_is_flagged(tmp_path: Path) -> None:
    path = cut(write(tmp_path / "a.opus", voices(20, 16000), "libopus", rate=16000), 0.5)
    assert decode(path, maximum=60.0)[0].flags == (Flag.UNFINISHED,)


def spoilt(path: Path, places: int, length: int) -> Path:
    content, random = bytearray(path.read_bytes()), np.random.default_rng(5)
    for start in random.integers(len(content) // 5, len(content) - length - 500, places):
        content[start : start + length] = random.bytes(length)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "codec", "length"),
    # an mp3 frame has no checksum: only a spoilt frame header shows
    [("a.mp3", "libmp3lame", 300), ("a.flac", "flac", 30), ("a.m4a", "aac", 30)],
)
def test_a_few_damaged_frames_are_flagged_and_many_refused(
    tmp_path: Path, name: str, codec: str, length: int
) -> None:
    good = write(tmp_path / name, voices(60, 16000), codec, rate=16000)
    whole = good.read_bytes()
    recording, audio = decode(spoilt(good, 3, length), maximum=90.0)
    assert recording.flags == (Flag.DAMAGED,)
    assert recording.duration == pytest.approx(60, abs=1.2)
    assert np.abs(audio.samples[0, 58 * 16000 + 4000 : 59 * 16000 - 4000]).mean() > 0.05, (
        "times after it still hold"
    )
    good.write_bytes(whole)
    assert "could" in refusal(spoilt(good, 1, len(whole) // 3), maximum=90.0)


def without(path: Path, source: Path, start: float, end: float) -> Path:
    """A copy of ``source`` that lacks the packets between two times."""
    import av

    with av.open(str(source)) as whole, av.open(str(path), "w") as out:
        stream = out.add_stream_from_template(whole.streams.audio[0])
        for packet in whole.demux(audio=0):
            if packet.dts is not None and not start <= packet.pts * packet.time_base < end:
                packet.stream = stream
                out.mux(packet)
    return path


@pytest.mark.parametrize(
    ("name", "codec", "gap", "flags"),
    [
        ("webm", "libopus", 0.5, ()),  # a browser that sends nothing in a pause
        ("webm", "libopus", 1.04, (Flag.DAMAGED,)),
        ("mka", "libopus", 3.0, None),
        ("m4a", "aac", 0.5, (Flag.DAMAGED,)),
    ],
)
def test_a_gap_becomes_silence_so_that_times_hold(
    tmp_path: Path, name: str, codec: str, gap: float, flags: tuple[str, ...] | None
) -> None:
    source = write(tmp_path / f"whole.{name}", voices(60, 48000), codec, rate=48000)
    path = without(tmp_path / f"gap.{name}", source, 10.2, 10.2 + gap)
    if flags is None:
        assert "is damaged" in refusal(path, maximum=90.0)
        return
    recording, audio = decode(path, maximum=90.0)
    assert recording.flags == flags
    assert recording.duration == pytest.approx(60, abs=0.1)
    level = np.abs(audio.samples)
    assert level[:, round(10.3 * 16000) : round((10.1 + gap) * 16000)].mean() < 0.001
    assert level[0, round(58.2 * 16000) : round(58.8 * 16000)].mean() > 0.05
    assert level[0, round(59.2 * 16000) : round(59.8 * 16000)].mean() < 0.01


def test_a_file_over_the_limit_by_its_header_is_not_decoded(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    wave(path, voices(0), data_size=3 * 3600 * 32000)
    os.truncate(path, 44 + 3 * 3600 * 32000)  # three hours of nothing, without the disk space
    message = refusal(path, maximum=2.0 * 3600)
    assert "3 h long" in message
    assert "limit is 2 h" in message
    assert "QA_MAXIMUM_HOURS" in message


def test_a_file_that_lies_about_its_length_is_stopped_at_the_limit(tmp_path: Path) -> None:
    path = write(tmp_path / "a.flac", voices(30), "flac")
    content = bytearray(path.read_bytes())
    place = content.index(b"fLaC") + 4 + 4 + 10  # STREAMINFO: rate, channels, bits, 36 bits of samples
    facts = int.from_bytes(content[place : place + 8], "big")
    content[place : place + 8] = struct.pack(">Q", (facts >> 36 << 36) | 8000)
    path.write_bytes(content)
    message = refusal(path, maximum=10.0)
    assert "more than 10 s long" in message


def test_a_stream_without_declared_length_is_stopped_at_the_limit(tmp_path: Path) -> None:
    path = write(tmp_path / "a.aac", voices(30, 16000), "aac", rate=16000)
    assert "more than 10 s long" in refusal(path, maximum=10.0)
