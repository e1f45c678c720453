"""Word times: the running median, the cheapest path, and the same words as Whisper's own alignment."""

from itertools import product

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from whisper.audio import log_mel_spectrogram, pad_or_trim
from whisper.timing import find_alignment, median_filter
from whisper.tokenizer import get_tokenizer

from qa.audio import decode as read
from qa.transcribe.align import align, median_of_seven, warp
from qa.transcribe.decode import decode, encode
from qa.transcribe.hearing import Spoken
from qa.transcribe.openai import OpenAITranscriber
from tests.shared import shared_data

COSTS = arrays(
    np.float32, array_shapes(min_dims=2, max_dims=2, max_side=9), elements=st.floats(-3, 3, width=32)
)


def cheapest(costs: np.ndarray) -> float:
    """The cost of the cheapest monotone path, cell by cell."""
    best = np.full((costs.shape[0] + 1, costs.shape[1] + 1), np.inf)
    best[0, 0] = 0
    for row, frame in product(range(costs.shape[0]), range(costs.shape[1])):
        before = min(best[row, frame], best[row, frame + 1], best[row + 1, frame])
        best[row + 1, frame + 1] = costs[row, frame] + before
    return float(best[-1, -1])


def cost_through(costs: np.ndarray, starts: np.ndarray) -> float:
    """The cheapest path whose rows start at the given frames."""
    found = np.inf
    rows, frames = costs.shape
    for ends in product(*((starts[r + 1] - 1, starts[r + 1]) for r in range(rows - 1))):
        stops = [max(starts[r], end) for r, end in enumerate(ends)] + [frames - 1]
        found = min(found, sum(costs[r, starts[r] : stops[r] + 1].sum() for r in range(rows)))
    return float(found)


@given(COSTS)
@settings(deadline=None)
def test_the_path_is_the_cheapest(costs: np.ndarray) -> None:
    starts = warp(costs)
    assert starts[0] == 0
    assert (np.diff(starts) >= 0).all()
    assert cost_through(costs, starts) == pytest.approx(cheapest(costs), abs=1e-4)


def test_a_clear_diagonal_is_followed() -> None:
    costs = np.ones((4, 40), np.float32)
    for row in range(4):
        costs[row, row * 10 : row * 10 + 10] = 0
    assert warp(costs).tolist() == [0, 10, 20, 30]


@given(arrays(np.float32, (2, 3, 20), elements=st.floats(-9, 9, width=32)), st.integers(4, 20))
@settings(deadline=None)
def test_the_median_is_whispers(values: np.ndarray, count: int) -> None:
    tensor = torch.from_numpy(values)[..., :count]
    torch.testing.assert_close(median_of_seven(tensor), median_filter(tensor, 7), rtol=0, atol=0)


@pytest.mark.speech
def test_words_and_times_are_those_of_whisper(engine: OpenAITranscriber) -> None:
    _, audio = read(shared_data("A5_small_asr_checks", "jfk.flac"), maximum=60)
    model, tokenizer = engine._whisper, get_tokenizer(True, language="en", task="transcribe")
    with torch.inference_mode():
        features = encode(model, [pad_or_trim(audio.samples[0], 28 * 16_000)])  # with its silence, 30 s
        (decoded,) = decode(model, features, "en")
        (ours,) = align(model, tokenizer, [Spoken(decoded.tokens, audio.duration)], features)
        mel = log_mel_spectrogram(pad_or_trim(audio.samples[0]))
        theirs = find_alignment(model, tokenizer, list(decoded.tokens), mel, round(audio.duration * 100))
    assert [word.text for word in ours] == [word.word for word in theirs]
    for our, their in zip(ours, theirs, strict=True):
        assert our.start == pytest.approx(their.start, abs=0.021), our.text
        assert our.end == pytest.approx(their.end, abs=0.021), our.text
        assert our.probability == pytest.approx(their.probability, abs=1e-3)
