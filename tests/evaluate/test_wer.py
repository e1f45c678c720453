"""Word error rate on sentences whose errors can be counted by eye."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluate.wer import WordErrors, total_errors, word_errors

LINES = st.lists(st.sampled_from(["red", "call", "back", "order", "late"]), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("reference", "heard", "language", "errors"),
    [
        ("thank you for calling", "thank you for calling", "en", (0, 0, 0, 4)),
        # Whisper's rules: capitals, marks, short forms and British spelling do not count.
        ("I'm sorry, the COLOUR is wrong.", "i am sorry the color is wrong", "en", (0, 0, 0, 7)),
        ("the order is late", "the older is late", "en", (1, 0, 0, 4)),
        ("the order is late", "the is late", "en", (0, 1, 0, 4)),
        ("the order is late", "the order is is late", "en", (0, 0, 1, 4)),
        ("", "you", "en", (0, 0, 1, 0)),
        ("", "", "en", (0, 0, 0, 0)),
        ("good day", "", "en", (0, 2, 0, 2)),
        # Arabic letters for Persian ones, and marks, do not count.
        ("کی می‌رسد؟", "كي می‌رسد", "fa", (0, 0, 0, 2)),
        ("سفارش من نرسید", "سفارش نرسید", "fa", (0, 1, 0, 3)),
    ],
)
def test_errors_are_counted(
    reference: str, heard: str, language: str, errors: tuple[int, int, int, int]
) -> None:
    assert word_errors(reference, heard, language) == WordErrors(*errors)


@pytest.mark.parametrize(
    ("errors", "rate"),
    [
        (WordErrors(1, 2, 1, 8), 0.5),
        (WordErrors(0, 0, 6, 3), 2.0),
        (WordErrors(0, 0, 0, 0), 0.0),
        (WordErrors(0, 0, 2, 0), 2.0),
    ],
)
def test_rate(errors: WordErrors, rate: float) -> None:
    assert errors.rate == rate


def test_a_total_weighs_every_word_alike() -> None:
    parts = (word_errors("the order is late", "the order is", "en"), word_errors("bye", "buy", "en"))
    assert total_errors(parts).rate == pytest.approx(2 / 5)


@given(LINES, LINES)
def test_errors_are_within_their_bounds(reference: list[str], heard: list[str]) -> None:
    found = word_errors(" ".join(reference), " ".join(heard), "en")
    assert found.words - found.deletions + found.insertions == len(heard)
    assert 0 <= found.substitutions + found.deletions <= len(reference)
