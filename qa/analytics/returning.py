"""First-contact resolution by proxy: who called again about the same within seven days (FIELD.md §6).

The topic of a call is its queue. A call younger than seven days is not counted yet.
"""

from dataclasses import dataclass

import polars as pl

from qa.analytics.intervals import Estimate, share

WITHIN = 7  # days


@dataclass(frozen=True, slots=True)
class FirstContact:
    """Shares of calls after which nobody called again; ``waiting`` calls are too young to say.

    ``new`` is of first-time callers, ``known`` of the others; ``queues`` by queue, lowest first.
    """

    every: Estimate
    new: Estimate
    known: Estimate
    queues: tuple[tuple[str, Estimate], ...]
    waiting: int


def with_repeats(calls: pl.LazyFrame) -> pl.LazyFrame:
    """Incoming calls of known customers with ``again`` (called again about the same within seven days) and
    ``first`` (no call of the customer before it in the table), oldest first.
    """
    theirs = calls.filter(
        pl.col("customer_hash").is_not_null()
        & pl.col("queue").is_not_null()
        & (pl.col("direction").is_null() | (pl.col("direction") == "inbound"))
    ).sort("started_at", "call_key")
    at = pl.col("started_at")
    gap = at.shift(-1).over("customer_hash", "queue") - at
    return theirs.with_columns(
        (gap <= pl.duration(days=WITHIN)).fill_null(value=False).alias("again"),
        (pl.col("customer_hash").cum_count().over("customer_hash") == 1).alias("first"),
    )


def returns(calls: pl.LazyFrame) -> pl.LazyFrame:
    """Calls as cells of one (``qa.cells.RETURN_CELLS``), with their ``queue``; cells stay as they are."""
    if "calls" not in calls.collect_schema():
        calls = with_repeats(calls).with_columns(pl.lit(1).alias("calls"))
    return calls.with_columns(pl.col("calls", "again").cast(pl.Int64))


def first_contact(calls: pl.LazyFrame, first: int, last: int, today: int) -> FirstContact:
    """The figures of the calls of these days; ``calls`` reaches back, to know first-time callers, or are
    cells of single days with the name of their ``queue``.
    """
    inside = returns(calls).filter(pl.col("local_day").is_between(first, last)).collect()
    old = inside.filter(pl.col("local_day") <= today - WITHIN)
    queues = [(str(name), _solved(part)) for (name,), part in old.group_by("queue", maintain_order=True)]
    return FirstContact(
        every=_solved(old),
        new=_solved(old.filter("first")),
        known=_solved(old.filter(~pl.col("first"))),
        queues=tuple(sorted(queues, key=lambda pair: (pair[1].value or 0.0, pair[0]))),
        waiting=int(inside["calls"].sum()) - int(old["calls"].sum()),
    )


def _solved(calls: pl.DataFrame) -> Estimate:
    n = int(calls["calls"].sum())
    return share(n - int(calls["again"].sum()), n)
