"""Words grouped into utterances, and joined from the recogniser's parts."""

import pytest

from qa.records import Span, Word
from qa.transcribe.packing import Piece, Window
from qa.transcribe.placing import GAP, confidence, place_words, utterances
from qa.transcribe.timed import TimedWord

WINDOW = Window(0, (Piece(Span(100, 130), 0.0, (Span(100, 130),)),))


def words(*parts: tuple[str, float, float]) -> list[Word]:
    return [Word(text, Span(start, end), 0.9) for text, start, end in parts]


@pytest.mark.parametrize(
    ("parts", "texts"),
    [
        pytest.param([("good", 0, 0.4), ("day", 0.4, 0.8)], ["good day"], id="one go"),
        pytest.param([("one", 0, 0.4), ("two", 1.3, 1.6)], ["one", "two"], id="a pause"),
        pytest.param([("is", 0, 0.4), ("it", 0.9, 1.2)], ["is it"], id="a short hesitation"),
        pytest.param([("Yes.", 0, 0.4), ("And", 0.6, 1)], ["Yes.", "And"], id="end of a sentence"),
        pytest.param([("رسید؟", 0, 0.4), ("بله", 0.6, 1)], ["رسید؟", "بله"], id="Persian question mark"),
        pytest.param([("Mr.", 0, 0.4), ("Hill", 0.4, 0.9)], ["Mr. Hill"], id="a short form runs on"),
        pytest.param(
            [("very", 0, 2), ('long."', 2, 4.5), ("And", 4.5, 5)], ['very long."', "And"], id="long sentence"
        ),
    ],
)
def test_where_an_utterance_ends(parts: list[tuple[str, float, float]], texts: list[str]) -> None:
    found = utterances(1, words(*parts))
    assert [heard.text for heard in found] == texts
    assert {heard.channel for heard in found} == {1}
    assert [word for heard in found for word in heard.words] == words(*parts)
    assert found[0].span.start == parts[0][1]
    assert found[-1].span.end == parts[-1][2]


def test_no_utterance_holds_a_gap() -> None:
    line = [(f"w{k}", k * (0.3 + k / 10), k * (0.3 + k / 10) + 0.2) for k in range(20)]
    for heard in utterances(0, words(*line)):
        for before, after in zip(heard.words, heard.words[1:], strict=False):
            assert after.span.start - before.span.end <= GAP


@pytest.mark.parametrize(
    ("parts", "texts"),
    [
        pytest.param([" user", "101", ","], ["user101,"], id="number and comma stick"),
        pytest.param([" www", ".mail", ".com"], ["www.mail.com"], id="an address stays whole"),
        pytest.param(["-", " so"], ["so"], id="a lone mark in front falls away"),
        pytest.param([" چطور", "؟"], ["چطور؟"], id="Persian mark"),
        pytest.param(["I", " am"], ["I", "am"], id="first word without a space"),
        pytest.param([" ...", " "], [], id="marks alone are no words"),
    ],
)
def test_parts_become_words(parts: list[str], texts: list[str]) -> None:
    timed = [TimedWord(text, k * 0.3, k * 0.3 + 0.3, 0.8) for k, text in enumerate(parts)]
    placed = place_words(WINDOW, timed)
    assert [word.text for word in placed] == texts
    assert all(word.span.start >= 100 for word in placed)


def test_parts_far_apart_are_not_glued() -> None:
    timed = [TimedWord(" 语", 0, 1.5, 0.8), TimedWord("言", 1.5, 3.0, 0.8)]
    assert len(place_words(WINDOW, timed)) == 2


def test_times_never_run_backwards() -> None:
    pieces = (Piece(Span(0, 5), 0.0, (Span(1, 2), Span(4, 5))), Piece(Span(20, 24), 5.4, (Span(20.4, 23.6),)))
    timed = [TimedWord(f" w{k}", k * 0.45, k * 0.45 + 0.45, 0.5) for k in range(20)]
    starts = [word.span.start for word in place_words(Window(0, pieces), timed)]
    assert starts == sorted(starts)
    assert max(starts) > 20


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [([1.0, 1.0], 1.0), ([0.25, 1.0], 0.5), ([0.5], 0.5), ([0.0], 1e-6)],
)
def test_confidence_is_the_geometric_mean(probabilities: list[float], expected: float) -> None:
    line = [Word("w", Span(0, 1), probability) for probability in probabilities]
    assert confidence(line) == pytest.approx(expected)
