"""One aggregate done in several ways, so that a page's time can be told from what is possible."""

import importlib.util
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.store.database import Database
from qa.store.made.mass_reads import SATURDAY, STEP, Part, newest_part, scores_by_rows, scores_frame

TIMES = 5
DIGITS = 6
Rows = list[tuple[int, int, int, float]]


@dataclass(frozen=True, slots=True)
class Way:
    """How the aggregate was made, and the median of five runs; ``None``: it cannot be made here."""

    way: str
    milliseconds: float | None


def compared(url: str) -> Iterator[Way]:
    """Scores by week and team over the newest twelve weeks and half of the queues.

    Raises:
        ValueError: two ways give different figures.
    """
    database = Database.open(url)
    part = newest_part(database)
    by_rows = _median(lambda: scores_by_rows(database, part))
    yield Way(f"SQL over the calls ({database.dialect})", by_rows[1])
    if importlib.util.find_spec("duckdb") is None:
        yield Way("DuckDB on Parquet (not installed: pip install duckdb)", None)
    else:
        with tempfile.TemporaryDirectory(prefix="qa-bench-") as folder:
            path = Path(folder) / "calls.parquet"
            scores_frame(database).write_parquet(path)
            found = _median(lambda: _by_duckdb(path, part))
        _same(by_rows[0], found[0])
        yield Way("DuckDB on Parquet", found[1])
    database.close()


def _by_duckdb(path: Path, part: Part) -> Rows:
    import duckdb

    numbers = ", ".join(str(number) for number in part.queues)
    query = f"""
        select (local_day - {SATURDAY}) // {STEP}, team_id, count(*), avg(score) from '{path}'
        where local_day between {part.first_day} and {part.last_day} and queue_id in ({numbers})
            and score is not null and left_out is null
        group by 1, 2 order by 1, 2
    """  # noqa: S608 (numbers alone)
    with duckdb.connect() as connection:
        rows: Rows = connection.sql(query).fetchall()
    return rows


def _median(way: Callable[[], Rows]) -> tuple[Rows, float]:
    rows: Rows = []
    taken = []
    for _time in range(TIMES):
        begun = time.perf_counter()
        rows = way()
        taken.append(1000 * (time.perf_counter() - begun))
    return rows, sorted(taken)[TIMES // 2]


def _same(one: Rows, other: Rows) -> None:
    def rounded(rows: Rows) -> list[tuple[Any, ...]]:
        return [(*row[:3], round(row[3], DIGITS)) for row in rows]

    if rounded(one) != rounded(other):
        raise ValueError("two ways to make the aggregate give different figures")
