"""How formally agents speak: written lines in three manners, and the level that a service asks for."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from qa.judge import judge
from qa.judge.register_words import manner_of, marks_of
from qa.text import fold
from tests.judge.calls import A, C, call, card, judged

LINES = Path(__file__).parent / "register_lines.tsv"


def test_persian_lines_in_three_manners() -> None:
    """The lines were written after the word lists and before the first run (71 of 74 right then)."""
    rows = [line.split("\t") for line in LINES.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 60
    wrong = [
        (wanted, text)
        for wanted, text in rows
        if manner_of(marks_of(tuple(fold(text).split()), "fa")) != wanted
    ]
    missed = Counter(wanted for wanted, _ in wrong)
    print(f"register: {len(rows) - len(wrong)} of {len(rows)} lines right; wrong: {dict(missed)}")
    assert len(wrong) <= 0.1 * len(rows)
    assert missed["familiar"] <= 2


COURTLY = "جناب رضایی، لطفاً شمارهٔ پروندهٔ خود را بفرمایید."
SPOKEN = "شماره پرونده‌تون رو می‌گین که چک کنم؟"
WARM = "سلام خانم رضایی جان، خوش اومدید، خیالتون راحت باشه."
DEAR = "عزیزم کدش رو می‌فرستم خدمتتون."
THOU = "خب بگو ببینم چی می‌خوای؟"
LEVELS = [
    ("fa", "formal", COURTLY, "met"),
    ("fa", "formal", SPOKEN, "partly"),
    ("fa", "formal", THOU, "not met"),
    ("fa", "polite", COURTLY, "met"),
    ("fa", "polite", SPOKEN, "met"),
    ("fa", "polite", DEAR, "partly"),
    ("fa", "polite", THOU, "not met"),
    ("fa", "warm", WARM, "met"),
    ("fa", "warm", DEAR, "met"),
    ("fa", "warm", COURTLY, "partly"),
    ("fa", "warm", THOU, "not met"),
    ("en", "formal", "Good morning sir, could you confirm your name, please?", "met"),
    ("en", "formal", "yeah gonna check that stuff", "partly"),
    ("en", "polite", "I'm checking your order now.", "met"),
    ("en", "polite", "dude whatever, chill", "not met"),
    ("en", "polite", "okay honey, one moment", "partly"),
    ("en", "warm", "My pleasure, enjoy your trip!", "met"),
    ("en", "warm", "Your order is late.", "partly"),
]


@pytest.mark.parametrize(("language", "level", "text", "verdict"), LEVELS)
def test_level(language: str, level: str, text: str, verdict: str) -> None:
    found = judged(f"register: {{level: {level}}}", call((A, text), (C, "ok"), language=language))
    assert found.verdict == verdict
    assert found.looked_for
    assert verdict != "not met" or found.evidence


def test_the_service_of_the_queue_sets_the_level() -> None:
    form = card("register: {level: polite, by_service: {banking: formal, travel: warm}}", "fa")
    heard = call((A, SPOKEN), (C, "باشه"), language="fa")
    found = {
        service: judge(form, replace(heard, service=service), ())["it"].verdict.value
        for service in (None, "banking", "travel", "shop")
    }
    assert found == {None: "met", "banking": "partly", "travel": "partly", "shop": "met"}


def test_the_customer_may_say_what_they_like() -> None:
    heard = call((A, COURTLY), (C, "داداش بگو ببینم چی شد"), language="fa")
    assert judged("register: {level: polite}", heard).verdict == "met"


def test_without_roles_nobody_can_tell() -> None:
    from qa.records import Speaker

    heard = call((Speaker.SPEAKER_1, THOU), (Speaker.SPEAKER_2, "بله"), language="fa")
    assert judged("register: {level: polite}", heard).verdict == "cannot tell"
