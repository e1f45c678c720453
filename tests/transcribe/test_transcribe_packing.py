"""Speech packed into windows, and times mapped back."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.records import Audio, Span, merged, total
from qa.transcribe.packing import JOIN, SILENCE, WINDOW, pack, window_sound
from qa.transcribe.placing import place_words
from qa.transcribe.timed import TimedWord

RATE = 16_000


def still(seconds: float, channels: int = 1) -> Audio:
    return Audio(np.zeros((channels, round(seconds * RATE)), np.float32), RATE)


@st.composite
def speech_of(draw: st.DrawFn) -> tuple[Audio, tuple[tuple[Span, ...], ...]]:
    """A recording of one or two channels with stretches of 0.1 to 60 s, pauses of 0.3 to 20 s."""
    channels, length = [], 0.0
    for _ in range(draw(st.integers(1, 2))):
        at, spans = draw(st.floats(0, 5)), []
        for _ in range(draw(st.integers(0, 8))):
            end = at + draw(st.floats(0.1, 60))
            spans.append(Span(at, end))
            at = end + draw(st.floats(0.3, 20))
        channels.append(tuple(spans))
        length = max(length, at)
    return still(length + 1, len(channels)), tuple(channels)


@given(speech_of())
@settings(max_examples=60, deadline=None)
def test_all_speech_is_packed_once_and_nothing_is_longer_than_a_window(case: tuple) -> None:
    audio, speech = case
    windows = pack(audio, speech)
    for channel, spans in enumerate(speech):
        pieces = [piece for window in windows if window.channel == channel for piece in window.pieces]
        assert total(part for piece in pieces for part in piece.speech) == pytest.approx(
            total(spans), abs=0.05
        )
        sources = [piece.source for piece in pieces]
        assert sources == sorted(sources)
        assert all(before.end <= after.start for before, after in pairwise(sources))
    for window in windows:
        assert window.length <= WINDOW
        for before, after in pairwise(window.pieces):
            assert after.place == pytest.approx(before.place + before.source.length + SILENCE)


@given(speech_of(), st.floats(0, 1), st.floats(0.05, 0.6))
@settings(max_examples=60, deadline=None)
def test_a_word_goes_back_to_where_it_was_said(case: tuple, where: float, length: float) -> None:
    audio, speech = case
    for window in pack(audio, speech):
        for piece in window.pieces:
            stretch = max(piece.speech, key=lambda span: span.length)
            start = stretch.start + where * max(0.0, stretch.length - length)
            end = min(stretch.end, start + length)
            shift = piece.place - piece.source.start
            (word,) = place_words(window, [TimedWord(" yes", start + shift, end + shift, 0.9)])
            assert word.span.start == pytest.approx(start, abs=0.06)
            assert word.span.end == pytest.approx(end, abs=0.06)


@given(speech_of(), st.lists(st.tuples(st.floats(0, 30), st.floats(0, 30)), max_size=20))
@settings(max_examples=60, deadline=None)
def test_every_word_ends_up_inside_speech(case: tuple, times: list[tuple[float, float]]) -> None:
    audio, speech = case
    for window in pack(audio, speech):
        words = [TimedWord(" word", min(pair), max(pair), 0.5) for pair in sorted(times, key=min)]
        for word in place_words(window, words):
            spans = merged(speech[window.channel], 0.01)
            assert any(s.start - 0.01 <= word.span.start <= word.span.end <= s.end + 0.01 for s in spans)


def test_a_pause_stays_a_longer_silence_goes() -> None:
    audio = still(60)
    spans = (Span(1, 5), Span(5 + JOIN - 0.1, 12), Span(40, 44))
    (window,) = pack(audio, (spans,))
    first, second = window.pieces
    assert first.source.start == pytest.approx(0.6)
    assert first.speech == spans[:2]
    assert second.source.end == pytest.approx(44.4)
    assert window.length == pytest.approx(first.source.length + SILENCE + second.source.length)


def test_a_long_stretch_is_cut_where_it_is_quietest() -> None:
    random = np.random.default_rng(1)
    sound = random.normal(0, 0.1, (1, 50 * RATE)).astype(np.float32)
    quiet = slice(round(26.2 * RATE), round(26.6 * RATE))
    sound[0, quiet] *= 0.01
    windows = pack(Audio(sound, RATE), ((Span(0, 50),),))
    assert len(windows) == 2
    assert windows[0].pieces[-1].source.end == pytest.approx(26.4, abs=0.15)


def test_the_sound_of_a_window_is_that_of_its_pieces() -> None:
    sound = np.zeros((2, 60 * RATE), np.float32)
    sound[1, 10 * RATE : 12 * RATE] = 0.25
    sound[1, 40 * RATE : 42 * RATE] = 0.5
    audio = Audio(sound, RATE)
    (window,) = pack(audio, ((), (Span(10, 12), Span(40, 42))))
    packed = window_sound(audio, window)
    for piece, level in zip(window.pieces, (0.25, 0.5), strict=True):
        place = round((piece.place + piece.speech[0].start - piece.source.start) * RATE)
        assert np.all(packed[place : place + 2 * RATE] == level)
    assert np.count_nonzero(packed) == 4 * RATE


def test_silence_gives_no_window() -> None:
    assert pack(still(20, 2), ((), ())) == ()
