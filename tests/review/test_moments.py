"""Which stretch a moment takes, what of its words and its sound others do not get."""

import wave
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from qa.audio import clip
from qa.errors import BadRecording
from qa.records import CriterionResult, Evidence, Judgement, Span, Speaker, Transcript, Utterance, Verdict
from qa.review.moments import stretch
from qa.store.call.nameless import without_name
from tests.audio.files import wave as write_wave

RATE = 16_000


def call(*spans: tuple[float, float] | None) -> Transcript:
    sides = (Speaker.CUSTOMER, Speaker.AGENT)
    said = [
        Utterance(n, sides[n % 2], None if pair is None else Span(*pair), "words")
        for n, pair in enumerate(spans)
    ]
    return Transcript("en", "made", "", tuple(said))


def proved(*homes: int | None) -> CriterionResult:
    evidence = tuple(Evidence(home, "words", None) for home in homes)
    return CriterionResult("empathy", "care", 1.0, 1.0, None, Judgement(Verdict.MET, 0.9, evidence, "r", ""))


TURNS = ((0.0, 2.0), (3.0, 6.0), (7.0, 9.0), (60.0, 64.0))


@pytest.mark.parametrize(
    ("homes", "spans", "expected"),
    [
        ((1,), TURNS, Span(0.0, 6.0)),  # with the turn that it answers
        ((0,), TURNS, Span(0.0, 2.0)),  # the first turn answers none
        ((1, 2), TURNS, Span(0.0, 9.0)),
        ((1, 3), TURNS, Span(0.0, 6.0)),  # a minute later is another moment
        ((1,), (None, (3.0, 6.0)), Span(3.0, 6.0)),
        ((1,), ((0.0, 50.0), (50.5, 53.0)), Span(50.5, 53.0)),  # the turn before is no moment
        ((None,), TURNS, None),
        ((1,), (None, None), None),
        ((), TURNS, None),
    ],
)
def test_the_stretch_of_a_verdict(
    homes: tuple[int | None, ...], spans: tuple[tuple[float, float] | None, ...], expected: Span | None
) -> None:
    assert stretch(proved(*homes), call(*spans)) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("This is Leila speaking.", "Leila Moradi", "This is <NAME> speaking."),
        ("I'm Leila Moradi's colleague", "Leila Moradi", "I'm <NAME> <NAME>'s colleague"),
        ("سلام، لیلا مرادی هستم.", "لیلا مرادی", "سلام، <NAME> <NAME> هستم."),
        ("مراديم، بفرماييد", "لیلا مرادی", "<NAME>، بفرماييد"),  # Arabic letters, an ending
        ("Al said so; all of it", "Al Xu", "Al said so; all of it"),  # parts too short to be told from words
        ("Nothing to hide", "", "Nothing to hide"),
    ],
)
def test_a_name_that_is_kept(text: str, name: str, expected: str) -> None:
    assert without_name(text, name) == expected


def test_a_clip_is_the_stretch_with_hidden_times_silent(tmp_path: Path) -> None:
    sound = np.full((2, 10 * RATE), 0.5, np.float32)
    source = write_wave(tmp_path / "a.wav", sound)
    with wave.open(BytesIO(clip(source, Span(2.0, 8.0), [Span(4.0, 5.0)], maximum=60))) as file:
        assert (file.getnchannels(), file.getframerate(), file.getnframes()) == (2, RATE, 6 * RATE)
        heard = np.frombuffer(file.readframes(-1), "<i2").reshape(-1, 2)
    quiet = np.flatnonzero((heard == 0).all(axis=1)) / RATE
    assert (quiet[0], quiet[-1]) == (pytest.approx(1.75, abs=0.01), pytest.approx(3.25, abs=0.01))
    assert len(quiet) == pytest.approx(1.5 * RATE, abs=10)
    with pytest.raises(BadRecording):
        clip(source, Span(20.0, 22.0), [], maximum=60)
