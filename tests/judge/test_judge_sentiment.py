"""The customer's course over the call, from tones that are known and from words alone."""

from dataclasses import replace

import pytest

from qa.judge import judge
from qa.records import Tone
from tests.judge.calls import A, C, call, card, judged

SIX = [(A, "hello")] + [(who, "well well") for _ in range(6) for who in (C, A)]
COURSES = [
    # scores of the customer's six utterances: the first and last two count
    ([0, 0, -1, -1, 0, 0], "met", "ends level"),
    ([-1, -1, 0, 0, -0.3, -0.3], "met", "still low, but risen by 0.7"),
    ([-0.2, -0.2, 0, 0, -0.3, -0.3], "partly", "a little low"),
    ([0.5, 0.5, 0, 0, -0.6, -0.6], "not met", "fell"),
    ([-0.8, -0.8, 0, 0, -0.5, -0.5], "not met", "low all along"),
]


@pytest.mark.parametrize(("scores", "verdict", "why"), COURSES)
def test_course(scores: list[float], verdict: str, why: str) -> None:
    heard = call(*SIX)
    own = [one for one in heard.transcript.utterances if one.speaker is C]
    tones = tuple(Tone(one.id, "neutral", score) for one, score in zip(own, scores, strict=True))
    found = judge(card("sentiment: {}"), replace(heard, tones=tones), ())["it"]
    assert found.verdict == verdict, why
    assert len(found.evidence) == 2, "one line from each end"
    assert found.rule == "sentiment/1"


@pytest.mark.parametrize(
    ("end", "verdict"), [("خیلی ممنون، دستتون درد نکنه", "met"), ("واقعاً افتضاحه، شکایت می‌کنم", "not met")]
)
def test_words_alone_are_read(end: str, verdict: str) -> None:
    heard = call(
        (C, "سلام خسته نباشید"), (A, "بفرمایید"), (C, "شماره سفارشم ۱۲ هست"), (A, "ثبت شد"), (C, end),
        language="fa",
    )  # fmt: skip
    assert judged("sentiment: {}", heard).verdict == verdict


def test_too_few_words_have_no_course() -> None:
    assert judged("sentiment: {}", call((A, "hello"), (C, "awful"), (C, "bad"))).verdict == "cannot tell"
