"""What the pages of one agent say of a figure."""

import numpy as np

from dashboard.call.measures import shown
from dashboard.i18n import _, interval, ngettext, number, percent
from dashboard.overview.tiles import SIGNALS
from qa.analytics.headline import Figure
from qa.analytics.intervals import Estimate
from qa.analytics.person import Change, Measured, Stand

UNITS = {
    "talk_share_agent": "share",
    "dead_air_seconds": "s",
    "dead_air_count": "count",
    "non_talk": "share",
    "interruptions_agent": "count",
    "response_latency_p90": "s",
    "overlap": "share",
    "speech_rate_agent": "words/min",
}
CRITERIA = {
    "talk_share_agent": "talk_balance",
    "dead_air_seconds": "dead_air",
    "dead_air_count": "dead_air",
    "interruptions_agent": "no_interruption",
}
"""The criterion that a measure decides: its lost points are the calls behind the measure."""


def signal_words(figure: Figure) -> str:
    """The newest whole week in a few words."""
    if not figure.chart.ready:
        return _("Too few weeks for limits.")
    rule = SIGNALS.get(figure.chart.last)
    return _(rule) if rule else _("Within normal variation.")


def course_words(figure: Figure) -> str:
    """What the newest whole week says in the agent's own chart."""
    chart = figure.chart
    if not chart.ready:
        return _("Too few weeks for limits yet: twelve with calls are needed.")
    last = float(chart.values[-1])
    if np.isnan(last):
        return _("No scored calls last week.")
    return _(
        "{rule} Last week {value}, mean of the weeks before {mean}.",
        rule=signal_words(figure),
        value=number(last, 1),
        mean=number(chart.centre, 1),
    )


def sure(one: Estimate, scale: float = 1.0, places: int = 0) -> str:
    """The interval in words; empty where there is none."""
    if one.low is None or one.high is None:
        return ""
    return interval(one.low * scale, one.high * scale, places)


def counted(n: int) -> str:
    """How many calls."""
    return ngettext("{count} call", "{count} calls", n)


def verdicts(n: int) -> str:
    """How many verdicts."""
    return ngettext("{count} verdict", "{count} verdicts", n)


def stand_words(one: Stand, title: str) -> str:
    """A criterion against the others, whole: what the pointer says."""
    met = _(
        "{criterion}: met {share} ({interval}), {n}",
        criterion=title,
        share=percent(one.met.value or 0.0),
        interval=sure(one.met, 100),
        n=verdicts(one.met.n),
    )
    if one.gap.value is None:
        return met
    points = number(one.gap.value, 1, signed=True)
    gap = _("{points} points from the mean ({interval})", points=points, interval=sure(one.gap, 1, 1))
    return f"{met} · {gap}"


def change_words(one: Change) -> str:
    """A criterion in the newest weeks against those before."""
    return _(
        "met {now}, before {before}: {points} points ({interval}) · {n} and {m}",
        now=percent(one.now.value or 0.0),
        before=percent(one.before.value or 0.0),
        points=number(100 * (one.gap.value or 0.0), signed=True),
        interval=sure(one.gap, 100),
        n=verdicts(one.now.n),
        m=number(one.before.n),
    )


def measure_value(one: Measured) -> str:
    """The mean with its unit; a dash without any."""
    if one.mean.value is None:
        return "–"
    unit = UNITS[one.name]
    return number(one.mean.value, 1) if unit == "count" else shown(one.mean.value, unit)


def measure_words(one: Measured) -> str:
    """Interval, calls, limit, and how many calls are past it."""
    scale, places = (100.0, 0) if UNITS[one.name] == "share" else (1.0, 1)
    parts = [sure(one.mean, scale, places), counted(one.mean.n)]
    if one.missing:
        parts.append(_("{count} not measurable", count=number(one.missing)))
    if one.beyond is not None and one.beyond.value is not None:
        parts.append(
            _(
                "limit {limit}: {share} of calls past it ({interval})",
                limit=limit_words(one),
                share=percent(one.beyond.value),
                interval=sure(one.beyond, 100),
            )
        )
    return " · ".join(part for part in parts if part)


def limit_words(one: Measured) -> str:
    """The limit of a measure."""
    unit = UNITS[one.name]
    low = None if one.low is None else shown(one.low, unit)
    high = None if one.high is None else shown(one.high, unit)
    if low and high:
        return _("{low} to {high}", low=low, high=high)
    return _("at least {limit}", limit=low) if low else _("at most {limit}", limit=high)
