"""Diarisation error rate by hand; a collar of 0.5 s takes 0.25 s off each side of an edge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluate.diarisation import diarisation_errors, turns
from qa.records import Span, Spans, merged

A, B = (Span(0, 10),), (Span(10, 20),)
TABLE = [
    # found, collar -> miss, false alarm, confusion, rate
    ("all right", {"x": A, "y": B}, 0.0, (0, 0, 0, 0)),
    ("names do not matter", {"y": A, "x": B}, 0.0, (0, 0, 0, 0)),
    ("one voice for both", {"x": (Span(0, 20),)}, 0.0, (0, 0, 10, 0.5)),
    ("nothing found", {}, 0.0, (20, 0, 0, 1)),
    ("two seconds late", {"x": (Span(0, 12),), "y": (Span(12, 20),)}, 0.0, (0, 0, 2, 0.1)),
    ("an edge inside the collar", {"x": (Span(0, 10.2),), "y": (Span(10.2, 20),)}, 0.5, (0, 0, 0, 0)),
    ("speech after the end", {"x": A, "y": (Span(10, 24),)}, 0.0, (0, 4, 0, 0.2)),
    ("a third voice", {"x": A, "y": (Span(10, 15),), "z": (Span(15, 20),)}, 0.0, (0, 0, 5, 0.25)),
]


@pytest.mark.parametrize(("found", "collar", "wanted"), [row[1:] for row in TABLE], ids=[r[0] for r in TABLE])
def test_by_hand(found: dict[str, Spans], collar: float, wanted: tuple[float, ...]) -> None:
    errors = diarisation_errors({"a": A, "b": B}, found, collar)
    assert (errors.miss, errors.false_alarm, errors.confusion, errors.rate) == pytest.approx(
        wanted, abs=0.011
    )


def test_speech_that_nobody_said_is_an_error_even_without_a_reference() -> None:
    assert diarisation_errors({}, {"x": A}).rate == 1.0
    assert diarisation_errors({}, {}).rate == 0.0


def test_overlap_counts_for_both() -> None:
    errors = diarisation_errors({"a": (Span(0, 10),), "b": (Span(8, 12),)}, {"x": (Span(0, 12),)}, 0.0)
    assert (errors.speech, errors.miss, errors.confusion) == pytest.approx((14.0, 2.0, 2.0), abs=0.02)


def test_a_turn_holds_its_own_pauses_and_not_the_others_words() -> None:
    heard = {"a": (Span(0, 1), Span(2, 3), Span(6, 7)), "b": (Span(7.5, 8), Span(8.5, 9))}
    assert turns(heard)["a"] == (Span(0, 3), Span(6, 7))
    crossed = {"a": (Span(0, 1), Span(2, 3)), "b": (Span(1.2, 1.8),)}
    assert turns(crossed)["a"] == (Span(0, 1), Span(2, 3))


TIMES = st.lists(st.integers(0, 400), min_size=2, max_size=8, unique=True).map(sorted)


def spans_of(times: list[int]) -> Spans:
    return merged(Span(a / 10, b / 10) for a, b in zip(times[::2], times[1::2], strict=False))


@given(TIMES, TIMES)
def test_what_is_the_reference_is_right_and_every_part_is_counted_once(
    one: list[int], other: list[int]
) -> None:
    reference, found = {"a": spans_of(one), "b": spans_of(other)}, {"x": spans_of(other)}
    assert diarisation_errors(reference, {"q": reference["b"], "r": reference["a"]}, 0.0).rate == 0.0
    errors = diarisation_errors(reference, found, 0.0)
    assert errors.false_alarm == 0.0
    assert 0.0 <= errors.rate <= 1.0
