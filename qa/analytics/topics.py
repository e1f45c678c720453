"""Topics by sentiment and volume: which of them pull the mean down, and by how much (FIELD.md §3)."""

from dataclasses import dataclass

import polars as pl

from qa.analytics.comments import sentiment
from qa.analytics.intervals import Estimate, mean, share
from qa.analytics.themes import BETWEEN, NONE

FEWEST, SHARE = 30, 0.02
"""An impact is shown from so many comments and this share of the volume on."""


@dataclass(frozen=True, slots=True)
class Topic:
    """``impact`` is (mean sentiment of the topic - of all) · n; ``None`` below the gates."""

    key: str
    count: int
    sentiment: Estimate
    negative: Estimate
    impact: float | None


def topics(said: pl.LazyFrame) -> tuple[Topic, ...]:
    """Topics of comments, the most comments first.

    ``said`` are cells of comments (``qa.cells.COMMENT_CELLS``); a comment that was read and has no aspect is
    one of ``NONE``; those that are hidden or not read count for the mean of all alone.
    """
    table = said.filter(pl.col("score_n") > 0).collect()
    named = table.filter(pl.col("read") & ~pl.col("hidden"))
    split = named.with_columns(pl.col("aspects").cast(pl.String).fill_null(NONE).str.split(BETWEEN))
    baseline, volume = mean(sentiment(table)).value, int(table["score_n"].sum())
    parts = split.explode("aspects").partition_by("aspects", as_dict=True)
    found = [_topic(str(key), part, baseline, volume) for (key,), part in parts.items()]
    return tuple(sorted(found, key=lambda one: (-one.count, one.key)))


def _topic(key: str, part: pl.DataFrame, baseline: float | None, volume: int) -> Topic:
    felt, n = mean(sentiment(part)), int(part["score_n"].sum())
    impact = None
    if n >= FEWEST and n >= SHARE * volume and baseline is not None and felt.value is not None:
        impact = (felt.value - baseline) * n
    bad = int(part.filter(pl.col("label") == "negative")["score_n"].sum())
    return Topic(key, n, felt, share(bad, n), impact)
