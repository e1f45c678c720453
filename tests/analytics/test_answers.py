"""Groups, bias, contradictions and weeks of answers to surveys, counted by hand and by plain numpy."""

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from qa.analytics.answers import bias, by_band, by_group, contradictions, course
from qa.analytics.attribution import WINDOW, attribute

DAY = 20_501  # a Tuesday
ROW = {
    "id": 0, "kind": "csat", "score": None, "scale": 5, "queue": "A", "quality": None, "local_day": DAY,
    "answered_at": None, "call": None,
}  # fmt: skip
SCHEMA = {
    "id": pl.Int64, "kind": pl.String, "score": pl.Int64, "scale": pl.Int64, "queue": pl.String,
    "quality": pl.Float64, "local_day": pl.Int32, "answered_at": pl.Datetime("us", "UTC"), "call": pl.String,
}  # fmt: skip


def frame(*rows: dict[str, object]) -> pl.LazyFrame:
    return pl.LazyFrame([ROW | {"id": place} | one for place, one in enumerate(rows)], schema=SCHEMA)


def test_groups_have_their_own_intervals_and_response_rates() -> None:
    answers = [
        *({"queue": "A", "score": s} for s in (5, 4, 2, None)),
        *({"queue": "B", "score": s} for s in (5, None)),
    ]
    low, high = stats.binomtest(2, 3).proportion_ci(method="wilson")
    first, second = by_group(frame(*answers, {"queue": None, "score": 1}).sort("queue"), "csat", "queue")
    assert (first.name, first.figure.value, first.response.value) == ("A", pytest.approx(2 / 3), 0.75)
    assert (first.figure.low, first.figure.high) == (pytest.approx(low), pytest.approx(high))
    assert (second.name, second.figure.value, second.response.n) == ("B", 1.0, 2)
    assert by_group(frame({"score": 3}), "nps", "queue") == ()


def test_bias_is_welch_over_the_scores_of_the_calls() -> None:
    answered, others = [90.0, 80.0, 95.0, 85.0], [60.0, 75.0, 70.0]
    found = bias(
        frame(
            *({"score": 4, "quality": q} for q in answered), *({"quality": q} for q in others), {"score": 1}
        ),
        "csat",
    )
    interval = stats.ttest_ind(answered, others, equal_var=False).confidence_interval()
    assert (found.gap.low, found.gap.high) == (pytest.approx(interval.low), pytest.approx(interval.high))
    assert (found.answered.n, found.unanswered.n, found.found) == (4, 3, True)
    assert not bias(frame({"score": 4, "quality": 90.0}), "csat").found


# answer, scale, score of the call -> which of the two is higher; None where they agree or cannot be compared
CONTRADICTIONS = [
    (5, 5, 50.0, "answer"),
    (4, 5, 69.9, "answer"),
    (4, 5, 70.0, None),
    (3, 5, 85.0, "score"),
    (3, 5, 84.9, None),
    (8, 10, 40.0, "answer"),
    (7, 10, 99.0, "score"),
    (1, 5, None, None),
    (None, 5, 20.0, None),
]


@pytest.mark.parametrize(("score", "scale", "quality", "higher"), CONTRADICTIONS)
def test_contradictions(score: int | None, scale: int, quality: float | None, higher: str | None) -> None:
    rows = frame({"score": score, "scale": scale, "quality": quality})
    assert contradictions(rows) == {name: int(name == higher) for name in ("answer", "score")}


def test_satisfaction_by_band() -> None:
    at = datetime(2026, 2, 1, tzinfo=UTC)
    rows = frame(
        *(
            {"score": s, "quality": q, "answered_at": at + timedelta(hours=h), "scale": m}
            for s, q, h, m in (
                (5, 85.0, 0, 5),
                (2, 84.9, 1, 5),
                (2, 70.0, 2, 5),
                (3, 10.0, 0, 10),
                (1, 69.0, 0, 5),
            )
        )
    )
    assert [(name, one.value, one.n) for name, one in by_band(rows)] == [
        ("pass", 1.0, 1),
        ("coach", 0.0, 2),
        ("flag", 0.0, 2),
    ]


@pytest.mark.parametrize("kind", ["csat", "nps", "ces"])
def test_weeks_are_whole_and_the_change_is_against_the_week_before(kind: str) -> None:
    weekly = {0: [5, 5, 1], 1: [4, 2], 3: [5, 5, 5]}
    rows = [
        {"kind": kind, "score": s, "local_day": DAY + 7 * week}
        for week, scores in weekly.items()
        for s in scores
    ]
    monday = DAY - 1
    found = course(frame(*rows), kind, monday + 21, "en")
    assert found.weeks.tolist() == [monday + 7 * step for step in range(4)]
    assert [one.n for one in found.intervals] == [3, 2, 0, 3]
    assert (found.before.value, found.now.n) == (None, 3)
    assert found.now.value == {"csat": 1.0, "nps": -100.0, "ces": 5.0}[kind]
    assert course(frame(), kind, monday, "en").now.n == 0


moments = st.integers(0, 2000).map(lambda hours: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours))


@given(
    calls=st.lists(st.tuples(moments, st.sampled_from("ab")), max_size=12),
    asked=st.lists(st.tuples(moments, st.sampled_from("abc"), st.integers(-1, 11)), max_size=8),
)
def test_attribution_is_by_id_else_the_nearest_call_before_within_the_window(
    calls: list[tuple[datetime, str]], asked: list[tuple[datetime, str, int]]
) -> None:
    window = timedelta(hours=int(WINDOW.removesuffix("h")))
    known = pl.DataFrame(
        [(i, f"k{i}", f"file{i}.wav", who, at) for i, (at, who) in enumerate(calls)],
        schema={"call_id": pl.Int64, "key": pl.String, "file_name": pl.String, "customer_hash": pl.String,
                "started_at": pl.Datetime("us", "UTC")}, orient="row",
    )  # fmt: skip
    rows = pl.DataFrame(
        [(i, f"file{ref}" if ref >= 0 else None, who, at) for i, (at, who, ref) in enumerate(asked)],
        schema={"row": pl.Int64, "call_ref": pl.String, "customer_hash": pl.String,
                "answered_at": pl.Datetime("us", "UTC")}, orient="row",
    )  # fmt: skip
    found = attribute(rows.lazy(), known.lazy()).collect()
    assert found["row"].to_list() == list(range(len(asked)))
    for (at, who, ref), (_row, call, how) in zip(asked, found.iter_rows(), strict=True):
        near = [started for started, theirs in calls if theirs == who and at - window <= started <= at]
        if 0 <= ref < len(calls):
            assert (call, how) == (ref, "call id")
        elif near:
            assert (calls[call], how) == ((max(near), who), "customer")
        else:
            assert (call, how) == (None, None)


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60))
def test_nps_is_between_its_bounds_and_moves_with_the_answers(scores: list[int]) -> None:
    now = course(frame(*({"kind": "nps", "score": s, "scale": 10} for s in scores)), "nps", DAY - 1, "en").now
    plain = 100 * np.mean([(s >= 9) - (s <= 6) for s in scores])
    assert now.value == pytest.approx(plain)
    assert now.low is not None
    assert now.high is not None
    assert -100 <= now.low <= now.value <= now.high <= 100
