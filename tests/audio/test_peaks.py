"""Waveform outline and content hash."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.audio import content_hash, peaks
from qa.errors import BadRecording
from qa.records import Audio


def audio(*channels: list[float]) -> Audio:
    return Audio(np.array(channels, np.float32), 16_000)


@pytest.mark.parametrize(
    ("channels", "count", "expected"),
    [
        (([0.1, -0.9, 0.3, 0.2],), 2, [[0.9, 0.3]]),  # the largest of either sign
        (([0.5, -0.25], [0.0, -1.0]), 1, [[0.5], [1.0]]),  # each channel by itself
        (([0.1, 0.2, 0.3],), 2, [[0.1, 0.3]]),  # unequal stretches
        (([0.1, -0.2],), 4, [[0.1, 0.1, 0.2, 0.2]]),  # fewer samples than peaks
        (([],), 3, [[0, 0, 0]]),
    ],
)
def test_peaks(channels: tuple[list[float], ...], count: int, expected: list[list[float]]) -> None:
    found = peaks(audio(*channels), count)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, expected, atol=1e-6)


@given(st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=300), st.integers(1, 400))
def test_no_peak_is_lost_and_none_invented(samples: list[float], count: int) -> None:
    found = peaks(audio(samples), count)
    assert found.shape == (1, count)
    assert found.max() == np.abs(np.array(samples, np.float32)).max()
    assert set(found[0].tolist()) <= set(np.abs(np.array(samples, np.float32)).tolist())


def test_no_peaks_are_no_waveform() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        peaks(audio([0.1]), 0)


@pytest.mark.parametrize("length", [0, 1, (1 << 20) + 1])
def test_content_hash(tmp_path: Path, length: int) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * length)
    assert content_hash(path) == hashlib.sha256(b"x" * length).hexdigest()


def test_content_hash_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(BadRecording, match="is not there"):
        content_hash(tmp_path / "gone.wav")
