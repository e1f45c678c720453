"""Intervals against scipy and published examples, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from qa.analytics.intervals import NOTHING, difference, mean, net_promoter, share, share_difference

WILSON = [
    # Newcombe 1998, table I: 81 of 263
    (81, 263, 0.2553, 0.3662),
    # the same table: 15 of 148
    (15, 148, 0.0624, 0.1605),
    # none of 20
    (0, 20, 0.0, 0.1611),
    # 1 of 29
    (1, 29, 0.0061, 0.1718),
    # peers.md: 4 of 5 calls passed
    (4, 5, 0.3755, 0.9638),
]


@pytest.mark.parametrize(("hits", "n", "low", "high"), WILSON)
def test_wilson_published(hits: int, n: int, low: float, high: float) -> None:
    found = share(hits, n)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@given(st.integers(1, 5000), st.data())
def test_wilson_holds_the_share_and_equals_scipy(n: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, n))
    found = share(hits, n)
    theirs = stats.binomtest(hits, n).proportion_ci(method="wilson")
    assert found.low == pytest.approx(theirs.low, abs=1e-9)
    assert found.high == pytest.approx(theirs.high, abs=1e-9)
    assert 0 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 1


def test_impossible_share_is_refused() -> None:
    with pytest.raises(ValueError, match="6 successes of 5"):
        share(6, 5)


def test_mean_equals_scipy() -> None:
    values = np.array([70.0, 82.0, 91.0, 77.0, 85.0, 88.0])
    low, high = stats.t.interval(0.95, 5, values.mean(), stats.sem(values))
    found = mean(values)
    assert (found.value, found.low, found.high, found.n) == (
        pytest.approx(values.mean()),
        pytest.approx(low),
        pytest.approx(high),
        6,
    )


def test_few_skewed_values_are_bootstrapped_and_repeat() -> None:
    values = [100.0] * 9 + [0.0]
    first, second = mean(values), mean(values)
    assert first == second
    assert first.high <= 100.0 < stats.t.interval(0.95, 9, 90, stats.sem(values))[1]


def test_bootstrap_of_skewed_values_holds_the_mean_about_as_often_as_it_says() -> None:
    random = np.random.default_rng(2)
    drawn = random.lognormal(0, 1, size=(600, 12))
    found = [mean(line) for line in drawn if stats.skew(line) > 1]
    held = np.mean([each.low <= np.exp(0.5) <= each.high for each in found])
    assert len(found) > 300
    assert held > 0.88


@given(st.lists(st.floats(0, 100), min_size=1, max_size=60))
def test_mean_lies_in_its_interval(values: list[float]) -> None:
    found = mean(values)
    assert found.n == len(values)
    if len(values) > 1:
        assert found.low <= found.value + 1e-9
        assert found.value - 1e-9 <= found.high


NPS = [
    # 50 % promoters, 20 % detractors: 30 ± 15.3 at 100 answers (peers.md §4)
    (50, 20, 100, 30.0, 15.3),
    # ± 28 at 30
    (15, 6, 30, 30.0, 27.9),
    # ± 4.8 at 1000
    (500, 200, 1000, 30.0, 4.84),
]


@pytest.mark.parametrize(("p", "d", "n", "value", "half"), NPS)
def test_net_promoter(p: int, d: int, n: int, value: float, half: float) -> None:
    found = net_promoter(p, d, n)
    assert found.value == pytest.approx(value)
    assert (found.high - found.low) / 2 == pytest.approx(half, abs=0.06)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300))
def test_net_promoter_stays_in_bounds(p: int, d: int, rest: int) -> None:
    found = net_promoter(p, d, p + d + rest)
    if found.value is None:
        assert found == NOTHING
    else:
        assert -100 <= found.low <= found.value + 1e-9
        assert found.value - 1e-9 <= found.high <= 100


def test_welch_equals_scipy() -> None:
    one, other = [80.0, 85, 90, 70, 77], [60.0, 75, 66, 71, 69, 90, 58]
    theirs = stats.ttest_ind(one, other, equal_var=False).confidence_interval()
    found = difference(one, other)
    assert (found.low, found.high) == (pytest.approx(theirs.low), pytest.approx(theirs.high))


NEWCOMBE = [
    # Newcombe 1998 (differences), example (a): 56 of 70 against 48 of 80
    ((56, 70), (48, 80), 0.0524, 0.3339),
    # example (d): 9 of 10 against 3 of 10
    ((9, 10), (3, 10), 0.1705, 0.8090),
    # 10 of 10 against 0 of 20
    ((10, 10), (0, 20), 0.6791, 1.0),
]


@pytest.mark.parametrize(("now", "before", "low", "high"), NEWCOMBE)
def test_share_difference_published(
    now: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    found = share_difference(now, before)
    assert (found.low, found.high) == (pytest.approx(low, abs=2e-4), pytest.approx(high, abs=2e-4))


def test_nothing_is_not_zero() -> None:
    assert mean([]) == share(0, 0) == net_promoter(0, 0, 0) == difference([], [1.0]) == NOTHING
