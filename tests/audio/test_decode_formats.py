"""Every kind of file a recorder or a telephone writes, made here and read back."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from qa.audio import decode
from qa.records import Flag
from tests.audio.files import voices, wave, write
from tests.shared import shared_data

SECONDS = 6
MADE = [
    # name, encoder, rate, channels, codec as libav names it, allowed error of the length in seconds
    ("a.wav", "pcm_s16le", 8000, 2, "pcm_s16le", 0.001),
    ("b.wav", "pcm_u8", 8000, 2, "pcm_u8", 0.001),
    ("c.wav", "pcm_s24le", 8000, 2, "pcm_s24le", 0.001),
    ("d.wav", "pcm_f32le", 44100, 2, "pcm_f32le", 0.001),
    ("e.wav", "pcm_alaw", 8000, 2, "pcm_alaw", 0.001),
    ("f.wav", "pcm_mulaw", 8000, 2, "pcm_mulaw", 0.001),
    ("g.wav", "adpcm_ima_wav", 8000, 2, "adpcm_ima_wav", 0.15),
    ("h.wav", "adpcm_ms", 8000, 2, "adpcm_ms", 0.15),
    ("i.WAV", "pcm_s16le", 54000, 2, "pcm_s16le", 0.001),
    ("j.mp3", "libmp3lame", 16000, 2, "mp3float", 0.1),
    ("k.m4a", "aac", 16000, 2, "aac", 0.1),
    ("l.mp4", "aac", 44100, 2, "aac", 0.1),
    ("m.ogg", "vorbis", 16000, 2, "vorbis", 0.1),
    ("n.opus", "libopus", 16000, 2, "opus", 0.05),
    ("o.webm", "libopus", 48000, 2, "opus", 0.05),
    ("p.flac", "flac", 8000, 2, "flac", 0.001),
    ("q.wma", "wmav2", 16000, 2, "wmav2", 0.15),
    ("r.au", "pcm_mulaw", 8000, 2, "pcm_mulaw", 0.001),
    ("s.aiff", "pcm_s16be", 8000, 2, "pcm_s16be", 0.001),
    ("t.aac", "aac", 16000, 2, "aac", 0.15),
    ("u.amr", "libopencore_amrnb", 8000, 1, "amrnb", 0.05),
    ("v.3gp", "libopencore_amrnb", 8000, 1, "amrnb", 0.05),
]


@pytest.mark.parametrize("case", MADE, ids=[case[0] for case in MADE])
def test_a_recording_of_every_kind(tmp_path: Path, case: tuple[str, str, int, int, str, float]) -> None:
    name, codec, rate, channels, read, error = case
    path = write(tmp_path / name, voices(SECONDS, rate)[:channels], codec, rate=rate)
    recording, audio = decode(path, maximum=60.0)
    assert (recording.codec, recording.channels, recording.flags) == (read, channels, ())
    assert recording.duration == pytest.approx(SECONDS, abs=error)
    assert audio.samples.dtype == np.float32
    assert audio.sample_rate == 16_000
    assert audio.samples.shape == (channels, round(recording.duration * 16_000))
    assert recording.size == path.stat().st_size
    sound = np.abs(audio.samples[0])
    assert sound[4000:12000].mean() > 10 * sound[20000:28000].mean(), "left sounds in the first second only"
    if channels == 2:
        other = np.abs(audio.samples[1])
        assert other[20000:28000].mean() > 10 * other[4000:12000].mean(), (
            "right sounds in the second one only"
        )


@pytest.mark.parametrize(
    ("name", "arguments", "codec"),
    [
        ("a.wav", ("-e", "gsm-full-rate", "-c", "1"), "gsm_ms"),  # Asterisk's wav49
        ("a.gsm", ("-c", "1"), "gsm"),  # Asterisk's gsm
        (
            "b.wav",
            ("-e", "ima-adpcm"),
            "adpcm_ima_wav",
        ),  # data size and bytes a second as a recorder writes them
        ("c.wav", ("-e", "ms-adpcm"), "adpcm_ms"),
    ],
)
def test_codings_that_sox_writes(tmp_path: Path, name: str, arguments: tuple[str, ...], codec: str) -> None:
    sox = shutil.which("sox")
    if sox is None:
        pytest.skip("sox is not installed: no encoder for this coding here")
    source = wave(tmp_path / "source.wav", voices(SECONDS))
    subprocess.run([sox, source, *arguments, tmp_path / name], check=True, capture_output=True)
    recording, _ = decode(tmp_path / name, maximum=60.0)
    assert recording.codec == codec
    assert recording.flags == ()
    assert recording.duration == pytest.approx(SECONDS, abs=0.1)


@pytest.mark.parametrize("size", [0xFFFFFFFF, 0x7FFFF024, 0], ids=["ffmpeg pipe", "sox pipe", "never closed"])
def test_a_piped_wave_declares_nothing(tmp_path: Path, size: int) -> None:
    recording, _ = decode(wave(tmp_path / "a.wav", voices(3), data_size=size), maximum=60.0)
    assert recording.declared is None
    assert recording.duration == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("codec", "made", "named", "flags"),
    [
        ("libmp3lame", "a.mp3", "b.wav", (Flag.WRONG_EXTENSION,)),
        ("pcm_s16le", "a.wav", "b.mp3", (Flag.WRONG_EXTENSION,)),
        ("pcm_s16le", "a.wav", "b.raw", (Flag.WRONG_EXTENSION,)),  # has a header after all
        ("aac", "a.m4a", "b.MP4", ()),  # one family
        ("pcm_s16le", "a.wav", "b.rec", ()),  # an ending that claims nothing
        ("pcm_s16le", "a.wav", "b", ()),
    ],
)
def test_the_content_counts_not_the_name(
    tmp_path: Path, codec: str, made: str, named: str, flags: tuple[str, ...]
) -> None:
    path = write(tmp_path / made, voices(3, 16000), codec, rate=16000).rename(tmp_path / named)
    recording, _ = decode(path, maximum=60.0)
    assert recording.flags == flags


def test_only_the_first_of_two_tracks_is_read(tmp_path: Path) -> None:
    import av

    path = tmp_path / "a.mka"
    with av.open(str(path), "w") as out:
        streams = [out.add_stream("pcm_s16le", rate=8000, layout="mono") for _ in range(2)]
        for stream, channel in zip(streams, voices(3), strict=True):
            frame = av.AudioFrame.from_ndarray((channel[None] * 30000).astype(np.int16), "s16", "mono")
            frame.sample_rate, frame.pts = 8000, 0
            out.mux(stream.encode(frame))
    recording, audio = decode(path, maximum=60.0)
    assert recording.flags == (Flag.MORE_TRACKS,)
    assert audio.channels == 1


SIDES = voices(21)
NOISE = np.random.default_rng(7).standard_normal(SIDES.shape[1]).astype(np.float32)
SPEECH = SIDES[0] + SIDES[1]


@pytest.mark.parametrize(
    ("left", "right", "channels", "flags"),
    [
        pytest.param(SPEECH, SPEECH, 1, (Flag.BOTH_SAME,), id="a copy"),
        pytest.param(
            SPEECH, SPEECH + 0.001 * NOISE, 1, (Flag.BOTH_SAME,), id="a copy with the noise of a codec"
        ),
        pytest.param(SPEECH, 0.8 * SPEECH, 1, (Flag.BOTH_SAME,), id="a quieter copy"),
        pytest.param(SIDES[0], SIDES[1], 2, (), id="two sides"),
        pytest.param(SIDES[0] + 0.3 * SIDES[1], SIDES[1] + 0.3 * SIDES[0], 2, (), id="two sides with echo"),
        pytest.param(
            np.concatenate([4 * SPEECH[:80000], SIDES[0][80000:]]),
            np.concatenate([4 * SPEECH[:80000], SIDES[1][80000:]]),
            2,
            (),
            id="a loud announcement on both sides, then two sides",
        ),
        pytest.param(SPEECH, 0 * SPEECH, 2, (Flag.ONE_SILENT,), id="right silent"),
        pytest.param(
            0 * SPEECH + 0.00024, SPEECH, 2, (Flag.ONE_SILENT,), id="left at the idle code of A-law"
        ),
        pytest.param(0 * SPEECH, 0 * SPEECH, 1, (Flag.BOTH_SAME,), id="both silent"),
    ],
)
def test_channels_that_are_one(
    tmp_path: Path, left: np.ndarray, right: np.ndarray, channels: int, flags: tuple[str, ...]
) -> None:
    path = write(tmp_path / "a.wav", np.stack([left, right]).astype(np.float32), "pcm_f32le")
    recording, audio = decode(path, maximum=60.0)
    assert (audio.channels, recording.channels, recording.flags) == (channels, channels, flags)


def test_values_out_of_range_are_cut_and_no_number_is_silence(tmp_path: Path) -> None:
    samples = voices(2, 16000)
    samples[0, 100:200], samples[1, 100:200] = 3.0, np.nan
    _, audio = decode(write(tmp_path / "a.wav", samples, "pcm_f32le", rate=16000), maximum=60.0)
    assert np.isfinite(audio.samples).all()
    assert audio.samples[0].max() == 1.0
    assert not audio.samples[1, 100:200].any()


def test_two_channels_at_54_kilohertz_from_the_shared_data() -> None:
    recording, audio = decode(shared_data("B3_fa_isolated_words", "Dasti.wav"), maximum=60.0)
    assert recording.sample_rate == 54_000
    assert recording.flags == (Flag.BOTH_SAME,)
    assert audio.duration == pytest.approx(recording.declared, abs=0.001)
