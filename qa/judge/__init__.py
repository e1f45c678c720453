"""Judges decide a scorecard's criteria for one call, each verdict with its evidence.

A judge is one file here and one entry in ``JUDGES``; the rule's name in the scorecard chooses it.
"""

from qa.judge.abuse import ABUSE
from qa.judge.case import Case, open_case
from qa.judge.check import check_rules
from qa.judge.combine import ALL, ANY, NOT
from qa.judge.compiled import below
from qa.judge.contract import Finding, Judge
from qa.judge.criteria import judge_criterion
from qa.judge.example import EXAMPLE
from qa.judge.llm import LLM
from qa.judge.measure import MEASURE
from qa.judge.phrase import PHRASE
from qa.judge.register import REGISTER
from qa.judge.sentiment import SENTIMENT
from qa.judge.sequence import SEQUENCE
from qa.records import Call, Judgement, Measurement
from qa.scorecard import ExampleRule, Rule, Scorecard

__all__ = ["JUDGES", "Judge", "check_rules", "judge", "label_of"]

JUDGES: tuple[Judge, ...] = (
    PHRASE,
    MEASURE,
    EXAMPLE,
    ALL,
    ANY,
    NOT,
    SEQUENCE,
    REGISTER,
    ABUSE,
    SENTIMENT,
    LLM,
)
_BY_RULE = {judge.handles: judge for judge in JUDGES}


def judge(scorecard: Scorecard, call: Call, measures: tuple[Measurement, ...]) -> dict[str, Judgement]:
    """A judgement for every criterion of the scorecard, by its key, in the scorecard's order."""
    case = open_case(scorecard, call, measures)
    labels = case.ready.labels
    if not labels:
        labels |= {criterion.key: label_of(criterion.rule) for criterion in scorecard.criteria}
    return {
        criterion.key: judge_criterion(criterion, case, _decide, labels[criterion.key])
        for criterion in case.ready.scorecard.criteria
    }


def label_of(rule: Rule) -> str:
    """The judge with its version, and the sets of examples behind it: ``any/1 empathy@1f0c9a``."""
    sets = {inner.examples for inner in below(rule) if isinstance(inner, ExampleRule)}
    names = sorted(f"{one.name}@{one.key[:6]}" for one in sets)
    return " ".join((_BY_RULE[type(rule)].label, *names))


def _decide(rule: Rule, case: Case) -> Finding:
    return _BY_RULE[type(rule)].decide(rule, case, _decide)
