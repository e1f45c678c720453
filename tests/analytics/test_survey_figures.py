"""Survey figures and attribution: what must always hold, and against the plain loop."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.analytics.attribution import attribute
from qa.analytics.surveys import csat, figures, nps

START = datetime(2026, 1, 1, tzinfo=UTC)


def asked(kind: str, answers: list[tuple[int | None, int]]) -> pl.LazyFrame:
    schema = {"score": pl.Int64, "scale": pl.Int64}
    frame = pl.DataFrame(answers, schema=schema, orient="row")
    return frame.with_columns(kind=pl.lit(kind), call_id=pl.lit(None, pl.Int64)).lazy()


@given(st.lists(st.integers(0, 10), max_size=60))
def test_nps_is_promoters_less_detractors_and_inside_its_interval(scores: list[int]) -> None:
    found = nps(asked("nps", [(score, 10) for score in scores]))
    if not scores:
        assert found.value is None
        return
    points = sum((score >= 9) - (score <= 6) for score in scores)
    assert found.value == pytest.approx(100 * points / len(scores))
    assert -100 <= found.low <= found.value + 1e-9
    assert found.value - 1e-9 <= found.high <= 100


TOP = [(2, 1), (3, 1), (4, 2), (5, 2), (6, 2), (7, 2), (8, 3), (9, 3), (10, 3)]


@pytest.mark.parametrize(("scale", "boxes"), TOP)
def test_top_boxes_of_each_scale(scale: int, boxes: int) -> None:
    found = csat(asked("csat", [(score, scale) for score in range(1, scale + 1)]))
    assert found.value == pytest.approx(boxes / scale)
    assert found.low < found.value < found.high


def test_no_answers_are_no_figure() -> None:
    found = figures(asked("csat", [(None, 5), (None, 5)]), "csat")
    assert (found.figure.value, found.mean, found.response.value, found.orphans) == (None, None, 0.0, 0)


HOURS = st.integers(0, 300)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from("ab"), HOURS), max_size=12),
    st.lists(
        st.tuples(st.sampled_from(["a", "b", None]), HOURS, st.sampled_from([None, "k0", "k1", "no"])),
        max_size=12,
    ),
)
def test_attribution_is_by_id_then_the_nearest_call_before(
    calls: list[tuple[str, int]], surveys: list[tuple[str | None, int, str | None]]
) -> None:
    known = pl.DataFrame(
        [(n, f"k{n}", f"{n}.wav", who, START + timedelta(hours=hour)) for n, (who, hour) in enumerate(calls)],
        schema={"call_id": pl.Int64, "key": pl.String, "file_name": pl.String, "customer_hash": pl.String,
                "started_at": pl.Datetime("us", "UTC")}, orient="row",
    )  # fmt: skip
    rows = pl.DataFrame(
        [(n, ref, who, START + timedelta(hours=hour)) for n, (who, hour, ref) in enumerate(surveys)],
        schema={"row": pl.Int64, "call_ref": pl.String, "customer_hash": pl.String,
                "answered_at": pl.Datetime("us", "UTC")}, orient="row",
    )  # fmt: skip
    found = attribute(rows.lazy(), known.lazy()).collect()
    assert found["row"].to_list() == list(range(len(surveys)))
    for (who, hour, ref), (_, call, how) in zip(surveys, found.iter_rows(), strict=True):
        named = [n for n in range(len(calls)) if ref == f"k{n}"]
        if named:
            assert (call, how) == (named[0], "call id")
            continue
        theirs = [started for caller, started in calls if caller == who and 0 <= hour - started <= 72]
        assert (call is None) == (not theirs)
        assert how == ("customer" if theirs else None)
        if theirs:
            assert calls[call] == (who, max(theirs))


def test_a_name_of_two_calls_names_none() -> None:
    known = pl.DataFrame(
        {"call_id": [1, 2], "key": ["x", "y"], "file_name": ["a.wav", "a.wav"], "customer_hash": [None, None],
         "started_at": [START, START]}, schema_overrides={"customer_hash": pl.String},
    )  # fmt: skip
    rows = pl.DataFrame({"row": [0, 1], "call_ref": ["a.wav", "y"], "customer_hash": ["c", "c"],
                         "answered_at": [START, START]})  # fmt: skip
    assert attribute(rows.lazy(), known.lazy()).collect()["call_id"].to_list() == [None, 2]
