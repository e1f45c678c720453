"""What is a promise and what only looks like one."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from qa.promise import Office, find_promises
from qa.records import Promise, Speaker, Transcript, Utterance

ZONE = ZoneInfo("Asia/Tehran")
MADE = datetime(2026, 11, 22, 10, 15, tzinfo=ZONE)


def found(text: str, language: str, speaker: Speaker = Speaker.AGENT) -> tuple[Promise, ...]:
    said = Utterance(0, speaker, None, text)
    office = Office(ZONE, frozenset({4}), language)
    return find_promises(Transcript(language, "imported", "", (said,)), MADE, office)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        # two matters, two promises
        (
            "I'll send you the form today. My colleague will call you tomorrow.",
            ("I'll send you the form today.", "My colleague will call you tomorrow."),
        ),
        # one matter said twice over is one
        ("We'll refund you and you'll have the money within 3 days.", None),
        # no time, but the customer waits for it
        ("Someone from our team will contact you.", None),
        ("You'll hear from us.", None),
        ("We will replace it and ship it out to you.", None),
        # a condition does not take the promise back
        ("Once the form is here we'll credit your account within two days.", None),
    ],
)
def test_english_promises(text: str, quotes: tuple[str, ...] | None) -> None:
    assert tuple(one.quote for one in found(text, "en")) == (quotes or (text,))


@pytest.mark.parametrize(
    "text",
    [
        "I'll check that for you now.",  # done on the line
        "I'll just put you on hold for two minutes.",  # sooner than anybody calls back
        "Let me look into it.",  # no time, nobody waits for news
        "I'll have that open in a moment.",
        "Should I call you back tomorrow?",  # a question
        "You will need to call us tomorrow.",  # the customer is to do it
        "We called you yesterday.",  # past
        "We won't be able to call you tomorrow.",  # a refusal
        "The shop is open tomorrow.",  # a time and no commitment
        "You'll be charged next week.",  # news, not a favour
        "Can you call me back tomorrow?",
    ],
)
def test_english_sentences_that_are_none(text: str) -> None:
    assert found(text, "en") == ()


@pytest.mark.parametrize(
    "text",
    [
        "همکارانم با شما تماس می‌گیرند.",
        "نتیجه رو بهتون اعلام می‌کنم.",
        "مبلغ رو براتون برمی‌گردونیم.",
        "من پیگیری می‌کنم و تا فردا خبر می‌دم.",  # one matter
        "بررسی می‌کنیم و ظرف ۲۴ ساعت جوابش رو می‌دیم.",
        "بسته‌تون حداکثر تا سه روز کاری ارسال می‌شه.",
        "کارشناس فنی فردا میاد منزلتون.",
        "همين فردا براتون مي فرستم",  # Arabic letters, no half-space, no stop
    ],
)
def test_persian_promises(text: str) -> None:
    assert tuple(one.quote for one in found(text, "fa")) == (text,)


@pytest.mark.parametrize(
    "text",
    [
        "الان براتون بررسی می‌کنم.",  # done on the line
        "چند لحظه گوشی خدمتتون، چک می‌کنم.",
        "از بانک آینده تماس می‌گیرم خدمتتون.",  # who is calling
        "فردا تماس بگیرید لطفاً.",  # the customer is to do it
        "می‌خواید فردا باهاتون تماس بگیریم؟",  # a question
        "دیروز باهاتون تماس گرفتیم.",  # past
        "فردا تعطیله.",  # a time and no commitment
        "متأسفانه تا فردا نمی‌تونیم ارسال کنیم.",  # a refusal
        "فردا ارسال نمی‌شه.",
        "پیگیری می‌کنم.",  # no time, nobody waits for news
        "دارم بررسی می‌کنم.",
    ],
)
def test_persian_sentences_that_are_none(text: str) -> None:
    assert found(text, "fa") == ()


def test_only_the_agent_promises() -> None:
    for speaker in (Speaker.CUSTOMER, Speaker.SPEAKER_1):
        assert found("I will call you back tomorrow.", "en", speaker) == ()


def test_a_long_breath_is_quoted_around_the_promise() -> None:
    chatter = "so as I was saying about the weather and the trains and all of that we talked about it "
    (one,) = found(chatter * 3 + "we'll call you back tomorrow " + chatter * 3, "en")
    assert one.quote.startswith("… ")
    assert one.quote.endswith(" …")
    assert "we'll call you back tomorrow" in one.quote
    assert len(one.quote.split()) < 30


def test_surer_with_a_time_and_a_call() -> None:
    sure, weaker, least = (
        found(text, "en")[0].confidence
        for text in (
            "We'll call you tomorrow.",
            "The parcel will be there tomorrow.",
            "We'll call you.",
        )
    )
    assert sure > weaker > least
