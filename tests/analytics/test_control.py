"""Control charts against a published example, and the rules one by one."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.analytics.control import Signal, laney, laney_limits, xbar, xmr, xmr_limits
from tests.shared import ROOT

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2, flow rates of 10 batches
NIST = np.array([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
QUIET = [80.0, 82, 81, 79, 80, 82, 79, 81, 80, 82, 79, 81, 80]


def test_limits_of_the_handbook() -> None:
    centre, half = xmr_limits(NIST)
    assert centre == pytest.approx(50.81)
    assert centre + half == pytest.approx(55.8041, abs=1e-3)
    assert centre - half == pytest.approx(45.8159, abs=1e-3)


def test_laney_limits_of_published_weeks() -> None:
    golden = json.loads((ROOT / "tests" / "golden" / "laney_nhs_accidents.json").read_text("utf-8"))
    hits, counts = np.array(golden["hits"], dtype=float), np.array(golden["counts"], dtype=float)
    centre, half = laney_limits(hits, counts, np.arange(20))
    assert 100 * (centre + half) == pytest.approx(np.array(golden["upper"]), abs=6e-5)
    assert 100 * (centre - half) == pytest.approx(np.array(golden["lower"]), abs=6e-5)


RULES = [
    # inside the limits
    (81.0, Signal.NONE),
    # far above and far below
    (95.0, Signal.ABOVE),
    (60.0, Signal.BELOW),
    # a week without calls says nothing
    (float("nan"), Signal.NONE),
]


@pytest.mark.parametrize(("last", "signal"), RULES)
def test_newest_week(last: float, signal: Signal) -> None:
    assert xmr([*QUIET, last]).last is signal


def test_eight_in_a_row_is_a_signal_and_seven_are_not() -> None:
    line = [*QUIET, *([81.5] * 8)]
    chart = xmr(line)
    assert chart.signals[-1] is Signal.RUN_ABOVE
    assert chart.signals[-2] is Signal.NONE


def test_under_12_weeks_nothing_is_a_signal() -> None:
    chart = xmr([*QUIET[:11], 10.0])
    assert not chart.ready
    assert set(chart.signals) == {Signal.TOO_FEW}


def test_twelve_weeks_before_the_newest_are_enough() -> None:
    assert xmr([*QUIET[:12], 10.0]).last is Signal.BELOW


def test_the_newest_week_does_not_set_its_own_limits() -> None:
    assert xmr([*QUIET, 60.0]).centre == pytest.approx(np.mean(QUIET))


def test_laney_by_its_definition() -> None:
    random = np.random.default_rng(7)
    n = random.integers(80, 300, 20)
    hits = random.binomial(n, 0.1)
    centre = hits[:-1].sum() / n[:-1].sum()
    sigma = np.sqrt(centre * (1 - centre) / n)
    z = (hits[:-1] / n[:-1] - centre) / sigma[:-1]
    between = np.mean([abs(b - a) for a, b in pairwise(z)]) / 1.128
    chart = laney(hits, n)
    assert chart.centre == pytest.approx(centre)
    assert chart.upper == pytest.approx(np.minimum(1, centre + 3 * sigma * between))


def test_laney_is_wider_than_binomial_when_weeks_differ_more_than_chance() -> None:
    random = np.random.default_rng(3)
    n = np.full(30, 2000)
    hits = random.binomial(n, np.clip(random.normal(0.1, 0.03, 30), 0.01, 1))
    chart = laney(hits, n)
    binomial = 3 * np.sqrt(chart.centre * (1 - chart.centre) / 2000)
    assert chart.upper[0] - chart.centre > 2 * binomial


def test_a_week_without_trials_is_a_hole() -> None:
    chart = laney([1] * 6 + [0] + [1] * 7, [50] * 6 + [0] + [50] * 7)
    assert np.isnan(chart.values[6])
    assert chart.ready


@settings(max_examples=100)
@given(st.lists(st.floats(0, 100), min_size=13, max_size=40), st.floats(-50, 50))
def test_moving_every_week_moves_the_limits_alone(line: list[float], by: float) -> None:
    one, moved = xmr(line), xmr(np.add(line, by))
    assert moved.centre == pytest.approx(one.centre + by, abs=1e-6)
    assert moved.upper - moved.lower == pytest.approx(one.upper - one.lower, abs=1e-6)


def test_false_alarms_are_rare() -> None:
    random = np.random.default_rng(11)
    alarms = sum(xmr(random.normal(80, 3, 26)).last in (Signal.ABOVE, Signal.BELOW) for _ in range(2000))
    assert alarms / 2000 < 0.02


EQUAL = [
    # twelve times the same in binary: mean and value differ in the last digit
    [82.1] * 14,
    [0.1] * 26,
    [0.0] * 14,
]


@pytest.mark.parametrize("line", EQUAL)
def test_equal_weeks_are_no_signal(line: list[float]) -> None:
    assert set(xmr(line).signals) == {Signal.NONE}


def test_a_week_that_moves_after_equal_ones_is_a_signal() -> None:
    assert xmr([*[82.1] * 13, 82.2]).last is Signal.ABOVE


SPOTLESS = [
    # 12 weeks of 100 calls without a failure, then one: may be chance
    (99, Signal.NONE),
    # then five
    (95, Signal.BELOW),
    (98, Signal.NONE),
    (100, Signal.NONE),
]


@pytest.mark.parametrize(("last", "signal"), SPOTLESS)
def test_after_spotless_weeks(last: int, signal: Signal) -> None:
    assert laney([*[100] * 12, last], [100] * 13).last is signal


RATES = [
    # a rare failure in a small centre, in a large one, and a frequent one
    (0.98, 60),
    (0.98, 1000),
    (0.9, 200),
]


@pytest.mark.parametrize(("p", "n"), RATES)
def test_false_alarms_of_shares_are_rare(p: float, n: int) -> None:
    random = np.random.default_rng(5)
    lines = random.binomial(n, p, size=(600, 26))
    alarms = sum(laney(line, [n] * 26).last in (Signal.ABOVE, Signal.BELOW) for line in lines)
    assert alarms / 600 < 0.035


def test_means_of_equal_numbers_have_the_limits_of_the_handbook() -> None:
    """Where weeks differ by more than chance, equal numbers make it the XmR chart."""
    line = [*NIST, 50.0, 49.0, 80.0]
    equal = xbar(line, [20] * 13, within=0.1)
    centre, half = xmr_limits(np.array(line[:-1]))
    assert equal.centre == pytest.approx(centre)
    assert equal.upper - equal.centre == pytest.approx(np.full(13, half))
    assert (equal.last, set(equal.signals[:-1])) == (Signal.ABOVE, {Signal.NONE})


def test_means_are_never_closer_than_chance() -> None:
    """With sigma known the limits are mean ± 3 sigma / sqrt(n) (Shewhart)."""
    chart = xbar([80.0, 80.1] * 6 + [82.0], [4, 16] * 6 + [9], within=6.0)
    half = chart.upper - chart.centre
    assert half == pytest.approx(np.array([9.0, 4.5] * 6 + [6.0]))
    assert chart.last is Signal.NONE


FEW = [
    # two calls say nothing, three do
    (2, Signal.NONE),
    (3, Signal.BELOW),
    (0, Signal.NONE),
]


@pytest.mark.parametrize(("calls", "signal"), FEW)
def test_a_mean_of_few_calls_is_not_judged(calls: int, signal: Signal) -> None:
    chart = xbar([*QUIET, 60.0], [30] * 13 + [calls], within=8.0)
    assert chart.last is signal
    assert chart.ready
    assert not np.isnan(chart.upper).any()
    assert not xbar([*QUIET, 60.0], [30] * 11 + [2, 2, 30], within=8.0).ready


ENDS = [
    # a score cannot pass 100, which the week of 99.9 would still be within
    ((0.0, 100.0), [90.0, 99.0] * 6 + [99.9], (70.6, 100.0)),
    # seconds have no upper end
    ((0.0, np.inf), [1.0, 5.0] * 6 + [2.0], (0.0, 13.6)),
]


@pytest.mark.parametrize(("reach", "line", "ends"), ENDS)
def test_limits_end_where_the_figure_ends(
    reach: tuple[float, float], line: list[float], ends: tuple[float, float]
) -> None:
    free, chart = xmr(line), xmr(line).within(*reach)
    assert (chart.lower[-1], chart.upper[-1]) == pytest.approx(ends, abs=0.1)
    assert reach[0] <= chart.lower[-1] <= chart.upper[-1] <= reach[1]
    assert (free.upper[-1] > 100.0) or (free.lower[-1] < 0.0)
    assert chart.signals == free.signals
