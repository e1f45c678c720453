"""Figures of comments and themes against counts made by hand, and the median's interval by its definition."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from qa.analytics.comments import comment_figures
from qa.analytics.intervals import median, share, share_difference
from qa.analytics.themes import NONE, pareto, rising

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SCHEMA = {
    "posted_at": pl.Datetime("us", "UTC"), "first_reply": pl.Datetime("us", "UTC"), "replied": pl.Boolean,
    "recovered": pl.Boolean, "aside": pl.Boolean, "label": pl.String, "score": pl.Float64,
}  # fmt: skip


def row(age: float, reply: float | None, label: str = "negative", **marks: bool) -> tuple[object, ...]:
    """A comment ``age`` hours old, replied to after ``reply`` hours."""
    posted = NOW - timedelta(hours=age)
    first = None if reply is None else posted + timedelta(hours=reply)
    replied = marks.get("replied", reply is not None)
    return (
        posted, first, replied, marks.get("recovered", False), marks.get("aside", False), label,
        {"negative": -0.8, "neutral": 0.0, "positive": 0.9}[label],
    )  # fmt: skip


def test_the_figures_of_a_day() -> None:
    rows = [
        row(10, 1.0, recovered=True),
        row(9, 3.0),
        row(8, None),  # waits, late
        row(1, None, "positive"),  # waits, has time: in no share
        row(7, None, aside=True),  # nobody waits for it
        row(6, None, "neutral", replied=True),  # replied, nobody knows when
        row(5, 1.5, "neutral", aside=True),  # in time, but nobody had to
        row(4, None, "positive", replied=True, recovered=True),  # nothing was to be repaired
    ]
    found = comment_figures(pl.DataFrame(rows, schema=SCHEMA, orient="row").lazy(), NOW, timedelta(hours=2))
    assert (found.first_reply.value, found.first_reply.n) == (90.0, 3)
    assert found.in_time == share(1, 3)
    assert found.recovered == share(1, 4)
    assert (found.waiting, found.late) == (2, 1)
    assert found.sentiment.n == 8
    assert found.sentiment.value == pytest.approx((4 * -0.8 + 2 * 0.9) / 8)


def test_nothing_is_nothing() -> None:
    found = comment_figures(pl.DataFrame(schema=SCHEMA).lazy(), NOW, timedelta(hours=2))
    assert [one.value for one in (found.first_reply, found.in_time, found.recovered, found.sentiment)] == [
        None
    ] * 4


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=120))
def test_the_interval_of_a_median_covers_and_is_the_narrowest(values: list[float]) -> None:
    found, ordered, n = median(values), sorted(values), len(values)
    ranks = [k for k in range(n // 2 + 1) if binom.cdf(k, n, 0.5) <= 0.025]
    if not ranks:
        assert (found.low, found.high) == (None, None)
        return
    assert (found.low, found.high) == (ordered[ranks[-1]], ordered[n - 1 - ranks[-1]])


def test_a_pareto_counts_a_comment_in_each_of_its_bars_and_once_in_the_reach() -> None:
    rows = [(1, "delivery"), (1, "price"), (2, "delivery"), (3, "delivery"), (4, "price"), (5, None)]
    bars = pareto(pl.DataFrame(rows, schema=["id", "aspect"], orient="row").lazy())
    assert [(bar.aspect, bar.count, bar.reach) for bar in bars] == [
        ("delivery", 3, 0.6),
        ("price", 2, 0.8),
        (NONE, 1, 1.0),
    ]
    assert bars[0].share == share(3, 5)


def test_a_theme_rises_when_its_whole_interval_does() -> None:
    rows = [(n, "app" if n < 12 else "price", 100) for n in range(20)]
    rows += [(100 + n, "app" if n < 10 else "price", 60) for n in range(80)]
    rows += [(500, "app", 101), (501, "app", 30)]  # after the week, before the eight
    app, price = rising(pl.DataFrame(rows, schema=["id", "aspect", "day"], orient="row").lazy(), 100)
    assert (app.aspect, app.now, app.before, app.rising) == ("app", (12, 20), (10, 80), True)
    assert app.change == share_difference((12, 20), (10, 80))
    assert not price.rising
