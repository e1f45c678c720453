"""Negative comments that come more often than the course of the days explains (FIELD.md §3, §5)."""

from collections.abc import Iterable
from datetime import UTC

import numpy as np
import polars as pl

from qa.alerts.rule import Sight
from qa.analytics.control import Chart, Signal, laney, xmr
from qa.calendar import day_bounds
from qa.records import Seconds
from qa.store.alert.alerts import Found
from qa.store.voice.feedback_frames import Span, comments_frame

DAYS = 56
"""Days that say what is usual: eight of each weekday."""
FEWEST = 5  # negative comments of a day that are worth a call to anybody


class CommentBurst:
    """The count of negative comments of a day (XmR) or their share (Laney p′) past its upper limit, today or
    yesterday. A day that is not over can only gain comments, so a count past the limit stays past it.
    """

    name = "burst"
    lasting = False
    closes = False
    pause: Seconds = 300.0

    def look(self, sight: Sight) -> Iterable[Found]:
        """At most one cause, of the newest day that stands out."""
        first, last = sight.today - DAYS - 1, sight.today
        zone = sight.settings.zone
        span = Span(day_bounds(first, zone)[0].astimezone(UTC), day_bounds(last, zone)[1].astimezone(UTC))
        frame = comments_frame(sight.database, span)
        negative, every, generated = daily(frame, str(zone), first, last)
        for day in (last, last - 1):
            place = day - first + 1
            facts = burst(negative[:place], every[:place])
            if facts is not None:
                return (Found("comments", "comments", day, None, bool(generated[place - 1]), facts),)
        return ()


def daily(frame: pl.DataFrame, zone: str, first: int, last: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Negative comments of each day, all of them, and those of the demo; shape ``(days,)``."""
    local = pl.col("posted_at").dt.convert_time_zone(zone).dt.date().cast(pl.Int32)
    table = (
        frame.with_columns(local.alias("day"))
        .group_by("day")
        .agg(
            (pl.col("sentiment") == "negative").sum().alias("negative"),
            pl.col("sentiment").count().alias("every"),
            pl.col("generated").sum().alias("generated"),
        )
    )
    found = np.zeros((3, last - first + 1))
    for day, *counts in table.iter_rows():
        if day is not None and first <= day <= last:
            found[:, day - first] = counts
    return found[0], found[1], found[2]


def burst(negative: np.ndarray, every: np.ndarray) -> dict[str, object] | None:
    """What stands out on the newest of these days: its count, else its share; ``None`` when neither does."""
    if negative[-1] < FEWEST:
        return None
    for what, chart in (("count", xmr(negative)), ("share", laney(negative, every))):
        if chart.last is Signal.ABOVE:
            return {"what": what, "negative": int(negative[-1]), "every": int(every[-1])} | _limits(chart)
    return None


def _limits(chart: Chart) -> dict[str, object]:
    return {"value": float(chart.values[-1]), "usual": chart.centre, "upper": float(chart.upper[-1])}
