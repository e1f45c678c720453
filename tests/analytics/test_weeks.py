"""Weekly questions on a small table whose answers can be counted."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.analytics import headline, weeks
from qa.calendar import day_number, week_start
from qa.frames import CALLS_SCHEMA, CRITERIA_SCHEMA
from qa.records import CriticalKind

SATURDAY = day_number(date(2026, 11, 21))


def table(rows: list[dict[str, Any]], schema: pl.Schema = CALLS_SCHEMA) -> pl.LazyFrame:
    usual = {"status": "done", "failed_customer": False, "failed_business": False, "failed_compliance": False}
    filled = [{name: ({**usual, **row}).get(name) for name in schema} for row in rows]
    return pl.DataFrame(filled, schema=schema, orient="row").lazy()


def call(day: int, score: float | None, **more: Any) -> dict[str, Any]:
    return {"local_day": day, "score": score, **more}


CALLS = table([
    call(SATURDAY, 80.0),
    call(SATURDAY + 6, 90.0, failed_compliance=True),
    # Friday belongs to the week before
    call(SATURDAY - 1, 70.0),
    # left out: too short
    call(SATURDAY, 10.0, left_out="shorter than the minimum length"),
    # waiting: received, not heard
    call(SATURDAY + 1, None, status="waiting"),
])  # fmt: skip


def test_scores_by_week_start_on_saturday_for_persian() -> None:
    found = weeks.values_by_week(CALLS, "score", "fa").collect()
    assert found["week"].to_list() == [SATURDAY - 7, SATURDAY]
    assert found["values"].to_list() == [[70.0], [80.0, 90.0]]
    assert found["total"].to_list() == [70.0, 170.0]
    assert found["n"].to_list() == [1, 2]


def test_scores_by_week_start_on_monday_for_english() -> None:
    assert weeks.values_by_week(CALLS, "score", "en").collect()["n"].to_list() == [2, 1]


def test_failures_and_heard() -> None:
    assert weeks.failures_by_week(CALLS, "fa").collect().rows() == [(SATURDAY - 7, 0, 1), (SATURDAY, 1, 2)]
    found = headline.heard(CALLS, SATURDAY, "fa")
    assert (found.received, found.done, found.counted, found.counted_before) == (4, 3, 2, 1)
    assert found.left_out == (("shorter than the minimum length", 1),)
    assert found.weeks.tolist() == [SATURDAY - 7, SATURDAY]


def test_there_is_a_column_for_each_critical_kind() -> None:
    kinds = {name.removeprefix("failed_") for name, kind in CALLS_SCHEMA.items() if kind == pl.Boolean()}
    assert kinds - {"generated"} == {kind.value for kind in CriticalKind}


def test_failures_by_kind() -> None:
    kind = CriticalKind
    assert headline.no_failure(CALLS, SATURDAY, "fa", kind.COMPLIANCE).now.value == 0.5
    assert headline.no_failure(CALLS, SATURDAY, "fa", kind.CUSTOMER).now.value == 1.0


def test_left_out_calls_are_named() -> None:
    assert weeks.left_out_counts(CALLS).collect().rows() == [("shorter than the minimum length", 1)]


def test_points_lost() -> None:
    def result(key: str, verdict: str, call_key: str, left_out: str | None = None) -> dict[str, Any]:
        told = {"call_key": call_key, "key": key, "verdict": verdict, "left_out": left_out}
        return {**told, "applied_weight": 10.0}

    rows = [
        # greeting: 10 lost in one of two calls
        result("greeting", "not met", "a"),
        result("greeting", "met", "b"),
        # empathy: 5 lost in one, not applicable in the other
        result("empathy", "partly", "a"),
        result("empathy", "not applicable", "b"),
        # a call that is left out loses nothing
        result("greeting", "not met", "c", "no speech"),
    ]
    found = weeks.points_lost(table(rows, CRITERIA_SCHEMA), 2).collect()
    assert found.rows() == [("greeting", 5.0, 1, 2), ("empathy", 2.5, 1, 1)]


def test_points_lost_beside_last_week() -> None:
    def result(key: str, day: int, verdict: str) -> dict[str, Any]:
        told = {"call_key": f"{key}{day}", "key": key, "local_day": day, "verdict": verdict}
        return {**told, "applied_weight": 8.0}

    rows = [
        result("greeting", SATURDAY, "not met"),
        result("greeting", SATURDAY - 1, "partly"),
        # nobody was asked for it last week, and two weeks ago does not count
        result("goodbye", SATURDAY, "met"),
        result("goodbye", SATURDAY - 8, "not met"),
    ]
    calls = {SATURDAY: 2, SATURDAY - 7: 1}
    found = weeks.points_lost_change(table(rows, CRITERIA_SCHEMA), calls, SATURDAY, "fa").collect()
    assert found.rows() == [("greeting", 4.0, 1, 1, 4.0, 0.0), ("goodbye", 0.0, 0, 1, None, None)]


def test_a_measure_per_call_and_per_call_that_had_any_are_two_numbers() -> None:
    seconds = [0.0, 0.0, 12.0, 20.0, None]
    rows = [call(SATURDAY, 80.0, dead_air_seconds=value) for value in seconds]
    every = headline.measured(table(rows), "dead_air_seconds", SATURDAY, "fa")
    having = headline.where_any(table(rows), "dead_air_seconds", SATURDAY, "fa")
    assert (every.now.value, every.now.n, every.missing) == (8.0, 4, 1)
    assert (having.now.value, having.now.n) == (16.0, 2)


@given(st.integers(10_000, 30_000), st.sampled_from(["fa", "en"]))
def test_weeks_are_the_calendar_s(day: int, language: str) -> None:
    found = pl.LazyFrame({"local_day": [day]}).select(weeks.week_of(language)).collect().item()
    assert found == week_start(day, language)


def test_headline_on_nothing_says_nothing() -> None:
    empty = table([])
    found = headline.quality(empty, SATURDAY, "fa")
    assert (found.now.value, found.now.n) == (None, 0)
    assert not found.chart.ready
    assert headline.no_failure(empty, SATURDAY, "fa").now.value is None


def test_headline_finds_a_planted_fall() -> None:
    rows = [call(SATURDAY - 7 * w + d, 80.0 + (w % 3) + d) for w in range(1, 16) for d in range(5)]
    rows += [call(SATURDAY + d, 60.0 + d) for d in range(5)]
    found = headline.quality(table(rows), SATURDAY, "fa")
    assert found.chart.last.value == "past the lower limit"
    assert found.change.value == pytest.approx(60 + 2 - (80 + 1 + 2))
    assert len(found.weeks) == 16


def test_no_limit_of_scores_stands_over_the_whole() -> None:
    rows = [call(SATURDAY - 7 * back, 99.0 if back % 2 else 88.0) for back in range(20)]
    found = headline.quality(table(rows), SATURDAY, "fa")
    assert found.chart.upper[-1] == 100.0
    assert found.chart.lower[-1] > 0.0
