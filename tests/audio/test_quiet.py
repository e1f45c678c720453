"""What is hidden is silent in the copy, everything else is what was recorded."""

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.audio import SAMPLE_RATE, decode, write_playable
from qa.audio.quiet import FADE, MARGIN, Quiet
from qa.records import Span
from tests.audio.files import voices, write
from tests.dashboard.test_playable import made
from tests.shared import shared_data

HIDDEN = (Span(2.0, 3.1), Span(3.3, 3.4), Span(6.05, 7.0))
RATE = SAMPLE_RATE


def copy_of(path: Path, hidden: tuple[Span, ...], folder: Path) -> np.ndarray:
    """The samples of the copy, decoded as a browser would."""
    length = decode(path, maximum=3600)[0].duration
    out = io.BytesIO()
    write_playable(path, out, hidden, length=length)
    target = folder / "copy.wav"
    target.write_bytes(out.getvalue())
    recording, audio = decode(target, maximum=3600)
    assert recording.duration == length
    return audio.samples


def check(path: Path, hidden: tuple[Span, ...], folder: Path) -> None:
    before, after = decode(path, maximum=3600)[1].samples, copy_of(path, hidden, folder)
    if after.shape[0] > before.shape[0]:
        after = after[: before.shape[0]]  # two equal channels are one
    at = np.arange(before.shape[1]) / RATE
    inside = np.any([(at >= s.start - MARGIN) & (at <= s.end + MARGIN) for s in hidden], axis=0)
    edge = MARGIN + FADE + 2 / RATE
    outside = ~np.any([(at >= s.start - edge) & (at <= s.end + edge) for s in hidden], axis=0)
    for span in hidden:
        spoken = before[:, int(span.start * RATE) : int(span.end * RATE)]
        assert np.abs(spoken).max() > 0.01, "there was nothing to hide"
    level = 20 * np.log10(max(float(np.sqrt(np.mean(after[:, inside] ** 2))), 1e-12))
    assert level < -80
    assert np.abs(after[:, outside] - before[:, outside]).max() <= 1 / 32768


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("a.wav", "pcm_s16le"),
        ("b.wav", "pcm_mulaw"),
        ("d.mp3", "libmp3lame"),
        ("f.ogg", "libopus"),
        ("n.gsm", ""),
    ],
)
def test_spans_are_silent_and_the_rest_is_as_it_was(tmp_path: Path, name: str, codec: str) -> None:
    if name == "n.gsm":
        check(made(tmp_path, name, codec), (Span(0.5, 1.2),), tmp_path)
        return
    rate = 48_000 if codec == "libopus" else 8000
    check(write(tmp_path / name, voices(9.0, rate), codec, rate=rate), HIDDEN, tmp_path)


def test_a_real_call(tmp_path: Path) -> None:
    source = shared_data("A2_callytics_csvd", "Call01.wav")
    loud = np.abs(decode(source, maximum=3600)[1].samples).max(axis=0)
    seconds = range(5, len(loud) // RATE - 5, 7)
    spoken = [float(n) for n in seconds if loud[n * RATE : (n + 1) * RATE].max() > 0.05][:4]
    check(source, tuple(Span(start, start + 1.0) for start in spoken), tmp_path)


@given(
    spans=st.lists(st.tuples(st.floats(0, 4), st.floats(0, 2)), max_size=4),
    cuts=st.lists(st.integers(1, 30_000), min_size=1, max_size=8),
)
def test_how_it_comes_in_makes_no_difference(spans: list[tuple[float, float]], cuts: list[int]) -> None:
    sound = np.linspace(0.1, 1, 6 * RATE, dtype=np.float32)[None].repeat(2, axis=0)
    quiet = Quiet(Span(start, start + length) for start, length in spans)
    whole, parts, begin = quiet.apply(sound, 0), [], 0
    for size in [*cuts, sound.shape[1]]:
        part = sound[:, begin : begin + size]
        parts.append(quiet.apply(part, begin))
        begin += part.shape[1]
    assert np.array_equal(np.concatenate(parts, axis=1), whole)
    assert (whole <= sound).all()
    for start, length in spans:
        first, last = max(0, round((start - MARGIN) * RATE)), round((start + length + MARGIN) * RATE)
        assert not whole[:, first:last].any()
