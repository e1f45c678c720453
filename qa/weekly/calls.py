"""KPIs from the calls: scores, critical failures, conversation, how many were heard and reviewed."""

import polars as pl

from qa.analytics import headline
from qa.analytics.cells import cells
from qa.analytics.headline import Figure
from qa.analytics.weeks import heard_by_week, week_of
from qa.records import CriticalKind
from qa.weekly.records import Inputs
from qa.weekly.series import of_counts, of_pairs

MEASURES = {
    "dead_air": "dead_air_seconds",
    "talk_share": "talk_share_agent",
    "interruptions": "interruptions_agent",
}


def figures(inputs: Inputs) -> dict[str, Figure]:
    """Figures of the counted calls by KPI."""
    calls, week, calendar = cells(inputs.calls.lazy()), inputs.ask.week, inputs.ask.calendar
    found = {"quality": headline.quality(calls, week, calendar)}
    heard = heard_by_week(calls, calendar).collect()
    counted = {first: n for first, n in heard.select("week", "counted").iter_rows() if n}
    passed = calls.filter(pl.col("band_pass") > 0).select("local_day", n="band_pass").collect()
    found["pass_share"] = _share(inputs, passed, counted)
    found["no_failure"] = headline.no_failure(calls, week, calendar)
    for kind in CriticalKind:
        found[f"no_failure_{kind.value}"] = headline.no_failure(calls, week, calendar, kind)
    for key, column in MEASURES.items():
        found[key] = headline.measured(calls, column, week, calendar)
    found["abuse"] = _share(inputs, inputs.marked.select("local_day", n="abusive"), counted)
    found["reviewed"] = _share(inputs, inputs.marked.select("local_day", n="reviewed"), counted)
    found["heard"] = of_counts(dict(zip(heard["week"], heard["counted"], strict=True)), week)
    return found


def _share(inputs: Inputs, good: pl.DataFrame, counted: dict[int, int]) -> Figure:
    """Of the counted calls of each week, those in ``good`` (``local_day, n``)."""
    weekly = good.group_by(week_of(inputs.ask.calendar).alias("week")).agg(pl.col("n").sum())
    hits = dict(weekly.iter_rows())
    return of_pairs({week: (hits.get(week, 0), n) for week, n in counted.items()}, inputs.ask.week)
