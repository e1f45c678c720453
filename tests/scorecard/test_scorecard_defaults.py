"""The shipped scorecards, and what a scorecard holds once it is read."""

import re

import pytest
import yaml

from qa.judge import check_rules
from qa.records import CriticalKind
from qa.scorecard import (
    MeasureRule,
    PhraseRule,
    Scorecard,
    Window,
    default_scorecards,
    parse_phrase,
    parse_scorecard,
    shared_lexicons,
    with_lexicons,
)
from qa.scorecard.lexicons import LANGUAGE_WORDS
from qa.scorecard.read import FOLDER
from tests.scorecard.cards import CARD

KEYS = {
    "opening": {"greeting", "own_name", "identity_check"},
    "listening": {"no_interruption", "empathy"},
    "understanding": {"probing"},
    "resolution": {"ownership", "no_unrealistic_promise"},
    "communication": {"dead_air", "talk_balance", "hold_etiquette", "register"},
    "compliance": {"recording_notice", "no_full_card_or_id_readout", "no_rude_words"},
    "closing": {"recap_next_step", "further_help", "survey_announced", "goodbye"},
}
WEIGHTS = {
    "opening": 10,
    "listening": 20,
    "understanding": 10,
    "resolution": 30,
    "communication": 10,
    "compliance": 10,
    "closing": 10,
}
CRITICAL = {
    "identity_check": CriticalKind.COMPLIANCE,
    "no_unrealistic_promise": CriticalKind.COMPLIANCE,
    "no_full_card_or_id_readout": CriticalKind.COMPLIANCE,
    "no_rude_words": CriticalKind.CUSTOMER,
}
CARDS = {card.id: card for card in default_scorecards()}


def test_one_for_each_language() -> None:
    assert {card.id: card.language for card in default_scorecards()} == {
        "default-en": "en",
        "default-fa": "fa",
    }


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_canonical_keys_sections_and_criticals(card: Scorecard) -> None:
    assert {section.key: {one.key for one in section.criteria} for section in card.sections} == KEYS
    assert {section.key: section.weight for section in card.sections} == WEIGHTS
    assert {one.key: one.critical for one in card.criteria if one.critical} == CRITICAL
    assert (card.bands.pass_, card.bands.coach) == (85, 70)
    check_rules(card)


def test_criteria_are_named_alike_in_both() -> None:
    titles = [
        {one.key: one.title for one in card.criteria if one.key != "register"} for card in CARDS.values()
    ]
    assert titles[0] == titles[1]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_word_lists_are_rich(language: str) -> None:
    def forms(phrase: str) -> int:
        total = 0
        for parts in parse_phrase(phrase):
            count = 1
            for part in parts:
                count *= max(1, len(part.options))
            total += count
        return total

    thin = {
        name: sum(map(forms, phrases))
        for name, phrases in shared_lexicons(language).items()
        if name
        in {
            "greeting_words",
            "company_named",
            "own_name",
            "identity_asked",
            "empathy",
            "probing",
            "ownership",
        }
        | {"promise_hard", "hold_asked", "hold_thanked", "rude_words", "recap", "next_step", "further_help"}
        | {"survey", "goodbye", "recording_notice"}
    }
    assert len(thin) == 17
    assert min(thin.values()) >= 25, thin


def test_fields_become_rules() -> None:
    card = parse_scorecard(CARD, "small.yaml")
    greeting, balance = card.criteria
    assert isinstance(greeting.rule, PhraseRule)
    assert greeting.rule.phrases[0] == "hello"
    assert "greetings" in greeting.rule.phrases, "the shared list is written in"
    assert greeting.rule.window == Window("first", 30, None)
    assert balance.rule == MeasureRule("talk_share_agent", 0.35, 0.65)
    assert balance.applies_when == MeasureRule("longest_silence", 10, None)
    assert (balance.line, balance.critical) == (17, CriticalKind.BUSINESS)
    assert card.words.negators, "the phrase judge's words of the language come with the scorecard"


def test_own_word_list_stands_before_the_shared_one() -> None:
    text = CARD.replace("sections:", "lexicons:\n  greeting_words: [ahoy]\nsections:", 1)
    rule = parse_scorecard(text, "small.yaml").criteria[0].rule
    assert isinstance(rule, PhraseRule)
    assert rule.phrases == ("hello", "ahoy")


@pytest.mark.parametrize("name", ["default-en", "default-fa"])
def test_published_text_is_whole(name: str) -> None:
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    frozen = with_lexicons(text, name)
    named = set(re.findall(r"\$(\w+)", text))
    assert named | set(LANGUAGE_WORDS) == set(yaml.safe_load(frozen)["lexicons"])
    assert parse_scorecard(frozen, name) == CARDS[name]
    assert with_lexicons(frozen, name) == frozen, "nothing is left to write in"
