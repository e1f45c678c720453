"""Files that cannot be used: one plain sentence each, with the name, the value and the remedy."""

import os
from pathlib import Path

import numpy as np
import pytest

from qa.audio import content_hash, decode
from qa.errors import BadRecording
from tests.audio.files import refusal, voices, wave, write

RANDOM = np.random.default_rng(3)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.wav", b"", "empty (0 bytes)"),
        ("letter.wav", "سلام، این متن است\n".encode() * 50, "holds text"),
        ("half.txt.wav", ("ی" * 3000).encode(), "holds text"),  # a block may end inside a letter
        (
            "list.wav",
            b"#EXTM3U\n#EXTINF:10,\nhttp://127.0.0.1:9/a.ts\n",
            "holds text",
        ),  # libav would fetch it
        ("parts.mp3", b"ffconcat version 1.0\nfile /etc/hostname\n", "holds text"),
        ("noise.wav", RANDOM.bytes(5000), "no sound file"),
        ("short.ogg", b"OggS", "holds text"),
        ("call.ul", RANDOM.bytes(5000), "no header"),
        ("call.RAW", RANDOM.bytes(5000), "no header"),
        ("call.g729", RANDOM.bytes(5000), "no header"),
        ("riff.wav", b"RIFF\x24\0\0\0WAVE", "no sound file"),
        (  # a coding that nobody knows (format tag 0)
            "tag.wav",
            b"RIFF$w\x01\0WAVEfmt \x10\0\0\0\0\0\x02\0@\x1f\0\0\0}\0\0\x04\0\x10\0data\0w\x01\0"
            + RANDOM.bytes(64),
            "no sound file",
        ),
    ],
)
def test_what_is_no_recording(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert words in refusal(path)


@pytest.mark.parametrize("ending", ["wav", "mp3", "ogg", "amr", "gsm", "aac", "flac", ""])
def test_random_bytes_are_never_a_recording(tmp_path: Path, ending: str) -> None:
    random = np.random.default_rng(11)
    for length in (1, 44, 700, 9000, 90_000):
        path = tmp_path / f"r{length}.{ending}"
        path.write_bytes(random.bytes(length))
        refusal(path, maximum=1e6)


def test_a_header_without_sound(tmp_path: Path) -> None:
    assert "holds no sound" in refusal(wave(tmp_path / "a.wav", voices(0)))


@pytest.mark.parametrize("channels", [0, 3, 65535])
def test_a_wave_with_too_many_channels(tmp_path: Path, channels: int) -> None:
    assert f"has {channels} channels" in refusal(wave(tmp_path / "a.wav", voices(1), channels=channels))


def test_six_channels_in_a_container_that_libav_reads(tmp_path: Path) -> None:
    path = write(tmp_path / "a.flac", np.tile(voices(2), (3, 1)), "flac")
    assert "has 6 channels" in refusal(path)


def test_a_picture_without_sound(tmp_path: Path) -> None:
    import av

    path = tmp_path / "a.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=5)
        stream.width = stream.height = 32
        stream.pix_fmt = "yuv420p"
        for packet in stream.encode(av.VideoFrame(32, 32, "yuv420p")):
            out.mux(packet)
        out.mux(stream.encode(None))
    assert "no sound track" in refusal(path)


def test_places_that_are_no_file(tmp_path: Path) -> None:
    folder, pipe = tmp_path / "folder.wav", tmp_path / "pipe.wav"
    folder.mkdir()
    os.mkfifo(pipe)
    assert "is a folder" in refusal(folder)
    assert "not an ordinary file" in refusal(pipe)
    assert "is not there" in refusal(tmp_path / "gone.wav")


def test_a_file_without_permission(tmp_path: Path) -> None:
    path = wave(tmp_path / "a.wav", voices(1))
    path.chmod(0)
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)  # root may read everything
    try:
        assert "permission" in refusal(path)
        with pytest.raises(BadRecording, match="permission"):
            content_hash(path)
    finally:
        os.seteuid(me)


def test_a_telephone_number_in_the_name_is_not_in_the_message(tmp_path: Path) -> None:
    path = tmp_path / "q-500-09121234567-20261122.wav"
    path.write_bytes(b"")
    with pytest.raises(BadRecording) as caught:
        decode(path, maximum=60.0)
    assert "9121234567" not in caught.value.message
