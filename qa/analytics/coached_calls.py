"""Which calls a coaching effect is made of: values, days, who may be compared."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from qa.analytics.cells import VALUES, verdict_cells
from qa.analytics.weeks import STEP, counted


@dataclass(frozen=True, slots=True)
class Session:
    """Who was coached on which day (number of the site's day). A group session has several agents."""

    agents: tuple[int, ...]
    day: int


def criterion_values(criteria: pl.LazyFrame, key: str) -> pl.LazyFrame:
    """Verdicts of counted calls on one criterion as values 0-1, alike ones together: ``agent_id, queue_id,
    local_day, value, n``.

    ``criteria``: ``qa.frames.CRITERIA_SCHEMA``, or cells of verdicts by single days.
    """
    theirs = verdict_cells(criteria.filter((pl.col("key") == key) & pl.col("agent_id").is_not_null()))
    alike = ("agent_id", "queue_id", "local_day")
    named = {value: pl.col(word.replace(" ", "_")).cast(pl.Int64) for word, value in VALUES.items()}
    parts = (theirs.select(*alike, value=pl.lit(value), n=n) for value, n in named.items())
    summed = pl.concat(parts).group_by(*alike, "value").agg(pl.col("n").sum()).filter(pl.col("n") > 0)
    return summed.sort(*alike, "value")


def score_values(calls: pl.LazyFrame) -> pl.LazyFrame:
    """Scores of counted calls: ``agent_id, queue_id, local_day, value``."""
    return (
        counted(calls)
        .select("agent_id", "queue_id", "local_day", pl.col("score").alias("value"))
        .drop_nulls("agent_id")
    )


def cells(
    values: pl.LazyFrame, session: Session, others: Iterable[Session], weeks: int
) -> tuple[pl.DataFrame, tuple[int, int]]:
    """Sums of the calls that count, ``agent_id, coached, queue, after, n, total, squares``, and the days.

    Calls of the day of the session are in neither side. Who had another session in these days is nobody to
    compare with.
    """
    rest = [one for one in others if one != session]
    span = session.day - weeks * STEP, session.day + weeks * STEP
    limits = {agent: _limits(agent, session, rest, span) for agent in session.agents}
    span = min(low for low, _ in limits.values()), max(high for _, high in limits.values())
    touched = {agent for one in rest if span[0] <= one.day <= span[1] for agent in one.agents}
    table = values.filter(~pl.col("agent_id").is_in(sorted(touched - limits.keys())))
    return _sums(table, session, limits, span), span


def _limits(agent: int, session: Session, others: list[Session], span: tuple[int, int]) -> tuple[int, int]:
    """First and last day of the agent's calls that are used."""
    own = [one.day for one in others if agent in one.agents]
    earlier = max((day for day in own if day < session.day), default=span[0] - 1)
    later = min((day for day in own if day > session.day), default=span[1] + 1)
    return max(span[0], earlier + 1), min(span[1], later - 1)


def comparable(rows: pl.DataFrame) -> pl.DataFrame:
    """Without calls of queues that comparable agents did not answer both before and after."""
    theirs = rows.filter(~pl.col("coached"))
    known = theirs.group_by("queue").agg(pl.col("after").n_unique()).filter(pl.col("after") == 2)["queue"]
    return rows.filter(pl.col("queue").is_in(known.implode()))


def _sums(
    values: pl.LazyFrame, session: Session, limits: dict[int, tuple[int, int]], span: tuple[int, int]
) -> pl.DataFrame:
    agent, day, value = pl.col("agent_id"), pl.col("local_day"), pl.col("value")
    low, high = (
        agent.replace_strict({who: limit[side] for who, limit in limits.items()}, default=span[side])
        for side in (0, 1)
    )
    n = pl.col("n").cast(pl.Float64) if "n" in values.collect_schema() else pl.lit(1.0).alias("n")
    return (
        values.with_columns(n)
        .filter(value.is_not_null() & (day != session.day) & day.is_between(low, high))
        .group_by(
            "agent_id",
            agent.is_in(list(session.agents)).alias("coached"),
            pl.col("queue_id").fill_null(-1).alias("queue"),
            (day > session.day).alias("after"),
        )
        .agg(
            pl.col("n").sum(),
            (value.cast(pl.Float64) * pl.col("n")).sum().alias("total"),
            (value.cast(pl.Float64) ** 2 * pl.col("n")).sum().alias("squares"),
        )
        .sort("agent_id", "queue", "after")
        .collect()
    )
