"""The work of redaction grows with the text: four times the text is four times the work, not sixteen times.

Work is counted in lines of ``qa/redact`` that run, which no other process changes.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from qa.records import Span, Speaker, Transcript, Utterance, Word
from qa.redact import redact, redact_text

_AS_MUCH = 4.3  # four, and what is done by bisection


def _lines(do: Callable[[], object]) -> int:
    """How many lines of qa/redact run."""
    count = 0

    def line(_frame: FrameType, event: str, _value: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, _event: str, _value: Any) -> Any:
        return line if "/qa/redact/" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        do()
    finally:
        sys.settrace(before)
    return count


# what is repeated, and how often at first: each was quadratic once in the part that is named
@pytest.mark.parametrize(
    ("part", "times"),
    [
        pytest.param("کارت ۶۰۳۷ ۹۹۱۱ و کد ۱۲۳ سفارش ۴۵۸۲۱، ", 30, id="numbers and topics"),
        pytest.param("at gmail dot com 12 ", 30, id="spoken addresses"),
        pytest.param("iban de12 ", 60, id="heads of IBANs"),
        pytest.param("09121234567 - ", 30, id="hidden numbers"),
    ],
)
def test_a_dense_text(part: str, times: int) -> None:
    once = _lines(lambda: redact_text(part * times))
    assert once > 1000
    assert _lines(lambda: redact_text(part * times * 4)) < _AS_MUCH * once


@pytest.mark.parametrize("said", [("کارت ۶۰۳۷ ۹۹۱۱", "بله، کد ۱۲۳ و سفارش ۴۵۸۲۱"), ("۶۰۳۷ ۹۹۱۱", "بله")])
def test_a_long_call(said: tuple[str, str]) -> None:
    once = _lines(lambda: redact(_call(said, 30)))
    assert _lines(lambda: redact(_call(said, 120))) < _AS_MUCH * once


def test_a_long_turn_with_times_of_words() -> None:
    once = _lines(lambda: redact(_turn(30)))
    assert _lines(lambda: redact(_turn(120))) < _AS_MUCH * once


def _call(said: tuple[str, str], turns: int) -> Transcript:
    return Transcript(
        "fa",
        "test",
        "",
        tuple(
            Utterance(
                at, (Speaker.CUSTOMER, Speaker.AGENT)[at % 2], Span(at * 3.0, at * 3.0 + 2), said[at % 2]
            )
            for at in range(turns)
        ),
    )


def _turn(numbers: int) -> Transcript:
    text = " ".join(["به ۰۹۱۲۱۲۳۴۵۶۷ زنگ بزنید"] * numbers)
    words = tuple(Word(word, Span(at * 0.1, at * 0.1 + 0.1), 0.9) for at, word in enumerate(text.split()))
    return Transcript("fa", "test", "", (Utterance(0, Speaker.AGENT, Span(0.0, 100.0), text, None, words),))
