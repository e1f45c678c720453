"""The generated calls, as the customers of the demo centre lived through them."""

from dataclasses import dataclass
from datetime import datetime

from qa.calendar import local_day, week_start
from qa.demo.coaching import WEEKS
from qa.demo.customers import Callers
from qa.demo.history import History
from qa.demo.people import PROBLEM_FROM, PROBLEM_QUEUE, QUEUES
from qa.records import Verdict
from qa.settings import Settings
from qa.store.database import Database
from qa.store.lists.filters import CallFilter
from qa.store.lists.read import calls_frame, criteria_frame
from qa.store.scope import Scope
from qa.store.voice.feedback_frames import calls_to_link

FELT = {"recap_next_step": -0.9, "empathy": -0.8, "dead_air": -0.6, "ownership": -0.5}
"""Criteria that customers feel, and by how many points of logit a miss lowers their satisfaction."""
TROUBLE = -1.3
USUAL_SCORE, OF_SCORE = 82.0, 0.02


@dataclass(frozen=True, slots=True)
class Visit:
    """A call: its reference, moment, customer, queue, week of the centre, and how it felt (points of logit).

    ``counted`` is false for calls that broke off.
    """

    reference: str
    at: datetime
    customer: int
    queue: int
    week: int
    felt: float
    score: float
    counted: bool

    @property
    def troubled(self) -> bool:
        """True in the problem queue from the week of its problem on."""
        return is_troubled(self.queue, self.week)


def is_troubled(queue: int, week: int) -> bool:
    """True in the problem queue from the week of its problem on."""
    return queue == PROBLEM_QUEUE and week >= PROBLEM_FROM


def customer_numbers(settings: Settings, history: History) -> dict[str, int]:
    """The number of every customer of the centre, by the hash that the store knows."""
    callers = Callers(settings, history.calls)
    return {callers.hash_of(number): number for number in range(callers.count)}


def read_visits(database: Database, settings: Settings, history: History) -> tuple[Visit, ...]:
    """Every call of the generated history, oldest first."""
    import polars as pl

    filters = CallFilter(generated=True)
    calls = calls_frame(database, Scope.all(), filters)
    missed = criteria_frame(database, Scope.all(), filters).filter(
        (pl.col("verdict") == Verdict.NOT_MET.value) & pl.col("key").is_in(list(FELT))
    )
    hurt = missed.group_by("call_key").agg(pl.col("key").replace_strict(FELT, return_dtype=pl.Float64).sum())
    first, last = calls["started_at"].min(), calls["started_at"].max()
    if not isinstance(first, datetime) or not isinstance(last, datetime):
        return ()
    names = calls_to_link(database, first, last).select(pl.col("key").alias("call_key"), "file_name")
    rows = calls.join(names, on="call_key").join(hurt, on="call_key", how="left").sort("started_at")
    numbers = customer_numbers(settings, history)
    queues = {queue.name(history.language): place for place, queue in enumerate(QUEUES)}
    newest = week_start(local_day(history.now, settings.zone), history.language)
    return tuple(
        _visit(row, numbers[row["customer_hash"]], queues[row["queue"]], (newest, history.language))
        for row in rows.iter_rows(named=True)
        if row["customer_hash"] in numbers
    )


def _visit(row: dict[str, object], customer: int, queue: int, weeks: tuple[int, str]) -> Visit:
    newest, language = weeks
    week = WEEKS - 1 - (newest - week_start(int(str(row["local_day"])), language)) // 7
    score = row["score_before_critical"]
    points = float(score) if isinstance(score, float) else USUAL_SCORE
    hurt = row["key"] if isinstance(row["key"], float) else 0.0
    felt = 1.4 + OF_SCORE * (points - USUAL_SCORE) + hurt + (TROUBLE if is_troubled(queue, week) else 0.0)
    at = row["started_at"]
    if not isinstance(at, datetime):
        raise TypeError("a call has no time")
    reference = str(row["file_name"]).removesuffix(".wav")
    return Visit(reference, at, customer, queue, week, felt, points, row["left_out"] is None)
