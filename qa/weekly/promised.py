"""Promises of a week: kept of those that fell due in it, overdue at its end."""

import polars as pl

from qa.analytics.headline import Figure
from qa.analytics.weeks import week_of
from qa.weekly.records import Inputs, Promised
from qa.weekly.series import of_counts, of_pairs

KEPT, BROKEN, OPEN = "kept", "broken", "open"


def figures(inputs: Inputs) -> dict[str, Figure]:
    """Kept of kept and broken, by the week they were due in (of the call, where no time was said), and how
    many were overdue at the end of each week.
    """
    week, due = inputs.ask.week, _due(inputs)
    decided = (
        due.filter(pl.col("state").is_in([KEPT, BROKEN]))
        .group_by("week")
        .agg((pl.col("state") == KEPT).sum().cast(pl.Int64).alias("kept"), pl.len().alias("n"))
    )
    pairs = {first: (kept, n) for first, kept, n in decided.sort("week").iter_rows()}
    waiting = due.filter((pl.col("week") == week) & (pl.col("state") == OPEN)).height
    return {
        "promises_kept": of_pairs(pairs, week, missing=waiting),
        "promises_overdue": of_counts(_overdue(inputs), week),
    }


def promised(inputs: Inputs) -> Promised:
    """What was promised in the week, and what became of what fell due in it."""
    ask = inputs.ask
    made = inputs.promises.filter(pl.col("made").is_between(ask.week, ask.last))
    due = _due(inputs).filter(pl.col("week") == ask.week)
    count = {state: due.filter(pl.col("state") == state).height for state in (KEPT, BROKEN, OPEN)}
    return Promised(
        made=made.height,
        due=due.height,
        kept=count[KEPT],
        broken=count[BROKEN],
        waiting=count[OPEN],
        overdue=_overdue(inputs).get(ask.week, 0),
        forbidden=int(made["forbidden"].sum()),
    )


def _due(inputs: Inputs) -> pl.DataFrame:
    day = pl.coalesce("due", "made").alias("local_day")
    return inputs.promises.with_columns(day).with_columns(week_of(inputs.ask.calendar).alias("week"))


def _overdue(inputs: Inputs) -> dict[int, int]:
    """Of every week with promises before its end: past their time then, and not yet closed."""
    timed = inputs.promises.filter(pl.col("due_at").is_not_null())
    if timed.is_empty():
        return {}
    counts = {}
    oldest = int(timed["made"].min())  # type: ignore[arg-type]
    for week, midnight in inputs.midnights.items():
        if week + 6 < oldest:
            continue
        end = pl.lit(min(midnight, inputs.now), pl.Datetime("us", "UTC"))
        still = (pl.col("state") == OPEN) | (pl.col("changed_at") >= end)
        counts[week] = timed.filter((pl.col("due_at") < end) & still).height
    return counts
