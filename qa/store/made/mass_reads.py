"""Reads of a large centre for load tests: one aggregate over all rows, and the rows themselves."""

from dataclasses import dataclass

import polars as pl
from sqlalchemy import func, select, text

from qa.store.database import Database
from qa.store.lists.call_days import on_days
from qa.store.tables import calls, criterion_results, evaluations, measurements, queues

WEEKS, STEP, SATURDAY = 12, 7, 2  # day 2 since 1970-01-01 was a Saturday
CHUNK = 500_000
SCORES = pl.Schema(
    {
        "local_day": pl.Int32(),
        "team_id": pl.Int64(),
        "queue_id": pl.Int64(),
        "score": pl.Float64(),
        "left_out": pl.String(),
    }
)


@dataclass(frozen=True, slots=True)
class Part:
    """The newest twelve weeks and every second queue."""

    first_day: int
    last_day: int
    queues: tuple[int, ...]


def count_calls(database: Database) -> int:
    """How many calls a database holds."""
    with database.read() as tx:
        return tx.scalar(select(func.count()).select_from(calls)) or 0


def newest_part(database: Database) -> Part:
    """What the aggregate is about."""
    with database.read() as tx:
        last = tx.scalar(select(func.max(calls.c.local_day))) or 0
        numbers = tuple(tx.scalars(select(queues.c.id).order_by(queues.c.id)))
    first = last - (last - SATURDAY) % STEP - (WEEKS - 1) * STEP
    return Part(first, last, numbers[::2])


def scores_by_rows(database: Database, part: Part) -> list[tuple[int, int, int, float]]:
    """Week, team, counted calls and mean score, by SQL over the calls."""
    c = calls.c
    week = (c.local_day - SATURDAY) // STEP
    query = (
        select(week, c.team_id, func.count(), func.avg(c.score))
        .where(
            *on_days(part.first_day, part.last_day),
            c.queue_id.in_(part.queues),
            c.score.is_not(None),
            c.left_out.is_(None),
        )
        .group_by(week, c.team_id)
        .order_by(week, c.team_id)
    )
    with database.read() as tx:
        return [tuple(row) for row in tx.execute(query)]


def scores_frame(database: Database) -> pl.DataFrame:
    """All calls with what the aggregate needs of them (``SCORES``)."""
    columns = [calls.c[name] for name in SCORES]
    with database.read() as tx:
        read = tx.execution_options(yield_per=CHUNK).execute(select(*columns)).partitions()
        parts = [pl.DataFrame([tuple(row) for row in part], schema=SCORES, orient="row") for part in read]
    return pl.concat(parts) if parts else pl.DataFrame(schema=SCORES)


@dataclass(frozen=True, slots=True)
class Described:
    """How much a large centre holds; criteria and measures of its last call that was scored."""

    dialect: str
    calls: int
    criteria: int
    measures: int
    bytes: int


def describe(database: Database) -> Described:
    """What is there, for the head of a table of figures."""
    e, r, m = evaluations.c, criterion_results.c, measurements.c
    sizes = {
        "sqlite": "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
        "postgresql": "SELECT pg_database_size(current_database())",
    }
    with database.read() as tx:
        last = tx.execute(select(e.id, e.call_id).order_by(e.id.desc()).limit(1)).one_or_none() or (0, 0)
        criteria = tx.scalar(select(func.count()).where(r.evaluation_id == last[0])) or 0
        measures = tx.scalar(select(func.count()).where(m.call_id == last[1])) or 0
        size = tx.scalar(text(sizes[database.dialect])) or 0
    return Described(database.dialect, count_calls(database), criteria, measures, size)
