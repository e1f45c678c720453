"""KPIs whose newest whole week is a signal of its control chart, in the worse direction (FIELD.md §3).

The figures are those of ``qa.weekly``, from sums by day instead of rows, for this looks every hour.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import tzinfo

import numpy as np
import polars as pl

from qa.alerts.rule import Sight
from qa.analytics.answers import course
from qa.analytics.control import Chart, Signal, laney, xmr
from qa.calendar import day_bounds, week_start
from qa.contacts import OFFERED
from qa.records import Seconds
from qa.store.alert.alarms import Day, counted_by_day
from qa.store.alert.alerts import Found
from qa.store.database import Database
from qa.store.lists.filters import CallFilter
from qa.store.rollups.read import contact_cells
from qa.store.scope import Scope
from qa.store.voice.feedback_frames import Span, surveys_frame

WEEKS, STEP = 26, 7
ACCURACIES = ("customer", "business", "compliance")
BELOW, ABOVE = (Signal.BELOW, Signal.RUN_BELOW), (Signal.ABOVE, Signal.RUN_ABOVE)


@dataclass(frozen=True, slots=True)
class Line:
    """The course of one KPI up to the newest whole week. ``n`` is what that week rests on."""

    kpi: str
    chart: Chart
    n: int
    generated: bool
    worse: tuple[Signal, Signal] = BELOW


class KpiSignal:
    """Quality (XmR), satisfaction, each critical accuracy and abandonment (Laney p′), of the whole site."""

    name = "kpi"
    lasting = False
    closes = False
    pause: Seconds = 3600.0

    def look(self, sight: Sight) -> Iterable[Found]:
        """The KPIs that are past a limit, or eight weeks on the worse side."""
        return tuple(found for line in lines(sight) if (found := _judged(line, sight.last_week)) is not None)


def lines(sight: Sight) -> Iterator[Line]:
    """The course of every KPI there is anything of."""
    last = sight.last_week
    first = last - (WEEKS - 1) * STEP
    with sight.database.read() as tx:
        days = counted_by_day(tx, first, last + STEP - 1)
    yield from _of_calls(days, first, last, sight.language)
    zone = sight.settings.zone
    span = Span(day_bounds(first, zone)[0], day_bounds(last + STEP - 1, zone)[1])
    surveys = _dated(surveys_frame(sight.database, Scope.all(), span), str(zone))
    if not surveys.is_empty():
        asked = course(surveys.lazy(), "csat", last, sight.language)
        yield Line("csat", asked.chart, asked.now.n, bool(surveys["generated"].any()))
    weekly = abandoned_by_week(sight.database, zone, first, sight.language)
    if weekly is not None:
        gone, offered = weekly
        yield Line("abandoned", laney(gone, offered), int(offered[-1]), generated=False, worse=ABOVE)


def _of_calls(days: Iterable[Day], first: int, last: int, language: str) -> Iterator[Line]:
    counts = np.zeros((6, (last - first) // STEP + 1))
    for day in days:
        place = (week_start(day.day, language) - first) // STEP
        failed = (getattr(day, kind) for kind in ACCURACIES)
        counts[:, place] += (day.n, day.total, *failed, day.generated)
    begun = np.flatnonzero(counts[0])
    if not begun.size:
        return
    n, total, *others, generated = counts[:, begun[0] :]
    made, newest = bool(generated.any()), int(n[-1])
    yield Line("quality", xmr(np.divide(total, n, out=np.full(n.size, np.nan), where=n > 0)), newest, made)
    for kind, failed in zip(ACCURACIES, others, strict=True):
        yield Line(f"no_failure_{kind}", laney(n - failed, n), newest, made)


def abandoned_by_week(
    database: Database, zone: tzinfo, first: int, language: str
) -> tuple[np.ndarray, np.ndarray] | None:
    """Abandoned and offered telephone calls of each week; ``None`` without any. As ``contact_figures``."""
    every = CallFilter(first_day=first, last_day=first + WEEKS * STEP - 1)
    cells = contact_cells(database, Scope.all(), every, zone)
    n, gone = pl.col("n").cast(pl.Int64), pl.col("outcome").cast(pl.String) == "abandoned"
    offered = cells.filter(pl.col("outcome").cast(pl.String).is_in(OFFERED))
    daily = offered.group_by("local_day").agg(n.filter(gone).sum().alias("gone"), n.sum().alias("offered"))
    if daily.is_empty():
        return None
    counts = np.zeros((2, WEEKS))
    for at, lost, all_ in daily.iter_rows():
        counts[:, (week_start(at, language) - first) // STEP] += (lost, all_)
    begun = int(np.flatnonzero(counts[1])[0])
    return counts[0, begun:], counts[1, begun:]


def _judged(line: Line, week: int) -> Found | None:
    chart = line.chart
    if chart.last not in line.worse:
        return None
    facts = {
        "kpi": line.kpi,
        "signal": chart.last.value,
        "value": float(chart.values[-1]),
        "usual": chart.centre,
        "lower": float(chart.lower[-1]),
        "upper": float(chart.upper[-1]),
        "n": line.n,
    }
    return Found(line.kpi, line.kpi, week, None, line.generated, facts)


def _dated(frame: pl.DataFrame, zone: str) -> pl.DataFrame:
    local = pl.coalesce("answered_at", "sent_at").dt.convert_time_zone(zone).dt.date()
    return frame.with_columns(local.cast(pl.Int32).alias("local_day"))
