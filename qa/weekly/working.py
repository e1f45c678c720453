"""The figures of a week, worked out once for the page, the report and the alerts."""

from dataclasses import replace

import numpy as np
import polars as pl

from qa.analytics.comments import CommentFigures, comment_figures
from qa.analytics.drivers import drivers
from qa.analytics.headline import Figure
from qa.weekly import about, calls, customers, explaining, promised
from qa.weekly.kpis import KPIS, Kind, Kpi
from qa.weekly.records import Inputs, Reading, Week, Why
from qa.weekly.series import nothing


def week_of(inputs: Inputs) -> Week:
    """Every KPI of the week with its course, and what stands around them."""
    running = inputs.today <= inputs.ask.last
    figures = _figures(inputs)
    why = _absent(inputs)
    readings = []
    for kpi in KPIS:
        figure = figures.get(kpi.key) or nothing(inputs.ask.week)
        target = inputs.targets.get(kpi.key)
        readings.append(Reading(kpi, _within(figure, kpi), target, why.get(kpi.key), running and kpi.grows))
    return Week(
        ask=inputs.ask,
        running=running,
        readings=tuple(readings),
        lost=about.lost(inputs),
        explained=explaining.explained(inputs),
        drivers=drivers(*inputs.answers),
        promised=promised.promised(inputs),
        comments=_comments(inputs),
        moved=explaining.moved(inputs),
        coached=explaining.coached(inputs),
        coverage=about.coverage(inputs),
        data=about.data_quality(inputs),
        marks=inputs.marks,
    )


def _figures(inputs: Inputs) -> dict[str, Figure]:
    found = calls.figures(inputs) | customers.surveyed(inputs) | customers.first_contact(inputs)
    found |= promised.figures(inputs)
    if isinstance(inputs.contacts, pl.DataFrame):
        found |= customers.telephone(inputs, inputs.contacts)
    if isinstance(inputs.comments, pl.DataFrame):
        found |= customers.commented(inputs, inputs.comments)
    return found


def _absent(inputs: Inputs) -> dict[str, Why]:
    found: dict[str, Why] = {}
    for keys, rows in ((customers.TELEPHONE, inputs.contacts), (customers.COMMENTS, inputs.comments)):
        if isinstance(rows, Why):
            found |= dict.fromkeys(keys, rows)
    return found


def _within(figure: Figure, kpi: Kpi) -> Figure:
    """Limits that a mean or a count cannot pass are drawn at the end of its range."""
    if kpi.kind not in (Kind.MEAN, Kind.COUNT):
        return figure
    chart = figure.chart
    ends = np.maximum(chart.lower, kpi.low), np.minimum(chart.upper, kpi.high)
    return replace(figure, chart=replace(chart, lower=ends[0], upper=ends[1]))


def _comments(inputs: Inputs) -> CommentFigures | None:
    if not isinstance(inputs.comments, pl.DataFrame):
        return None
    inside = inputs.comments.filter(pl.col("local_day").is_between(inputs.ask.week, inputs.ask.last))
    return comment_figures(inside.lazy(), inputs.now, inputs.reply_within)
