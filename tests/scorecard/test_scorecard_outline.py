"""What a scorecard is worth point by point, criteria switched off, fields changed, versions compared."""

import pytest

from qa.errors import InvalidScorecard
from qa.records import Judgement, Verdict
from qa.score import score
from qa.scorecard import default_scorecards, difference, outline, parse_scorecard, shipped_texts
from qa.scorecard.edit import renamed, with_fields
from tests.scorecard.cards import CARD

GREETING, BALANCE = ("sections", 0, "criteria", 0), ("sections", 0, "criteria", 1)


@pytest.mark.parametrize("card", default_scorecards(), ids=lambda card: card.id)
def test_shares_are_the_applied_weights_of_a_call_in_which_all_counts(card: object) -> None:
    text = shipped_texts()[card.id]
    met = Judgement(Verdict.MET, 1.0, (), "phrase/1", "")
    scored = score(card, {one.key: met for one in card.criteria}, None)
    shares = {one.key: one.share for one in outline(text, card.id).criteria}
    assert shares == pytest.approx({one.key: one.applied_weight for one in scored.criteria})
    assert sum(shares.values()) == pytest.approx(100)


def test_a_criterion_that_is_off_is_kept_and_not_judged() -> None:
    text = with_fields(CARD, "small", {(*GREETING, "enabled"): False})
    assert [one.key for one in parse_scorecard(text, "small").criteria] == ["balance"]
    shown = outline(text, "small")
    assert [(one.key, one.enabled, one.share) for one in shown.criteria] == [
        ("greeting", False, 0.0),
        ("balance", True, 100.0),
    ]
    on = with_fields(text, "small", {(*GREETING, "enabled"): None})
    assert parse_scorecard(on, "small") == parse_scorecard(CARD, "small")
    with pytest.raises(InvalidScorecard, match="weights that sum to 0"):
        parse_scorecard(with_fields(text, "small", {(*BALANCE, "enabled"): False}), "small")


CHANGES = [
    ({(*GREETING, "weight"): 5}, {"greeting": ("weight", "share"), "balance": ("share",)}, ()),
    ({(*GREETING, "title", "fa"): "سلام"}, {"greeting": ("title",)}, ()),
    ({(*BALANCE, "critical"): None}, {"balance": ("critical",)}, ()),
    ({(*BALANCE, "applies_when"): None}, {"balance": ("applies_when",)}, ()),
    ({(*BALANCE, "rule", "measure", "between"): [0.3, 0.6]}, {"balance": ("rule",)}, ()),
    ({("lexicons",): {"greeting_words": ["ahoy"]}}, {"greeting": ("words",)}, ()),  # the list behind a rule
    ({("bands", "pass"): 90}, {}, ("bands",)),
    ({("sections", 0, "weight"): 20}, {}, ("sections",)),  # the only section: no share changes
    ({("title", "en"): "Tiny"}, {}, ("title",)),
    ({("version",): 2}, {}, ()),
]


@pytest.mark.parametrize(("fields", "wanted", "parts"), CHANGES)
def test_differences(fields: dict, wanted: dict, parts: tuple[str, ...]) -> None:
    found = difference(outline(CARD, "a"), outline(with_fields(CARD, "a", fields), "a"))
    assert {change.key: change.what for change in found.changes} == wanted
    assert found.parts == parts


def test_added_and_taken_out() -> None:
    other = with_fields(CARD, "a", {(*BALANCE, "key"): "balance_2"})
    found = difference(outline(CARD, "a"), outline(other, "a"))
    assert [(one.key, one.before is None, one.after is None) for one in found.changes] == [
        ("balance_2", True, False),
        ("balance", False, True),
    ]


def test_a_copy_under_another_name() -> None:
    card = parse_scorecard(renamed(CARD, "small", "bank-2", 4), "bank-2")
    assert (card.id, card.version, card.criteria) == ("bank-2", 4, parse_scorecard(CARD, "a").criteria)
    with pytest.raises(InvalidScorecard, match="has no place"):
        with_fields(CARD, "small", {("sections", 7, "weight"): 1})
