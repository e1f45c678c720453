"""Topics by sentiment and volume: which of them pull the mean down, and by how much (FIELD.md §3)."""

from dataclasses import dataclass

import polars as pl

from qa.analytics.intervals import Estimate, mean, share

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


def topics(named: pl.LazyFrame, every: pl.LazyFrame) -> tuple[Topic, ...]:
    """Topics of comments, the most comments first.

    ``named`` has a row a topic of a comment (``topic, sentiment, sentiment_score``), ``every`` a row a
    comment (``sentiment_score``).
    """
    table = named.filter(pl.col("sentiment_score").is_not_null()).collect()
    scores = every.select("sentiment_score").collect()["sentiment_score"].drop_nulls()
    baseline = mean(scores.to_numpy()).value
    found = [_topic(str(key), part, baseline, len(scores)) for (key,), part in table.group_by("topic") if key]
    return tuple(sorted(found, key=lambda one: (-one.count, one.key)))


def _topic(key: str, part: pl.DataFrame, baseline: float | None, volume: int) -> Topic:
    felt = mean(part["sentiment_score"].to_numpy())
    enough = part.height >= FEWEST and part.height >= SHARE * volume
    impact = None
    if enough and baseline is not None and felt.value is not None:
        impact = (felt.value - baseline) * part.height
    bad = int((part["sentiment"] == "negative").sum())
    return Topic(key, part.height, felt, share(bad, part.height), impact)
