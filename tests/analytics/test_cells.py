"""Sums give what the calls themselves give: every figure from cells against the same from rows."""

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.analytics import headline, people, weeks
from qa.analytics.cells import cells, verdict_cells
from qa.analytics.decompose import decompose
from qa.analytics.intervals import difference, mean
from qa.analytics.league import tallied
from qa.analytics.person import over_usual
from qa.analytics.samples import Sample
from qa.calendar import week_start
from qa.frames import CALLS_SCHEMA, CRITERIA_SCHEMA, WIDE_MEASURES
from tests.analytics.alike import same

WEEKS, LAST = 20, week_start(20_720, "fa")
FAILED = ("failed_customer", "failed_business", "failed_compliance")
ALIKE = ("agent_id", "queue_id", "language", "left_out")


@pytest.fixture(scope="module")
def calls() -> pl.DataFrame:
    """Forty calls a week of three agents and one who is new; some are left out, some measures missing."""
    random = np.random.default_rng(5)
    n = WEEKS * 130
    day = LAST - 7 * (WEEKS - 1) + np.arange(n) * 7 * WEEKS // n
    out = random.random(n) < 0.06
    gone = random.random((n, 2)) < 0.1
    silent = random.random(n) < 0.4
    table = pl.DataFrame({
        "call_key": [f"c{place}" for place in range(n)], "local_day": day,
        "agent_id": 1 + np.arange(n) % 3 + (random.random(n) < 0.02) * 5,
        "queue_id": np.where(random.random(n) < 0.1, 0, random.integers(1, 3, n)),
        "language": random.choice(["fa", "en"], n), "status": "done", "customer_hash": "x",
        "score": np.round(random.normal(80 + 4 * (np.arange(n) % 3), 9).clip(0, 100), 2),
        "band": random.choice(["pass", "coach", "flag"], n),
        **{f"failed_{kind}": random.random(n) < 0.05 for kind in ("customer", "business", "compliance")},
        "left_out": ["shorter than the minimum length" if one else None for one in out],
        "talk_share_agent": random.normal(0.5, 0.1, n),
        "dead_air_seconds": np.where(silent, 0.0, random.gamma(3, 6, n)),
    }).with_columns(
        pl.when(pl.Series(gone[:, 0])).then(None).otherwise("talk_share_agent").alias("talk_share_agent"),
        pl.when(pl.Series(gone[:, 1])).then(None).otherwise("customer_hash").alias("customer_hash"),
        pl.col("queue_id").replace(0, None),
    )  # fmt: skip
    empty = {name: pl.lit(None, kind) for name, kind in CALLS_SCHEMA.items() if name not in table.columns}
    return table.with_columns(**empty).select(pl.col(name).cast(kind) for name, kind in CALLS_SCHEMA.items())


def gathered(calls: pl.DataFrame) -> pl.DataFrame:
    """Cells as the store keeps them: parts of weeks that are whole in every calendar."""
    each = cells(calls.lazy()).collect()
    kept = [name for name in each.columns if name not in CALLS_SCHEMA or name in FAILED]
    monday, saturday = weeks.week_of("en"), weeks.week_of("fa")
    part = pl.when(saturday > monday).then(saturday).otherwise(monday)
    return each.with_columns(part.alias("local_day")).group_by("local_day", *ALIKE).agg(pl.col(kept).sum())


FIGURES: dict[str, Callable[[pl.LazyFrame, str], Any]] = {
    "quality": lambda calls, of: headline.quality(calls, weeks_first(of), of),
    "no failure": lambda calls, of: headline.no_failure(calls, weeks_first(of), of),
    "talk": lambda calls, of: headline.measured(calls, "talk_share_agent", weeks_first(of), of),
    "where any": lambda calls, of: headline.where_any(calls, "dead_air_seconds", weeks_first(of), of),
    "heard": lambda calls, of: headline.heard(calls, weeks_first(of), of),
    "courses": lambda calls, of: people.courses(calls, weeks_first(of), of),
    "means": lambda calls, of: {
        agent: one for agent, one in people.means(calls, "dead_air_seconds").items() if one.n >= 30
    },
    "sums of the league": lambda calls, of: tuple(tallied(calls, "score").iter_rows()),
}


def weeks_first(language: str) -> int:
    return LAST if language == "fa" else LAST + 2


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("name", FIGURES)
def test_cells_say_what_the_rows_say(calls: pl.DataFrame, name: str, language: str) -> None:
    by_rows, by_cells = (FIGURES[name](table.lazy(), language) for table in (calls, gathered(calls)))
    assert same(by_rows, by_cells)


def test_parts_of_a_change_and_usual_scores(calls: pl.DataFrame) -> None:
    day, sums = pl.col("local_day"), {"n": "counted", "total": "score_sum", "squares": "score_squares"}
    two = [calls.filter(day.is_between(LAST - 7, LAST - 1)), calls.filter(day >= LAST)]
    rows = [weeks.counted(each.lazy()).with_columns(value="score") for each in two]
    parts = decompose(*rows)
    assert same(parts, decompose(*(gathered(each).lazy().select("queue_id", **sums) for each in two)))
    own = calls.filter(pl.col("agent_id") == 1).lazy()
    assert (
        over_usual(own, calls.lazy())
        .drop("over", "usual")
        .equals(over_usual(own, gathered(calls).lazy()).drop("over", "usual"))
    )


def test_points_lost_from_sums_of_verdicts() -> None:
    random = np.random.default_rng(3)
    words = ["met", "partly", "not met", "not applicable"]
    rows = pl.DataFrame({
        "call_key": [f"c{n // 3}" for n in range(900)], "local_day": [LAST - 7 * (n % 2) for n in range(900)],
        "key": [("greeting", "empathy", "recap")[n % 3] for n in range(900)],
        "verdict": random.choice(words, 900), "applied_weight": random.uniform(1, 20, 900),
        "left_out": [None, "no speech", None, None] * 225,
    })  # fmt: skip
    rows = rows.select(
        pl.col(name).cast(kind) if name in rows.columns else pl.lit(None, kind).alias(name)
        for name, kind in CRITERIA_SCHEMA.items()
    )
    each = verdict_cells(rows.lazy()).collect()
    sums = [name for name in each.columns if name not in CRITERIA_SCHEMA] + ["weight"]
    kept = each.group_by("key", "local_day").agg(pl.col(sums).sum())
    by_rows, by_cells = (
        weeks.points_lost_change(table.lazy(), {LAST: 140, LAST - 7: 150}, LAST, "fa").collect()
        for table in (rows, kept)
    )
    assert by_rows["lost"].to_list() == pytest.approx(by_cells["lost"].to_list())
    assert by_rows.drop("lost", "before", "change").equals(by_cells.drop("lost", "before", "change"))
    assert by_rows["before"].to_list() == pytest.approx(by_cells["before"].to_list())


NUMBERS = st.lists(st.floats(-1e4, 1e4).map(lambda x: round(x, 3)), min_size=31, max_size=80)


@given(NUMBERS, NUMBERS)
def test_means_and_differences_of_sums(one: list[float], other: list[float]) -> None:
    sides = [np.asarray(values) for values in (one, other)]
    known = [Sample.of_sums(len(v), float(v.sum()), float((v**2).sum())) for v in sides]
    for values, sums in zip(sides, known, strict=True):
        assert same(mean(values), mean(sums))
    assert same(difference(*sides), difference(*known))


@given(st.floats(-1e4, 1e4), st.integers(2, 500))
def test_equal_values_do_not_vary(value: float, n: int) -> None:
    known = Sample.of_sums(n, float(np.full(n, value).sum()), float((np.full(n, value) ** 2).sum()))
    assert known.variance == 0.0
    assert mean(known).low == mean(known).value


def test_a_measure_of_every_call_is_summed() -> None:
    table = pl.LazyFrame({name: [1.0] for name in WIDE_MEASURES} | {"score": [50.0]})
    row = cells(table).collect()
    assert [row[f"{name}_n"].item() for name in WIDE_MEASURES] == [1] * len(WIDE_MEASURES)
    assert (row["counted"].item(), row["score_squares"].item()) == (1, 2500.0)
