"""Figures of public comments: first reply, answered in time, recovered, mean sentiment (FIELD.md §5)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl

from qa.analytics.intervals import Estimate, mean, median, share

TARGET = timedelta(hours=2)
"""The default of FIELD.md §5."""


@dataclass(frozen=True, slots=True)
class CommentFigures:
    """What the comments of a stretch of time add up to.

    Attributes:
        first_reply: median minutes from posting to the first reply, of those replied to.
        in_time: share replied to within the target; those that still have time are left out.
        recovered: share of negative comments that were later thanked or resolved.
        sentiment: mean sentiment, -1 to 1.
        waiting, late: how many wait for a first reply, and how many of them past the target.
    """

    first_reply: Estimate
    in_time: Estimate
    recovered: Estimate
    sentiment: Estimate
    waiting: int
    late: int


def comment_figures(rows: pl.LazyFrame, now: datetime, target: timedelta) -> CommentFigures:
    """Figures of ``rows``: ``posted_at, first_reply, replied, recovered, aside, label, score``.

    Comments that are set ``aside`` stay out of the waiting ones and of the share in time; a reply without a
    known time counts as a reply and not as one in time or late.
    """
    wait = pl.col("first_reply") - pl.col("posted_at")
    spent = pl.lit(now, pl.Datetime("us", "UTC")) - pl.col("posted_at")
    late = ~pl.col("replied") & (spent > target)
    waiting = ~pl.col("replied") & ~pl.col("recovered") & ~pl.col("aside")
    frame = rows.with_columns(
        wait.alias("wait"), late.alias("late"), waiting.alias("waiting"), (wait <= target).alias("timely")
    ).collect()
    waits = frame["wait"].drop_nulls()
    told = frame.filter(~pl.col("aside") & (pl.col("late") | pl.col("wait").is_not_null()))
    negative = frame.filter(pl.col("label") == "negative")
    return CommentFigures(
        first_reply=median(waits.dt.total_seconds().to_numpy() / 60),
        in_time=share(int(told["timely"].fill_null(value=False).sum()), told.height),
        recovered=share(int(negative["recovered"].sum()), negative.height),
        sentiment=mean(frame["score"].drop_nulls().to_numpy()),
        waiting=int(frame["waiting"].sum()),
        late=int((frame["waiting"] & frame["late"]).sum()),
    )
