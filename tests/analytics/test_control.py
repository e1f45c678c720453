"""Control charts against a published example, and the rules one by one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.analytics.control import Signal, laney, xmr, xmr_limits

# NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2, flow rates of 10 batches
NIST = np.array([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
QUIET = [80.0, 82, 81, 79, 80, 82, 79, 81, 80, 82, 79, 81, 80]


def test_limits_of_the_handbook() -> None:
    centre, half = xmr_limits(NIST)
    assert centre == pytest.approx(50.81)
    assert (centre + half, centre - half) == (pytest.approx(55.8041, abs=1e-3), pytest.approx(45.8159, abs=1e-3))


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
    between = np.mean([abs(b - a) for a, b in zip(z, z[1:], strict=False)]) / 1.128
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
