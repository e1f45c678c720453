"""Figures of public comments: first reply, answered in time, recovered, mean sentiment (FIELD.md §5)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import polars as pl

from qa.analytics.intervals import Estimate, mean, median, share
from qa.analytics.samples import Sample

TARGET = timedelta(hours=2)
"""The default of FIELD.md §5."""
MINUTE = 60_000_000  # microseconds


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


def comment_cells(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Comments (``posted_at, first_reply, replied, score`` …) with the columns of ``qa.cells.COMMENT_CELLS``
    that figures are made of beside their own; cells stay as they are.
    """
    if "n" in rows.collect_schema():
        return rows
    posted, score = pl.col("posted_at"), pl.col("score")
    return rows.with_columns(
        pl.lit(1, pl.Int64).alias("n"),
        (pl.col("first_reply") - posted).dt.total_microseconds().alias("wait"),
        pl.when(~pl.col("replied")).then(posted).alias("waiting_since"),
        score.is_not_null().cast(pl.Int64).alias("score_n"),
        score.fill_null(0.0).alias("score_sum"),
        (score.fill_null(0.0) ** 2).alias("score_squares"),
    )


def late(now: datetime, target: timedelta) -> pl.Expr:
    """True of cells of comments that nobody replied to within the target, and nobody has yet."""
    spent = pl.lit(now, pl.Datetime("us", "UTC")) - pl.col("waiting_since")
    return ~pl.col("replied") & (spent > target).fill_null(value=False)


def timely(target: timedelta) -> pl.Expr:
    """True of cells of comments whose first reply came within the target."""
    return (pl.col("wait") <= target // timedelta(microseconds=1)).fill_null(value=False)


def comment_figures(rows: pl.LazyFrame, now: datetime, target: timedelta) -> CommentFigures:
    """Figures of ``rows``: ``posted_at, first_reply, replied, recovered, aside, label, score``, or of cells
    of comments (``qa.cells.COMMENT_CELLS``).

    Comments that are set ``aside`` stay out of the waiting ones and of the share in time; a reply without a
    known time counts as a reply and not as one in time or late.
    """
    cells, n = comment_cells(rows), pl.col("n").cast(pl.Int64)
    overdue, kept, stays = late(now, target), timely(target), ~pl.col("aside")
    told = stays & (overdue | pl.col("wait").is_not_null())
    waiting, negative = stays & ~pl.col("replied") & ~pl.col("recovered"), pl.col("label") == "negative"
    # Each figure takes its own columns: three years of comments are a hundred megabytes as one table.
    counts = _numbers(cells, {
        "told": told, "timely": told & kept, "negative": negative,
        "recovered": negative & pl.col("recovered"), "waiting": waiting, "late": waiting & overdue,
    })  # fmt: skip
    waits = cells.select("wait", n).drop_nulls("wait").collect()
    return CommentFigures(
        first_reply=median(np.repeat(waits["wait"].to_numpy() / MINUTE, waits["n"].to_numpy())),
        in_time=share(counts["timely"], counts["told"]),
        recovered=share(counts["recovered"], counts["negative"]),
        sentiment=mean(sentiment(cells.select("score_n", "score_sum", "score_squares").collect())),
        waiting=counts["waiting"],
        late=counts["late"],
    )


def _numbers(cells: pl.LazyFrame, which: dict[str, pl.Expr]) -> dict[str, int]:
    """How many comments are in each of these."""
    n = pl.col("n").cast(pl.Int64)
    found = cells.select(n.filter(inside).sum().alias(name) for name, inside in which.items()).collect()
    return {name: int(found[name].item()) for name in which}


def sentiment(frame: pl.DataFrame) -> Sample:
    """How the comments of cells feel, -1 to 1."""
    n, total, squares = (frame[f"score_{part}"] for part in ("n", "sum", "squares"))
    if bool((n <= 1).all()):
        return Sample.of(total.filter(n > 0).to_numpy())
    return Sample.of_sums(int(n.sum()), float(total.sum()), float(squares.sum()))
