"""One thing before another: order, distance, what is asked of which side, and what nobody can know."""

import pytest

from qa.judge import check_rules, judge
from qa.records import Measurement, Reason, Span, Verdict
from qa.scorecard import default_scorecards
from tests.judge.calls import A, C, call, card, judged

HOLD, DONE = "phrase: {phrases: [one moment]}", "phrase: {phrases: [refunded]}"
ANGRY, SORRY = "phrase: {speaker: customer, phrases: [terrible]}", "phrase: {phrases: [sorry]}"
SILENCE = "measure: {name: longest_silence, at_least: 10}"
BEFORE = f"sequence: {{first: {{{HOLD}}}, then: {{{DONE}}}}}"
NEAR = f"sequence: {{first: {{{ANGRY}}}, then: {{{SORRY}}}, needs: then, within: {{turns: 1}}}}"
SOON = f"sequence: {{first: {{{ANGRY}}}, then: {{{SORRY}}}, needs: then, within: {{seconds: 5}}}}"
EACH = f"sequence: {{first: {{{HOLD}}}, then: {{{DONE}}}, within: {{turns: 0}}, partly_from: 1}}"

BOTH = ["one moment", "refunded", "refunded"]
TALKS = [
    # the asking side never happens
    (BEFORE, [(A, "one moment"), (C, "ok")], "not applicable", []),
    (NEAR, [(A, "sorry"), (C, "fine")], "not applicable", []),
    # order, also inside one line
    (BEFORE, [(A, "one moment"), (C, "ok"), (A, "it is refunded")], "met", ["one moment", "refunded"]),
    (BEFORE, [(A, "one moment and it is refunded")], "met", ["one moment", "refunded"]),
    (BEFORE, [(A, "it is refunded one moment ago")], "not met", ["refunded"]),
    (BEFORE, [(A, "refunded"), (C, "ok"), (A, "one moment, refunded")], "not met", ["refunded"]),
    # distance in turns: the answer is one turn away
    (NEAR, [(C, "terrible"), (A, "so sorry")], "met", ["terrible", "sorry"]),
    (NEAR, [(C, "terrible"), (A, "yes?"), (C, "well"), (A, "sorry")], "not met", ["terrible"]),
    (NEAR, [(A, "sorry"), (C, "terrible"), (A, "yes")], "not met", ["terrible"]),
    # distance in seconds: lines are 10 s apart and 8 s long
    (SOON, [(C, "terrible"), (A, "sorry")], "met", ["terrible", "sorry"]),
    (SOON, [(C, "terrible"), (A, "hm"), (A, "sorry")], "not met", ["terrible"]),
    # each one is asked; some are enough for partly
    (EACH, [(A, "one moment refunded"), (C, "and"), (A, "refunded")], "partly", BOTH),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "said", "verdict", "quotes"), TALKS)
def test_order_and_distance(rule: str, said: list, verdict: str, quotes: list[str]) -> None:  # type: ignore[type-arg]
    found = judged(rule, call(*said))
    assert found.verdict == verdict
    assert [piece.quote for piece in found.evidence] == quotes
    assert found.rule == "sequence/1"


def silence(at: float, length: float = 12.0) -> Measurement:
    return Measurement("longest_silence", length, "s", evidence=(Span(at, at + length),))


HELD = f"sequence: {{first: {{{HOLD}}}, then: {{{SILENCE}}}, within: {{seconds: 4}}}}"
SAID = [(A, "hello"), (C, "hi"), (A, "one moment"), (C, "thanks")]  # the agent ends at 28 s
SILENCES = [
    (silence(28.0), "met", "at once"),
    (silence(32.0), "met", "on the limit"),
    (silence(32.5), "not met", "too late for it"),
    (silence(8.0), "not met", "before it was announced"),
    (silence(8.0, 9.9), "not applicable", "too short to be one"),
    (Measurement("longest_silence", None, "s", Reason.NO_TIMES), "cannot tell", "not measurable"),
]


@pytest.mark.parametrize(("measured", "verdict", "why"), SILENCES)
def test_a_silence_is_a_happening(measured: Measurement, verdict: str, why: str) -> None:
    found = judged(HELD, call(*SAID), (measured,))
    assert found.verdict == verdict, why
    if verdict == "met":
        assert found.evidence[0].quote == "one moment"
        assert found.evidence[1].span == measured.evidence[0]


def test_seconds_need_times() -> None:
    assert judged(SOON, call((C, "terrible"), (A, "sorry"), times=False)).verdict == "cannot tell"
    assert judged(NEAR, call((C, "terrible"), (A, "sorry"), times=False)).verdict == "met"


def test_a_badly_heard_side_proves_nothing() -> None:
    assert judged(BEFORE, call((A, "refunded"), confidence=0.4)).verdict == "cannot tell"


def test_rules_about_rules_leave_out_what_does_not_apply() -> None:
    yes, no = "phrase: {phrases: [hello]}", "phrase: {phrases: [zebra]}"
    heard = call((A, "hello"), (C, "hi"))
    assert judged(f"all: [{{{BEFORE}}}, {{{yes}}}]", heard).verdict == "met"
    assert judged(f"any: [{{{BEFORE}}}, {{{no}}}]", heard).verdict == "not met"
    assert judged(f"all: [{{{BEFORE}}}]", heard).verdict == "not applicable"
    assert judged(f"not: {{{BEFORE}}}", heard).verdict == "not applicable"
    assert judged(yes, heard, extra=f", applies_when: {{{BEFORE}}}").verdict == "not applicable"


def test_names_inside_are_checked() -> None:
    with pytest.raises(Exception, match="longest_silance; did you mean longest_silence"):
        check_rules(card(HELD.replace("longest_silence", "longest_silance")))


BALANCE, BIRTH = "Your current balance is 300 dollars.", "What is your date of birth?"
MANDE = "موجودی حساب شما سیصد هزار تومان هست."
IDENTITY = [
    ("en", [(A, BALANCE), (C, "ok"), (A, BIRTH)], "not met"),
    ("en", [(A, BIRTH), (C, "1980"), (A, BALANCE)], "met"),
    ("fa", [(A, MANDE), (C, "ممنون"), (A, "کد ملیتون؟")], "not met"),
    ("fa", [(A, "لطفا کد ملیتون رو بفرمایید."), (C, "بله"), (A, MANDE)], "met"),
    ("fa", [(A, "سلام"), (C, "سلام")], "not applicable"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "said", "verdict"), IDENTITY)
def test_identity_comes_before_account_data(language: str, said: list, verdict: str) -> None:  # type: ignore[type-arg]
    shipped = next(one for one in default_scorecards() if one.language == language)
    found = judge(shipped, call(*said, language=language), ())["identity_check"]
    assert found.verdict == Verdict(verdict)
