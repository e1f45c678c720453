"""Measures, combined rules, conditions and critical failures."""

from itertools import product

import pytest

from qa.judge import JUDGES
from qa.records import Evidence, Measurement, Reason, Span, Verdict
from tests.judge.calls import A, C, call, judged

HEARD = call((A, "yes maybe"), (C, "hm"))
BETWEEN = "measure: {name: talk_share_agent, between: [0.4, 0.6], partly_between: [0.2, 0.8]}"
MOST = "measure: {name: talk_share_agent, at_most: 1, partly_at_most: 3}"
LEAST = "measure: {name: talk_share_agent, at_least: 5}"

LIMITS = [
    # limits belong to the better side
    (BETWEEN, 0.4, Verdict.MET),
    (BETWEEN, 0.6, Verdict.MET),
    (BETWEEN, 0.39, Verdict.PARTLY),
    (BETWEEN, 0.8, Verdict.PARTLY),
    (BETWEEN, 0.81, Verdict.NOT_MET),
    (BETWEEN, 0.1, Verdict.NOT_MET),
    (MOST, 1, Verdict.MET),
    (MOST, 3, Verdict.PARTLY),
    (MOST, 4, Verdict.NOT_MET),
    (LEAST, 5, Verdict.MET),
    (LEAST, 4.9, Verdict.NOT_MET),
]


@pytest.mark.parametrize(("rule", "value", "verdict"), LIMITS)
def test_limits(rule: str, value: float, verdict: Verdict) -> None:
    measured = Measurement("talk_share_agent", value, "share", evidence=(Span(1, 2),))
    one = judged(rule, HEARD, (measured,))
    assert one.verdict is verdict
    assert one.evidence == (Evidence(None, "", Span(1, 2)),)
    assert one.rule == "measure/1"


def test_not_measurable_says_why() -> None:
    measured = Measurement("talk_share_agent", None, "share", Reason.NO_TIMES)
    one = judged(BETWEEN, HEARD, (measured,))
    assert one.verdict is Verdict.CANNOT_TELL
    assert one.looked_for.startswith("the transcript has no times. Looked for agent's talk share")
    assert judged(BETWEEN, HEARD).looked_for.startswith("this was not measured.")


def test_sentence_holds_limits_and_value() -> None:
    one = judged(BETWEEN, HEARD, (Measurement("talk_share_agent", 0.715, "share"),))
    assert one.looked_for == "agent's talk share between 40% and 60%; it is 71.5%"


RULES = {
    "met": "phrase: {phrases: ['yes']}",
    "partly": "phrase: {phrases: [absent], partly_any: [maybe]}",
    "not met": "phrase: {phrases: [absent]}",
    "cannot tell": "measure: {name: overlap, at_most: 1}",
}
ORDER = ["not met", "partly", "met"]


def kleene_all(*verdicts: str) -> str:
    if "not met" in verdicts:
        return "not met"
    if "cannot tell" in verdicts:
        return "cannot tell"
    return min(verdicts, key=ORDER.index)


def kleene_any(*verdicts: str) -> str:
    if "met" in verdicts:
        return "met"
    if "cannot tell" in verdicts:
        return "cannot tell"
    return max(verdicts, key=ORDER.index)


@pytest.mark.parametrize(("one", "two"), product(RULES, RULES))
def test_truth_table(one: str, two: str) -> None:
    both = f"[{{{RULES[one]}}}, {{{RULES[two]}}}]"
    assert judged(f"all: {both}", HEARD).verdict == kleene_all(one, two)
    assert judged(f"any: {both}", HEARD).verdict == kleene_any(one, two)


OPPOSITES = {"met": "not met", "partly": "partly", "not met": "met", "cannot tell": "cannot tell"}


@pytest.mark.parametrize(("inner", "outer"), OPPOSITES.items())
def test_opposite(inner: str, outer: str) -> None:
    one = judged(f"not: {{{RULES[inner]}}}", HEARD)
    assert one.verdict == outer
    assert (one.rule, bool(one.evidence)) == ("not/1", inner in ("met", "partly"))


SOME = [
    # one of two is enough for partly
    (("met", "not met"), "partly"),
    (("partly", "not met"), "partly"),
    (("not met", "not met"), "not met"),
    (("not met", "cannot tell"), "cannot tell"),
    (("met", "cannot tell"), "cannot tell"),
    (("met", "met"), "met"),
]


@pytest.mark.parametrize(("pair", "verdict"), SOME)
def test_some_are_partly(pair: tuple[str, str], verdict: str) -> None:
    rule = f"all: [{{{RULES[pair[0]]}}}, {{{RULES[pair[1]]}}}], partly_from: 1"
    assert judged(rule, HEARD).verdict == verdict


APPLIES = {"met": "not met", "partly": "not met", "not met": "not applicable", "cannot tell": "cannot tell"}


@pytest.mark.parametrize(("condition", "verdict"), APPLIES.items())
def test_applies_when(condition: str, verdict: str) -> None:
    one = judged(RULES["not met"], HEARD, extra=f", applies_when: {{{RULES[condition]}}}")
    assert one.verdict == verdict
    assert one.rule == "phrase/1"
    assert (verdict == "not applicable") == one.looked_for.startswith("applies only with:")


@pytest.mark.parametrize(("confidence", "verdict"), [(0.59, "cannot tell"), (0.61, "not met")])
def test_unsure_critical_failure_is_left_to_people(confidence: float, verdict: str) -> None:
    rude = "not: {phrase: {phrases: [idiot]}}"
    heard = call((A, "you idiot"), confidence=confidence)
    assert judged(rude, heard).verdict == "not met"
    one = judged(rude, heard, extra=", critical: customer")
    assert one.verdict == verdict
    assert [evidence.quote for evidence in one.evidence] == ["idiot"], "people see what was heard"


def test_judges_are_named_and_versioned() -> None:
    names = ["phrase", "measure", "all", "any", "not", "sequence", "register"]
    assert {f"{name}/1" for name in names} <= {judge.label for judge in JUDGES}
    assert len({judge.handles for judge in JUDGES}) == len(JUDGES)
