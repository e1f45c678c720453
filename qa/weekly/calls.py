"""KPIs from the calls: scores, critical failures, conversation, how many were heard and reviewed."""

import polars as pl

from qa.analytics import headline
from qa.analytics.headline import Figure
from qa.analytics.weeks import counted, heard_by_week, week_of
from qa.records import CriticalKind
from qa.weekly.records import Inputs
from qa.weekly.series import of_counts, of_pairs

PASSED = "pass"
MEASURES = {
    "dead_air": "dead_air_seconds",
    "talk_share": "talk_share_agent",
    "interruptions": "interruptions_agent",
}


def figures(inputs: Inputs) -> dict[str, Figure]:
    """Figures of the counted calls by KPI."""
    calls, week, calendar = inputs.calls.lazy(), inputs.ask.week, inputs.ask.calendar
    found = {"quality": headline.quality(calls, week, calendar)}
    found["pass_share"] = _share(inputs, counted(calls), (pl.col("band") == PASSED).fill_null(value=False))
    found["no_failure"] = headline.no_failure(calls, week, calendar)
    for kind in CriticalKind:
        found[f"no_failure_{kind.value}"] = headline.no_failure(calls, week, calendar, (kind,))
    for key, column in MEASURES.items():
        found[key] = headline.measured(calls, column, week, calendar)
    hurt = pl.col("call_key").is_in(inputs.abusive["call_key"].implode())
    found["abuse"] = _share(inputs, counted(calls), hurt)
    found["reviewed"] = _share(inputs, counted(calls), _reviewed(inputs))
    heard = heard_by_week(calls, calendar).collect()
    found["heard"] = of_counts(dict(zip(heard["week"], heard["counted"], strict=True)), week)
    return found


def _share(inputs: Inputs, calls: pl.LazyFrame, good: pl.Expr) -> Figure:
    rows = (
        calls.group_by(week_of(inputs.ask.calendar).alias("week"))
        .agg(good.sum().cast(pl.Int64).alias("good"), pl.len().alias("n"))
        .sort("week")
        .collect()
    )
    return of_pairs({week: (hits, n) for week, hits, n in rows.iter_rows()}, inputs.ask.week)


def _reviewed(inputs: Inputs) -> pl.Expr:
    done = finished(inputs.reviews)["call_key"].unique()
    return pl.col("call_key").is_in(done.implode())


def finished(reviews: pl.DataFrame) -> pl.DataFrame:
    """Reviews that people finished, calibrations left out."""
    return reviews.filter((pl.col("kind") == "review") & (pl.col("state") == "finished"))
