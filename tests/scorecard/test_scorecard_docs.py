"""docs/scorecards.md is true: its example is read, and its arithmetic comes out."""

import re

import pytest

from qa.judge import check_rules, judge
from qa.records import Measurement, Verdict
from qa.redact import KINDS
from qa.score import score
from qa.scorecard import Scorecard, parse_scorecard
from qa.scorecard.forms import (
    AbuseForm,
    CriterionForm,
    LlmForm,
    MeasureForm,
    PhraseForm,
    RegisterForm,
    RuleForm,
    ScorecardForm,
    SentimentForm,
    SequenceForm,
)
from tests.judge.calls import A, C, call
from tests.shared import ROOT

TEXT = (ROOT / "docs" / "scorecards.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def example() -> Scorecard:
    found = re.search(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    assert found
    card = parse_scorecard(found[1], "docs")
    check_rules(card)
    return card


def test_example_call_has_the_printed_score(example: Scorecard) -> None:
    heard = call((A, "Hello, my name is Anna."), (C, "Where is the branch?"), (A, "In Main Street. Goodbye!"))
    found = judge(example, heard, (Measurement("talk_share_agent", 0.7, "share"),))
    scoring = score(example, found, None)
    rows = re.findall(r"^\| (\w+) \| \d+ \| \d+ \| ([a-z ]+) \| .*? \| .*?(\d+) \|", TEXT, re.MULTILINE)
    assert [(one.key, one.judgement.verdict, one.applied_weight) for one in scoring.criteria] == [
        (key, Verdict(verdict), pytest.approx(float(weight))) for key, verdict, weight in rows
    ]
    assert len(rows) == 5
    assert scoring.score == pytest.approx(77.5)
    assert scoring.band == "coach"
    assert [section.score for section in scoring.sections] == [1, 0.625]


@pytest.mark.parametrize(
    "form",
    [
        ScorecardForm,
        CriterionForm,
        RuleForm,
        PhraseForm,
        MeasureForm,
        SequenceForm,
        RegisterForm,
        AbuseForm,
        SentimentForm,
        LlmForm,
    ],
)
def test_every_field_is_described(form: type[ScorecardForm]) -> None:
    names = {info.alias or name for name, info in form.model_fields.items()}
    assert {name for name in names if f"`{name}" not in TEXT} == set()


def test_every_placeholder_is_listed() -> None:
    assert {kind for kind in KINDS if f"`{kind}`" not in TEXT} == set()
