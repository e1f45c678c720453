"""Judge ``measure``: whether a measure is within its limits."""

from qa.judge.case import Case
from qa.judge.contract import Decide, Finding, Judge
from qa.judge.wording import cannot_tell, measure_sought
from qa.records import Evidence, Measurement, Share, Verdict
from qa.scorecard import MeasureRule

SEPARATE = 0.95  # a channel for each side: times are as good as the voice activity
MIXED = 0.75  # sides told apart by their voices
MOST_EVIDENCE = 5


def _decide(rule: MeasureRule, case: Case, decide: Decide) -> Finding:
    del decide
    measured = case.measures.get(rule.name)
    sought = measure_sought(rule, measured, case.language)
    if measured is None or measured.value is None:
        reason = measured.reason if measured and measured.reason else "not measured"
        return Finding(Verdict.CANNOT_TELL, 0.0, (), cannot_tell(sought, reason, case.language))
    verdict = _verdict(rule, measured.value)
    return Finding(verdict, measure_confidence(case), _evidence(measured), sought)


def _verdict(rule: MeasureRule, value: float) -> Verdict:
    if within(value, rule.low, rule.high):
        return Verdict.MET
    if rule.partly_low is None and rule.partly_high is None:
        return Verdict.NOT_MET
    low = rule.low if rule.partly_low is None else rule.partly_low
    high = rule.high if rule.partly_high is None else rule.partly_high
    return Verdict.PARTLY if within(value, low, high) else Verdict.NOT_MET


def within(value: float, low: float | None, high: float | None) -> bool:
    """True between two limits, both included; ``None`` is no limit."""
    return (low is None or value >= low) and (high is None or value <= high)


def measure_confidence(case: Case) -> Share:
    """How far the times of a call can be trusted."""
    return SEPARATE if case.call.channels_separate else MIXED


def _evidence(measured: Measurement) -> tuple[Evidence, ...]:
    """The longest stretches that the measure was made from, in order of time."""
    longest = sorted(measured.evidence, key=lambda span: -span.length)[:MOST_EVIDENCE]
    return tuple(Evidence(None, "", span) for span in sorted(longest))


MEASURE = Judge("measure", 1, MeasureRule, _decide)
