"""Which words of a customer are a complaint, on lines that no phrase was written from."""

import csv
import json
import re

import pytest

from qa.complaint import find_complaints, lexicon_version
from qa.complaint.finding import _complaint_in
from qa.complaint.lexicon import LISTS, parse_lexicon
from qa.errors import InvalidSetting
from qa.records import Complaint, Span, Speaker, Transcript, Utterance
from tests.shared import shared_data

COMPLAINTS = (
    # asked to be recorded, or for somebody in charge
    "I want to make a complaint about the driver.",
    "Hi, I'd like to file a formal complaint please",
    "How do I lodge a complaint with you?",
    "I'm calling to complain about my last bill.",
    "Can I speak to your manager, please?",
    "I complained about this last month.",
    "سلام، می‌خوام شکایت ثبت کنم",
    "من از پیک شما شکایت دارم.",
    "میخواستم یه شکایت ازتون ثبت کنم لطفا",
    "گوشی رو بدید به مدیرتون.",
    "من به این مبلغ اعتراض دارم",
    # not for the first time
    "This is the third time I'm calling about this.",
    "It's the fourth time I've called you this week!",
    "I have called you five times already.",
    "How many times do I have to explain it?",
    "چند بار باید زنگ بزنم؟",
    "این بار سومه که دارم زنگ می‌زنم",
    "برای سومین بار تو این هفته تماس می‌گیرم.",
    "دفعه چندمه که اینجوری می‌شه؟",
    "هر بار که زنگ می‌زنم یه چیز دیگه می‌گن.",
    # nobody answered, followed up or kept word
    "Nobody called me back.",
    "I wrote twice and no one ever got back to me.",
    "You promised it would be here on Monday.",
    "I've been waiting for six weeks now.",
    "I was on hold for over an hour yesterday.",
    "هیچ‌کس پیگیری نکرد.",
    "هیچکی جواب تلفنو نمیده",
    "گفتید زنگ می‌زنید، نزدید.",
    "قول داده بودید تا دیروز درستش کنید",
    "سه روزه معطلم.",
    "کسی با من تماس نگرفت که",
    # finds fault with the service
    "That is simply unacceptable.",
    "I'm very disappointed, to be honest.",
    "It's the worst customer service I've had.",
    "این چه وضعشه آخه",
    "از خدماتتون اصلا راضی نیستم.",
    "خدماتتون واقعا افتضاحه",
)
NONE = (
    # says that it is none
    "No, I have no complaints at all.",
    "I don't want to make a complaint, I just want my parcel.",
    "I'm not calling to complain, I have a question.",
    "I can't complain, it works well.",
    "نه شکایتی ندارم، ممنون.",
    "نمی‌خوام شکایت کنم، فقط یه سوال دارم",
    "والا شاکی نیستم، فقط پیگیرم",
    "گله‌ای ندارم ازتون",
    # a fault, a question, thanks: none of them a complaint
    "My parcel has not arrived yet.",
    "Hello, where is my order?",
    "The app shows an error when I pay.",
    "I'd like to cancel my order and get the money back.",
    "Nobody else lives at this address.",
    "Could somebody call me back tomorrow?",
    "I have Task Manager open now.",
    "That was the third time zone I tried.",
    "It's a bit slow, but fine.",
    "سفارشم هنوز نرسیده.",
    "سلام، می‌خواستم بدونم بسته‌ام کجاست",
    "چند بار در هفته می‌تونم برداشت کنم؟",
    "ممنون که پیگیری کردید.",
    "کی با من تماس می‌گیرید؟",
    "دستتون درد نکنه، خیلی راضی بودم.",
    "می‌خوام سفارشم رو لغو کنم",
    # a bad mood about something else
    "I'm so tired today, the weather is awful.",
    "I'm sick of eating at the same place all the time.",
    "امروز حالم خوب نیست، اعصاب ندارم",
)


def said(speaker: Speaker, text: str, place: int = 0) -> Utterance:
    return Utterance(place, speaker, Span(place * 5.0, place * 5.0 + 4), text)


def found(*said_: Utterance) -> tuple[Complaint, ...]:
    return find_complaints(Transcript("fa", "imported", "", said_))


@pytest.mark.parametrize("text", COMPLAINTS)
def test_a_complaint_is_found(text: str) -> None:
    assert [one.at for one in found(said(Speaker.CUSTOMER, text, 2))] == [10.0]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_complaint_is_not(text: str) -> None:
    assert found(said(Speaker.CUSTOMER, text)) == ()


@pytest.mark.parametrize("speaker", [one for one in Speaker if one is not Speaker.CUSTOMER])
def test_only_a_known_customer_complains(speaker: Speaker) -> None:
    menu = "To make a complaint press three. برای ثبت شکایت عدد ۳ را فشار دهید."
    assert found(said(speaker, menu), said(speaker, "Nobody called me back.", 1)) == ()


def test_the_sentence_is_quoted_and_an_utterance_counts_once() -> None:
    text = "Hello. Nobody called me back. This is unacceptable. Thanks"
    again = said(Speaker.CUSTOMER, "هیچ‌کس پیگیری نکرد", 3)
    assert found(said(Speaker.CUSTOMER, text), again) == (
        Complaint(0, "Nobody called me back.", 0.0),
        Complaint(3, "هیچ‌کس پیگیری نکرد", 15.0),
    )
    without_times = Utterance(0, Speaker.CUSTOMER, None, text)
    assert [one.at for one in found(without_times)] == [None]


def test_words_of_two_sentences_say_nothing_together() -> None:
    assert _complaint_in("I will make tea. Complaint letters bore me.") is None
    assert _complaint_in("No. I want to complain.") == "I want to complain."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: [", "is not YAML"),
        ("[]", "has no languages"),
        ("en: {asked: [x]}", "needs the lists"),
        ("en: {asked: [x], again: [x], left: [x], fault: [7], none: [x]}", "7 in en.fault"),
        ("en: {asked: ['!'], again: [x], left: [x], fault: [x], none: [x]}", "'!' in en.asked"),
        ("en: {asked: [x …], again: [x], left: [x], fault: [x], none: [x]}", "is not a phrase"),
    ],
)
def test_a_damaged_list_is_refused(text: str, told: str) -> None:
    with pytest.raises(InvalidSetting, match=told):
        parse_lexicon(text)


def test_the_shipped_lists_are_whole() -> None:
    assert LISTS[-1] == "none"
    assert len(lexicon_version()) == 12


def test_hardly_anything_but_complaints_is_found_in_what_others_wrote() -> None:
    path = shared_data("C7_en_airline_tweets", "Tweets.csv")
    with path.open(encoding="utf-8", newline="") as rows:
        tweets = [next(reader) for reader in [csv.DictReader(rows)] for _ in range(1500)]
    hits = [tweet["airline_sentiment"] for tweet in tweets if _complaint_in(tweet["text"])]
    assert len(hits) >= 40
    assert hits.count("negative") / len(hits) >= 0.9


def test_help_desk_calls_of_others_without_a_complaint_have_none() -> None:
    path = shared_data("E3_ms_ckm_contact_centre", "sample_processed_data.json")
    calls = json.loads(path.read_text(encoding="utf-8"))
    turns = [
        turn
        for call in calls
        for turn in re.findall(r"\*\*Customer:\*\*(.*?)(?=\*\*\w+:|$)", call["Content"], re.DOTALL)
    ]
    assert len(turns) > 1000
    assert [turn for turn in turns if _complaint_in(turn)] == []
