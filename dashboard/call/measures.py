"""The measures of a call beside the limits that its scorecard sets."""

from collections.abc import Iterable, Iterator
from typing import Any

from dashboard.data.scorecards import Scorecard
from dashboard.i18n import N_, _, duration, number, percent
from dashboard.words import MEASURES, word
from qa.records import Measurement
from qa.scorecard import MeasureRule
from qa.scorecard.model import AllRule, AnyRule, Rule

RATE = N_("{value} words/min")
SUMMARY = {
    "non_talk": N_("nobody speaks {value}"),
    "overlap": N_("both speak {value}"),
    "interruptions_agent": N_("interruptions by the agent: {value}"),
    "response_latency_median": N_("reply after {value} (median)"),
}


def measures(found: Iterable[Measurement], card: Scorecard | None) -> list[dict[str, Any]]:
    """One row a measure: name, value or the reason why there is none, limit, its first second."""
    limits = limit_rules(card)
    return [
        {
            "name": word(each.name),
            "value": "–" if each.value is None else shown(each.value, each.unit),
            "reason": "" if each.reason is None else word(each.reason),
            "limit": _limit(limits.get(each.name), each.unit),
            "outside": _outside(each.value, limits.get(each.name)),
            "at": each.evidence[0].start if each.evidence else None,
        }
        for each in found
        if each.name in MEASURES
    ]


def limit_rules(card: Scorecard | None) -> dict[str, MeasureRule]:
    """The limits of a scorecard by measure; a rule inside "not" sets none."""
    criteria = card.criteria if card else ()
    return {rule.name: rule for criterion in criteria for rule in _rules(criterion.rule)}


def shown(value: float, unit: str) -> str:
    """A value with its unit in words."""
    if unit == "share":
        return percent(value)
    if unit == "s":
        return duration(value, 1)
    if unit == "count":
        return number(value)
    return _(RATE, value=number(value))


def summary(found: Iterable[Measurement]) -> str:
    """The line under the timeline: what is known of silence, overlap, interruptions and answers."""
    by_name = {each.name: each for each in found if each.value is not None}
    known = [(text, by_name[name]) for name, text in SUMMARY.items() if name in by_name]
    return " · ".join(_(text, value=shown(each.value or 0.0, each.unit)) for text, each in known)


def _rules(rule: Rule) -> Iterator[MeasureRule]:
    if isinstance(rule, MeasureRule):
        yield rule
    elif isinstance(rule, AllRule | AnyRule):
        for inner in rule.rules:
            yield from _rules(inner)


def _limit(rule: MeasureRule | None, unit: str) -> str:
    if rule is None:
        return ""
    low = None if rule.low is None else shown(rule.low, unit)
    high = None if rule.high is None else shown(rule.high, unit)
    if low and high:
        return _("{low} to {high}", low=low, high=high)
    return _("at least {limit}", limit=low) if low else _("at most {limit}", limit=high)


def _outside(value: float | None, rule: MeasureRule | None) -> bool:
    if value is None or rule is None:
        return False
    return (rule.low is not None and value < rule.low) or (rule.high is not None and value > rule.high)
