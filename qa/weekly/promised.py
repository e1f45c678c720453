"""Promises of a week: kept of those that fell due in it, overdue at its end."""

import polars as pl

from qa.analytics.headline import Figure
from qa.analytics.weeks import STEP, week_of
from qa.weekly.records import Inputs, Promised
from qa.weekly.series import of_counts, of_pairs

KEPT, BROKEN, OPEN = "kept", "broken", "open"


def figures(inputs: Inputs) -> dict[str, Figure]:
    """Kept of kept and broken, by the week they were due in (of the call, where no time was said), and how
    many were overdue at the end of each week.
    """
    week, due = inputs.ask.week, _due(inputs)
    n, state = pl.col("n"), pl.col("state")
    decided = (
        due.filter(state.is_in([KEPT, BROKEN]))
        .group_by("week")
        .agg(n.filter(state == KEPT).sum().alias("kept"), n.sum())
    )
    pairs = {first: (kept, every) for first, kept, every in decided.sort("week").iter_rows()}
    waiting = _number(due.filter((pl.col("week") == week) & (state == OPEN)))
    return {
        "promises_kept": of_pairs(pairs, week, missing=waiting),
        "promises_overdue": of_counts(_overdue(inputs), week),
    }


def promised(inputs: Inputs) -> Promised:
    """What was promised in the week, and what became of what fell due in it."""
    ask = inputs.ask
    made = inputs.promises.filter(pl.col("local_day").is_between(ask.week, ask.last))
    due = _due(inputs).filter(pl.col("week") == ask.week)
    count = {state: _number(due.filter(pl.col("state") == state)) for state in (KEPT, BROKEN, OPEN)}
    return Promised(
        made=_number(made),
        due=_number(due),
        kept=count[KEPT],
        broken=count[BROKEN],
        waiting=count[OPEN],
        overdue=_overdue(inputs).get(ask.week, 0),
        forbidden=_number(made.filter("forbidden")),
    )


def _due(inputs: Inputs) -> pl.DataFrame:
    day = pl.coalesce("due_day", "local_day").alias("local_day")
    return inputs.promises.with_columns(day).with_columns(week_of(inputs.ask.calendar).alias("week"))


def _overdue(inputs: Inputs) -> dict[int, int]:
    """Of every week with promises before its end: past their time then, and not yet closed."""
    timed = inputs.promises.filter(pl.col("due_day").is_not_null())
    if timed.is_empty():
        return {}
    counts = {}
    oldest = int(timed["local_day"].min())  # type: ignore[arg-type]
    for week, midnight in inputs.midnights.items():
        last = week + STEP - 1
        if last < oldest:
            continue
        still = (pl.col("state") == OPEN) | (pl.col("changed_day") > last)
        late = timed.filter((pl.col("due_day") <= last) & still)
        counts[week] = _number(late) if midnight <= inputs.now else int(timed["overdue"].sum())
    return counts


def _number(promises: pl.DataFrame) -> int:
    return int(promises["n"].sum())
