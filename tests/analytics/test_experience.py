"""Pulse, drivers, topics, repeats, loyalty and answered complaints: by hand and beside scikit-learn."""

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.linear_model import LogisticRegression

from qa.analytics.drivers import ANSWERS, MINUTES, drivers, fit
from qa.analytics.loyalty import PERIOD, loyalty, stages
from qa.analytics.pulse import BASELINE, DAYS, PARTS, pulse
from qa.analytics.replies import effect
from qa.analytics.returning import first_contact, with_repeats
from qa.analytics.topics import topics
from tests.analytics.alike import same
from tests.analytics.buying import alike

LAST = 20_600
START = datetime(2026, 5, 1, 8, tzinfo=UTC)
MOMENT = pl.Datetime("us", "UTC")


def seen(days: dict[int, list[float]], part: str = "quality") -> pl.DataFrame:
    rows = [(part, day, value) for day, values in days.items() for value in values]
    return pl.DataFrame(rows, {"part": pl.String, "local_day": pl.Int32, "value": pl.Float64}, orient="row")


def test_the_pulse_is_the_distance_from_the_days_before_in_their_deviations() -> None:
    usual = {LAST - DAYS - back: [70.0 + back % 3, 72.0 + back % 3] for back in range(BASELINE)}
    shown = {LAST: [80.0, 80.0], LAST - 1: [99.0], LAST - 2: [70.0, 72.0]}
    early = {LAST - DAYS - BASELINE - 5: [0.0, 0.0]}
    found = pulse(seen(early | usual | shown).lazy(), LAST, {"quality": 1.0})
    means = [np.mean(values) for values in usual.values()]
    part = found.parts[PARTS.index("quality")]
    assert (part.usual, part.spread) == (pytest.approx(np.mean(means)), pytest.approx(np.std(means, ddof=1)))
    assert part.distances[-1] == pytest.approx((80 - np.mean(means)) / np.std(means, ddof=1))
    assert np.isnan(part.distances[-2])  # one call is no day
    assert part.late.n == 5
    assert found.together[-1] == pytest.approx(part.distances[-1])


def test_the_weighted_mean_needs_parts_with_half_of_the_weights() -> None:
    rng = np.random.default_rng(3)
    days = {day: list(rng.normal(50, 5, 4)) for day in range(LAST - DAYS - BASELINE + 1, LAST + 1)}
    both = pl.concat([seen(days), seen({day: v for day, v in days.items() if day != LAST}, "csat")])
    found = pulse(both.lazy(), LAST, {"quality": 1.0, "csat": 3.0})
    csat, quality = (found.parts[PARTS.index(name)].distances for name in ("csat", "quality"))
    assert found.together[:-1] == pytest.approx((3 * csat[:-1] + quality[:-1]) / 4)
    assert np.isnan(found.together[-1])  # a quarter of the weights speaks
    assert not pulse(seen({LAST: [1.0, 2.0]}).lazy(), LAST).known


def made(n: int, strength: float, seed: int = 5) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    rows = np.column_stack([rng.integers(0, 2, n), rng.integers(0, 2, n), rng.normal(size=n)]).astype(float)
    chance = 1 / (1 + np.exp(-(0.3 + strength * rows[:, 0] - 0.2 * rows[:, 2])))
    return rows, (rng.random(n) < chance).astype(float)


def test_the_regression_is_that_of_scikit_learn() -> None:
    rows, truth = made(400, 1.2)
    weights = np.random.default_rng(1).integers(0, 3, 400).astype(float)
    theirs = LogisticRegression(C=1.0, tol=1e-10, max_iter=5000).fit(rows, truth, sample_weight=weights)
    ours = fit(rows, truth, weights)
    assert ours[0] == pytest.approx(theirs.intercept_[0], abs=1e-4)
    assert ours[1:] == pytest.approx(theirs.coef_[0], abs=1e-4)


def answers(n: int, strength: float) -> pl.DataFrame:
    rows, truth = made(n, strength)
    return pl.DataFrame({
        "satisfied": truth == 1, "customer": [f"c{i // 2}" for i in range(n)], "queue": ["a", "b"] * (n // 2),
        "minutes": rows[:, 2] + 5, "empathy": rows[:, 0], "goodbye": rows[:, 1], "rare": [None] * n,
    }, schema_overrides={"rare": pl.Float64})  # fmt: skip


def test_a_driver_is_found_and_chance_is_not() -> None:
    found = drivers(answers(600, 1.4), ("empathy", "goodbye", "rare"))
    rows = {one.key: one for one in found.rows}
    assert set(rows) == {"empathy", "goodbye", MINUTES}
    assert rows["empathy"].stands
    assert not rows["goodbye"].stands
    empathy = rows["empathy"].effect
    assert (empathy.low or 0.0) > 0.1
    assert (empathy.low or 0) < (empathy.value or 0) < (empathy.high or 0)
    assert found == drivers(answers(600, 1.4), ("empathy", "goodbye", "rare"))


# answers, satisfied -> whether anything is said
@pytest.mark.parametrize(
    ("n", "good", "said"), [(ANSWERS, 30, True), (ANSWERS - 2, 49, False), (300, 29, False)]
)
def test_nothing_is_said_below_the_gates(n: int, good: int, *, said: bool) -> None:
    table = answers(n, 0.0).with_columns(pl.Series("satisfied", [i < good for i in range(n)]))
    found = drivers(table, ("empathy",))
    assert (found.enough, bool(found.rows)) == (said, said)


def said(rows: list[tuple[str, str, float]]) -> pl.DataFrame:
    """Comments as cells of one."""
    columns = {"read": True, "hidden": False, "score_n": 1}
    told = [(*row, row[2] ** 2) for row in rows]
    found = pl.DataFrame(told, ["aspects", "label", "score_sum", "score_squares"], orient="row")
    return found.with_columns(pl.lit(value).alias(name) for name, value in columns.items())


def test_the_impact_of_a_topic_has_gates() -> None:
    rows = [("refund", "negative", -0.8)] * 30 + [("price", "positive", 0.5)] * 29
    named = said(rows)
    first, second = topics(named.lazy())
    mean = (30 * -0.8 + 29 * 0.5) / 59
    assert (first.key, first.count, first.impact) == ("refund", 30, pytest.approx((-0.8 - mean) * 30))
    assert (first.negative.value, second.key, second.impact) == (1.0, "price", None)
    many = pl.concat([named, named.with_columns(aspects=pl.lit("x"))] * 30)
    few = pl.concat([many.filter(pl.col("aspects") != "refund"), named.head(30)])
    assert next(t for t in topics(few.lazy()) if t.key == "refund").impact is None  # under 2 %
    sums = few.group_by("aspects", "label", "read", "hidden").agg(pl.col("^score_.*$").sum())
    assert same(topics(sums.lazy()), topics(few.lazy()))


CALLS = {"call_key": pl.String, "customer_hash": pl.String, "queue": pl.String, "direction": pl.String,
         "started_at": MOMENT, "local_day": pl.Int32}  # fmt: skip
hours = st.integers(0, 24 * 40)


def calls(rows: list[tuple[str, str, int]]) -> pl.DataFrame:
    made_rows = [
        (f"k{i}", who, queue, "inbound", START + timedelta(hours=hour), 20_000 + hour // 24)
        for i, (who, queue, hour) in enumerate(rows)
    ]
    return pl.DataFrame(made_rows, CALLS, orient="row")


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), hours), max_size=25, unique_by=lambda r: r[2]
    )
)
def test_a_repeat_is_the_same_customer_and_queue_within_seven_days(rows: list[tuple[str, str, int]]) -> None:
    found = {row["call_key"]: row for row in with_repeats(calls(rows).lazy()).collect().to_dicts()}
    for i, (who, queue, hour) in enumerate(rows):
        later = [h for w, q, h in rows if (w, q) == (who, queue) and 0 < h - hour <= 7 * 24]
        assert found[f"k{i}"]["again"] == bool(later)
        assert found[f"k{i}"]["first"] == (not any(w == who and h < hour for w, _q, h in rows))


def test_young_calls_and_outgoing_ones_are_not_counted() -> None:
    rows = calls([("a", "x", 0), ("a", "x", 48), ("b", "x", 0), ("c", "y", 24 * 9)])
    outgoing = calls([("b", "x", 24)]).with_columns(direction=pl.lit("outbound"), call_key=pl.lit("out"))
    found = first_contact(pl.concat([rows, outgoing]).lazy(), 20_000, 20_100, 20_010)
    assert (found.every.value, found.every.n, found.waiting) == (pytest.approx(2 / 3), 3, 1)
    assert (found.new.n, found.known.n) == (2, 1)
    low, high = stats.binomtest(2, 3).proportion_ci(method="wilson")
    assert (found.every.low, found.every.high) == (pytest.approx(low), pytest.approx(high))


def test_loyalty_counts_customers_of_two_periods() -> None:
    bought = [
        ("a", 0, "s"),
        ("a", 30, "s"),
        ("a", 5, "t"),
        ("b", 40, "s"),
        ("c", 3, "s"),
        ("d", 31, "s"),
        ("d", 33, "s"),
    ]
    orders = pl.DataFrame(
        [(who, LAST - back, service) for who, back, service in bought],
        {"customer_hash": pl.String, "local_day": pl.Int32, "service": pl.String}, orient="row",
    )  # fmt: skip
    said = pl.DataFrame(
        [
            (1, "nps", 6, "a", START),
            (2, "nps", 10, "a", START + timedelta(days=1)),
            (3, "nps", 3, "c", START),
        ],
        {
            "id": pl.Int64,
            "kind": pl.String,
            "score": pl.Int64,
            "customer_hash": pl.String,
            "answered_at": MOMENT,
        },
        orient="row",
    )
    found = loyalty(alike(orders, said, LAST), LAST)
    assert (found.retention.value, found.retention.n) == (pytest.approx(1 / 3), 3)  # a, b, d before; a again
    assert (found.across.value, found.across.n) == (0.5, 2)  # of a and c, a used two
    assert (found.promoters.value, found.promoters.n) == (0.5, 2)
    assert found.course[-1][0] == LAST - PERIOD + 1
    assert [(step, n) for step, n, _ in found.funnel] == [
        ("new", 4),
        ("repeat", 2),
        ("loyal", 1),
        ("advocate", 1),
    ]
    steps = dict(stages(orders, said.lazy(), LAST).select("customer_hash", "stage").iter_rows())
    assert steps == {"a": "advocate", "b": "new", "c": "new", "d": "repeat"}


def test_complaints_with_and_without_an_answer() -> None:
    def complaint(i: int, *, reply: int | None, day: int = 0) -> tuple[object, ...]:
        at = START + timedelta(days=day)
        return (
            i,
            20_000 + day,
            at,
            "negative",
            f"u{i}",
            f"c{i}",
            None if reply is None else at + timedelta(hours=reply),
        )

    names = ["id", "local_day", "posted_at", "sentiment", "author_hash", "customer_hash", "first_reply"]
    rows = [complaint(i, reply=1 if i < 12 else 100 if i < 18 else None) for i in range(24)]
    rows.append(complaint(99, reply=1, day=25))  # too young
    table = pl.DataFrame(
        rows, names, orient="row", schema_overrides={"first_reply": MOMENT, "posted_at": MOMENT}
    )
    after = ((0, 5), (1, 29), (2, 31), (3, -1), (20, 10), (0, 9))
    orders = pl.DataFrame(
        [(f"c{i}", START + timedelta(days=d)) for i, d in after],
        {"customer_hash": pl.String, "ordered_at": MOMENT}, orient="row",
    )  # fmt: skip
    found = effect(table.lazy(), orders.lazy(), 20_040).bought
    assert (found.answered.n, found.silent.n, found.enough) == (12, 12, True)
    assert (found.answered.value, found.silent.value) == (pytest.approx(2 / 12), pytest.approx(1 / 12))
    assert effect(table.head(3).lazy(), orders.lazy(), 20_040).kind_word.gap.value is None
