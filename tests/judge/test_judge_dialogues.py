"""Whole dialogues against the shipped scorecards: written ones in Persian, other people's in English."""

import json
import re
from collections import Counter

import pytest

from qa.judge import judge
from qa.records import Call, Speaker, Verdict
from qa.score import score
from qa.scorecard import default_scorecards
from tests.judge.calls import DIALOGUES, A, C, call, dialogue
from tests.shared import shared_data

EVERY = 4  # of other people's conversations: reading each sentence of all of them takes minutes
CARDS = {card.language: card for card in default_scorecards()}
NAMES = sorted(path.stem for path in DIALOGUES.glob("*.json") if ".expected" not in path.name)
SCORES = {
    "fa_bank_formal_good": (100.0, ()),
    "fa_shop_poor": (0.0, ("no_unrealistic_promise", "no_full_card_or_id_readout", "no_rude_words")),
    "fa_travel_warm": (99.0, ()),
}


@pytest.mark.parametrize("name", NAMES)
def test_verdicts_are_those_of_a_person(name: str) -> None:
    heard, measures, expected = dialogue(name)
    found = judge(CARDS[heard.transcript.language], heard, measures)
    assert {key: one.verdict.value for key, one in found.items()} == expected


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_is_in_its_utterance(name: str) -> None:
    heard, measures, _ = dialogue(name)
    texts = {utterance.id: utterance.text for utterance in heard.transcript.utterances}
    for one in judge(CARDS[heard.transcript.language], heard, measures).values():
        assert one.looked_for
        for evidence in one.evidence:
            assert evidence.utterance is None or evidence.quote in texts[evidence.utterance]


@pytest.mark.parametrize("name", SCORES)
def test_score(name: str) -> None:
    heard, measures, _ = dialogue(name)
    card = CARDS[heard.transcript.language]
    scoring = score(card, judge(card, heard, measures), None)
    assert (scoring.score, scoring.failed_by) == (pytest.approx(SCORES[name][0]), SCORES[name][1])


# what agents say every day and must never cost a call its score
HARMLESS = [
    ("en", "I can't guarantee it will be there tomorrow, but I promise to follow up."),
    ("en", "I promise I'll call you back today."),
    ("en", "The phone comes with a two year guarantee."),
    ("en", "Please don't feel stupid, it happens to everybody."),
    ("en", "Could you give me the last four digits of your card number?"),
    ("en", "Our IBAN is <IBAN>, please transfer to our account."),
    ("en", "Please sign in to your account on the website."),
    ("fa", "زمان دقیقش رو نمی‌تونم تضمین کنم، ولی قول می‌دم پیگیری کنم."),
    ("fa", "نمی‌تونم بگم که صد در صد تایید می‌شه."),
    ("fa", "این گوشی هجده ماه ضمانت داره."),
    ("fa", "متأسفانه شماره رو عوضی گرفتید."),
    ("fa", "با توجه به درک شما از موضوع عرض کردم."),
    ("fa", "شماره شبای شرکت <SHEBA> هست، لطفا به حساب ما واریز بفرمایید."),
    ("fa", "چهار رقم آخر کارتتون رو بفرمایید."),
    ("fa", "هزینه واکسن آبله چقدره؟"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), HARMLESS)
def test_no_false_critical_failure(language: str, text: str) -> None:
    heard = call((A, text), (C, "ok"), language=language)
    found = judge(CARDS[language], heard, ())
    failed = [
        one.key for one in CARDS[language].criteria if one.critical and found[one.key].verdict == "not met"
    ]
    assert failed == []


HARMFUL = [
    ("en", "I guarantee it will be approved.", "no_unrealistic_promise"),
    ("en", "You will definitely get a full refund.", "no_unrealistic_promise"),
    ("en", "You're such an idiot.", "no_rude_words"),
    ("en", "So your card is <CARD_NUMBER>, right?", "no_full_card_or_id_readout"),
    ("en", "Your current balance is 300 dollars.", "identity_check"),
    ("fa", "تضمین می‌کنم وامتون تایید بشه.", "no_unrealistic_promise"),
    ("fa", "قول می‌دم دیگه پیش نیاد.", "no_unrealistic_promise"),
    ("fa", "خیلی بی‌شعوری.", "no_rude_words"),
    ("fa", "کد ملی شما <NATIONAL_CODE> هست.", "no_full_card_or_id_readout"),
    ("fa", "موجودی حساب شما سیصد هزار تومان هست.", "identity_check"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "key"), HARMFUL)
def test_critical_failure_is_found(language: str, text: str, key: str) -> None:
    card = CARDS[language]
    scoring = score(card, judge(card, call((A, text), (C, "ok"), language=language), ()), None)
    assert key in scoring.failed_by
    assert scoring.score == 0


def _helpdesk() -> list[Call]:
    path = shared_data("E3_ms_ckm_contact_centre", "sample_processed_data.json")
    calls = []
    for one in json.loads(path.read_text(encoding="utf-8"))[::EVERY]:
        parts = re.split(r"\*{0,2}\b(Agent|Customer)\b[^:*]{0,20}:\*{0,2}", one["Content"])
        pairs = zip(parts[1::2], parts[2::2], strict=True)
        calls.append(call(*((Speaker(who.lower()), text.strip()) for who, text in pairs), times=False))
    return calls


def test_polite_helpdesk_calls_meet_the_opening_and_the_closing() -> None:
    calls = _helpdesk()
    met: Counter[str] = Counter()
    for heard in calls:
        for key, one in judge(CARDS["en"], heard, ()).items():
            met[key] += one.verdict is Verdict.MET
    print({key: f"{count}/{len(calls)}" for key, count in met.items()})
    for key in ("greeting", "own_name", "probing", "ownership", "further_help", "goodbye", "no_rude_words"):
        assert met[key] >= 0.95 * len(calls), key
    assert met["survey_announced"] == 0, "nobody announces a survey in these calls"


def test_real_chats_have_no_critical_failure() -> None:
    seen = 0
    for path in sorted(shared_data("E1_maia_dqe").glob("*_client_*.json")):
        for one in json.loads(path.read_text(encoding="utf-8"))[::EVERY]:
            said = [
                (A, " ".join(turn["text_src"]))
                if turn["floor"] == "outbound"
                else (C, " ".join(turn["text_mt"]))
                for turn in one["turns"]
            ]
            heard = call(*said, times=False)
            found = judge(CARDS["en"], heard, ())
            assert [
                c.key for c in CARDS["en"].criteria if c.critical and found[c.key].verdict == "not met"
            ] == []
            seen += 1
    assert seen >= 50 / EVERY
