"""240 calls of six weeks and their answers on disk; how those were counted is written in the file."""

import json
from functools import cache
from typing import Any

import polars as pl
import pytest

from qa.analytics import headline, weeks
from qa.analytics.intervals import Estimate
from qa.frames import CALLS_SCHEMA, CRITERIA_SCHEMA
from tests.shared import ROOT

GOLDEN = ROOT / "tests" / "golden"


@cache
def answers() -> dict[str, Any]:
    return json.loads((GOLDEN / "weeks_answers.json").read_text("utf-8"))


def table(name: str, schema: pl.Schema) -> pl.LazyFrame:
    return pl.scan_csv(GOLDEN / f"weeks_{name}.csv", schema_overrides=schema)


CALLS, CRITERIA = table("calls", CALLS_SCHEMA), table("criteria", CRITERIA_SCHEMA)
WEEKS = [(language, week) for language in ("fa", "en") for week in answers()["weeks"][language]]


@pytest.mark.parametrize(("language", "week"), WEEKS)
def test_each_week(language: str, week: str) -> None:
    expected, first = answers()["weeks"][language][week], int(week)
    found = headline.heard(CALLS, first, language)
    assert (found.received, found.done, found.counted) == (
        expected["received"],
        expected["done"],
        expected["counted"],
    )
    assert dict(found.left_out) == expected["left_out"]
    quality = headline.quality(CALLS, first, language).now
    assert (quality.value, quality.n) == (pytest.approx(expected["mean"]), expected["counted"])
    dead_air = headline.measured(CALLS, "dead_air_seconds", first, language)
    assert (dead_air.now.value, dead_air.now.n) == (
        pytest.approx(expected["dead_air"]),
        expected["dead_air_n"],
    )
    assert dead_air.missing == expected["dead_air_missing"]
    having = headline.where_any(CALLS, "dead_air_seconds", first, language).now
    assert having.value == pytest.approx(expected["dead_air_any"])


@pytest.mark.parametrize("language", ["fa", "en"])
def test_all_weeks_at_once(language: str) -> None:
    expected = answers()["weeks"][language]
    failures = weeks.failures_by_week(CALLS, language).collect()
    assert failures.rows() == [(int(week), row["failed"], row["counted"]) for week, row in expected.items()]


def same(found: Estimate, expected: list[float]) -> bool:
    return [found.value, found.low, found.high, found.n][: len(expected)] == pytest.approx(expected)


def test_last_week_with_its_intervals() -> None:
    expected = answers()["last_week"]
    talk = headline.measured(CALLS, "talk_share_agent", expected["week"], "fa")
    assert same(talk.now, expected["talk_now"])
    assert same(talk.before, expected["talk_before"])
    assert same(talk.change, expected["talk_change"])
    assert same(headline.no_failure(CALLS, expected["week"], "fa").now, expected["no_failure"])


def test_points_lost_are_what_the_mean_lacks_of_100() -> None:
    expected = answers()["last_week"]
    calls = dict(weeks.heard_by_week(CALLS, "fa").select("week", "counted").collect().iter_rows())
    found = weeks.points_lost_change(CRITERIA, calls, expected["week"], "fa").collect()
    lost = dict(found.select("key", "lost").iter_rows())
    assert lost == pytest.approx(expected["lost"])
    assert 100 - sum(lost.values()) == pytest.approx(expected["before_critical"])
    assert found["lost"].is_sorted(descending=True)
