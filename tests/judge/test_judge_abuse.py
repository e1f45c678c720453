"""Insults, not swearing at the situation; the stretch an agent is excused for; rudeness of the agent."""

import pytest

from qa.abuse import abusive, excused, insults
from qa.judge import judge
from qa.records import Measurement, Span
from qa.scorecard import default_scorecards
from tests.judge.calls import A, C, call, judged

CARDS = {card.language: card for card in default_scorecards()}

HURTS = """
احمق‌ها چرا جواب نمی‌دید
خیلی بی‌شعورید
خفه شو بابا
ک ث ا ف ت، پولم رو پس بده
ا ح م ق
شما یه مشت دزدید
مرتیکه گفتم وصل کن به مدیرت
لعنت به شما و شرکتتون
گه خوردی زنگ زدی
شماها همتون کلاهبردارید
خاک بر سرتون
مگه کری نمی‌شنوی
پدرسگ‌ها پولمو خوردین
ح.ر.و.م.ز.ا.د.ه
bi shoor javab bede
khafe sho
you idiot
you are all a bunch of thieves
shut up and listen
f u c k you
are you deaf or just stupid
go to hell
you people are useless
you're a liar
son of a bitch
a$$hole
""".strip().splitlines()
HARMLESS = """
این کسب‌وکار رو راه انداختم
کسی جواب نمی‌ده
می‌خوام کالام رو عوض کنید
اشتباهی و عوضی فرستادید
لعنتی بازم قطع شد
آشغال فرستادید، این چه جنسیه
این غذا افتضاح بود، کثافت بود
از حسابم دزدی شده
گوشیم رو دزد برد
سگم رو با پرواز بیارم؟
گوشت گاو دارید؟
خیابان شهید احمقی
واکسن آبله زدم
من دیوونه شدم از دست این سیستم
یه نفر نفهمید مشکل چیه
این وضعیت مزخرفه
I live in Scunthorpe
my address is 12 Essex Road, Middlesex
this is damn annoying
what the hell is going on
this is bullshit, it's a shit service
the app is stupid
I was an idiot to trust that mail
I missed my cocktail class
somebody stole my card, the thief used it
can you assess my claim
I feel stupid asking you this
the passport and class assignment
""".strip().splitlines()


@pytest.mark.parametrize("text", HURTS)
def test_insults_are_found_with_their_words(text: str) -> None:
    found = insults(text)
    assert found
    assert all(text[one.start : one.end].strip() for one in found)


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_words_and_swearing_at_the_situation_are_not_abuse(text: str) -> None:
    assert insults(text) == ()


CALM_TALK = [(A, "hello"), (C, "my line is down"), (A, "since when?")]
BAD = [(C, "you idiot, fix it"), (A, "I will check")]
STRETCHES = [
    # nothing
    (CALM_TALK, []),
    # the agent's own words are not the customer's abuse
    ([(A, "you idiot"), (C, "what?")], []),
    # to the end of the call
    ([*CALM_TALK, *BAD], [103, 104]),
    # until the second calm turn of the customer
    ([*BAD, (C, "fine"), (A, "done"), (C, "ok thanks"), (A, "bye")], [100, 101, 102, 103]),
    # a new insult starts it again
    ([*BAD, (C, "fine"), (A, "done"), (C, "shut up"), (A, "bye")], [100, 101, 102, 103, 104, 105]),
]


@pytest.mark.parametrize(("said", "ids"), STRETCHES)
def test_stretch(said: list, ids: list[int]) -> None:  # type: ignore[type-arg]
    assert list(excused(call(*said).transcript.utterances)) == ids


def test_ids_of_the_abusive_utterances_alone() -> None:
    assert abusive(call(*CALM_TALK, *BAD, (C, "hm")).transcript.utterances) == (103,)


TROUBLE = (C, "my internet is not working, I am so frustrated")
EMPATHY = [
    # trouble only in the abusive turn: nobody asks for empathy
    ([(A, "hello"), (C, "you idiot, my internet is not working"), (A, "checking")], "not applicable"),
    # trouble told calmly before: empathy was due then
    ([(A, "hello"), TROUBLE, (A, "checking"), (C, "you idiot")], "not met"),
    ([(A, "hello"), TROUBLE, (A, "I am so sorry about that"), (C, "you idiot")], "met"),
    ([(A, "hello"), TROUBLE, (A, "checking")], "not met"),
]


@pytest.mark.parametrize(("said", "verdict"), EMPATHY)
def test_empathy_is_not_asked_under_abuse(said: list, verdict: str) -> None:  # type: ignore[type-arg]
    assert judge(CARDS["en"], call(*said), ())["empathy"].verdict == verdict


SLOW = "measure: {name: response_latency_p90, at_most: 3}"
LATENCY = [
    (Span(39, 45), "not applicable", "the slow answer was under abuse"),
    (Span(8, 14), "not met", "it was before"),
]


@pytest.mark.parametrize(("slow", "verdict", "why"), LATENCY)
def test_latency_is_not_asked_under_abuse(slow: Span, verdict: str, why: str) -> None:
    measured = Measurement("response_latency_p90", 6.0, "s", evidence=(slow,))
    heard = call(*CALM_TALK, *BAD)  # the stretch is 30 s to 48 s
    assert judged(SLOW, heard, (measured,)).verdict == verdict, why
    assert judged(SLOW, heard, (measured,), extra=", in_abuse: asked").verdict == "not met"


RUDE = [("en", "you are an idiot"), ("fa", "خیلی نفهمی"), ("fa", "ا ح م ق جان گوش کن")]


@pytest.mark.parametrize(("language", "text"), RUDE)
def test_rudeness_of_the_agent_is_critical(language: str, text: str) -> None:
    found = judge(CARDS[language], call((A, text), (C, "ok"), language=language), ())["no_rude_words"]
    assert found.verdict == "not met"
    assert found.evidence
    assert found.confidence >= 0.6


def test_the_rule_names_side_and_words() -> None:
    found = judged("abuse: {speaker: customer}", call((A, "hello"), (C, "you stupid idiot")))
    assert found.verdict == "met"
    assert found.evidence[0].quote in "you stupid idiot"
    assert judged("abuse: {}", call((A, "hello"), (C, "you idiot"))).verdict == "not met"
