"""Words that nobody said are dropped, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.records import Heard, Span
from qa.transcribe.guards import Signs, empty, said, without_collapsed, without_loops
from qa.transcribe.timed import TimedWord

CLEAR = Signs(speech=20.0, words=50, no_speech=0.02, logprob=-0.4, doubtful=False)
NEAR_EMPTY = Signs(speech=1.0, words=1, no_speech=0.7, logprob=-0.8, doubtful=False)


def timed(text: str, each: float = 0.3) -> list[TimedWord]:
    return [TimedWord(" " + word, k * each, (k + 1) * each, 0.8) for k, word in enumerate(text.split())]


def text_of(words: list[TimedWord]) -> str:
    return " ".join(word.text.strip() for word in words)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("no no no no no thank you", None),  # five times is said
        ("no " * 9 + "thank you", "no thank you"),
        ("no no no no no no", "no"),  # six times is not
        ("I know, " * 5, "I know,"),  # nor two words five times
        ("let me see " * 4, "let me see"),  # nor three words four times
        ("bye bye bye bye", None),
        ("I know, I know, I know, I know,", None),  # two words four times is said
        ("I know, I know. " * 4, "I know,"),
        ("my number is 0 0 5 0 0 0 7", None),
        ("so " + "I'm going to go to the next room. " * 7, "so I'm going to go to the next room."),
        ("let me see, let me see, let me see", None),  # three words three times is said
        ("let me see, " * 5 + "found it", "let me see, found it"),
        ("خدمت شما هستم " * 6 + "ممنون", "خدمت شما هستم ممنون"),
        ("", None),
    ],
)
def test_loops_are_cut_to_one_round(text: str, kept: str | None) -> None:
    words, cut = without_loops(timed(text))
    assert text_of(words) == (text if kept is None else kept).strip()
    assert cut == (kept is not None)


@given(st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f"]), max_size=60))
def test_cutting_keeps_every_word_at_least_once_and_ends(letters: list[str]) -> None:
    words, cut = without_loops(timed(" ".join(letters)))
    assert {word.text.strip() for word in words} == set(letters)
    assert cut == (len(words) < len(letters))


@pytest.mark.parametrize(
    ("lengths", "left"),
    [
        ([0.3, 0.0, 0.0, 0.0, 0.0, 0.3], 2),
        ([0.3, 0.0, 0.0, 0.0, 0.3], 5),  # three short words are a hurried speaker
        ([0.0] * 6, 0),
        ([0.3] * 4, 4),
    ],
)
def test_words_without_time_are_dropped_in_runs(lengths: list[float], left: int) -> None:
    words, at = [], 0.0
    for length in lengths:
        words.append(TimedWord(" w", at, at + length, 0.8))
        at += length
    assert len(without_collapsed(words)) == left


@pytest.mark.parametrize(
    ("signs", "is_empty"),
    [
        pytest.param(CLEAR, False, id="clear speech"),
        pytest.param(Signs(0.3, 1, 0.93, -0.45, False), True, id="silence, as measured"),
        pytest.param(Signs(20, 7, 0.39, -1.56, True), True, id="ring-back taken for speech, as measured"),
        pytest.param(Signs(20, 1, 0.93, -0.45, False), True, id="20 s of silence taken for speech"),
        pytest.param(Signs(20, 60, 0.99, -0.21, True), True, id="a loop over noise, as measured"),
        pytest.param(Signs(25, 60, 0.04, -0.62, False), False, id="a bad line, as measured"),
        pytest.param(Signs(1.5, 4, 0.09, -0.82, False), False, id="a short goodbye, as measured"),
        pytest.param(Signs(25, 60, 0.05, -1.3, True), False, id="Persian through a small model"),
    ],
)
def test_empty_windows(signs: Signs, is_empty: bool) -> None:
    assert empty(signs) is is_empty


@pytest.mark.parametrize(
    ("text", "seconds", "confidence", "signs", "believed"),
    [
        pytest.param("Thank you.", 0.6, 0.9, CLEAR, True, id="thanks in a talk"),
        pytest.param("Thank you.", 0.6, 0.4, CLEAR, True, id="unclear thanks in a talk"),
        pytest.param("Thank you.", 0.6, 0.9, NEAR_EMPTY, False, id="thanks over nothing"),
        pytest.param("you", 0.3, 0.34, Signs(1, 1, 0.1, -0.8, False), False, id="the commonest phantom"),
        pytest.param("Thanks for watching!", 1, 0.4, NEAR_EMPTY, False, id="film line"),
        pytest.param("ممنون که تماشا کردید", 1, 0.4, NEAR_EMPTY, False, id="film line in Persian"),
        pytest.param(
            "Thank you.", 0.6, 0.95, Signs(1, 2, 0.05, -0.3, False), True, id="a short clear thanks"
        ),
        pytest.param("Order five six seven.", 1.5, 0.4, NEAR_EMPTY, True, id="no phantom"),
        pytest.param("Grr", 0.2, 0.1, NEAR_EMPTY, False, id="one improbable word"),
        pytest.param("a b c d e f", 0.5, 0.9, CLEAR, False, id="twelve words a second"),
        pytest.param("a b c d e f", 1.0, 0.9, CLEAR, True, id="six words a second"),
        pytest.param("yes it is", 0.2, 0.9, CLEAR, True, id="a short answer cut off by the talk"),
    ],
)
def test_what_is_believed(text: str, seconds: float, confidence: float, signs: Signs, believed: bool) -> None:
    assert said(Heard(0, Span(10, 10 + seconds), text, confidence), signs) is believed
