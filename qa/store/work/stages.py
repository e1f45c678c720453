"""How long each stage of a review takes, as a histogram that any number of workers add to."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from qa.records import Seconds
from qa.store.database import Transaction
from qa.store.tables import pick, stage_seconds

BUCKETS: tuple[Seconds, ...] = (0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600)
"""Upper limits; what is over the last one counts in a bucket of its own."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage at one worker: ``counts`` of reviews a bucket (one more than ``BUCKETS``), seconds in all."""

    executor: str
    stage: str
    counts: tuple[int, ...]
    seconds: Seconds


def add_stages(tx: Transaction, executor: str, took: Mapping[str, Seconds]) -> None:
    """Count one review. Each worker has rows of its own, so that none waits for another."""
    dialect = sqlite if tx.dialect.name == "sqlite" else postgresql
    t = stage_seconds.c
    for stage, seconds in sorted(took.items()):
        key = {"executor": executor, "stage": stage, "bucket": bisect_left(BUCKETS, seconds)}
        row = dialect.insert(stage_seconds).values(**key, reviews=1, seconds=seconds)
        more = {"reviews": t.reviews + 1, "seconds": t.seconds + seconds}
        tx.execute(row.on_conflict_do_update(index_elements=list(key), set_=more))


def list_stages(tx: Transaction) -> tuple[Stage, ...]:
    """Every stage at every worker."""
    query = select(*pick(stage_seconds, "executor", "stage", "bucket", "reviews", "seconds"))
    counts: dict[tuple[str, str], list[int]] = {}
    sums: dict[tuple[str, str], Seconds] = {}
    for executor, stage, bucket, reviews, seconds in tx.execute(query):
        key = (executor, stage)
        counts.setdefault(key, [0] * (len(BUCKETS) + 1))[bucket] += reviews
        sums[key] = sums.get(key, 0.0) + seconds
    return tuple(Stage(*key, tuple(counts[key]), sums[key]) for key in sorted(counts))
