"""Trends of agents: the same as statsmodels, and how often one is seen where there is none."""

import numpy as np
import pytest

from qa.analytics.trends import LEAST_LOOKED_AT, NO_TREND, TOGETHER, Trend, together, trend


def weekly(seed: int, slope: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    n = random.integers(2, 25, 20).astype(float)
    return 80 + slope * np.arange(20) + random.normal(0, 15 / np.sqrt(n)), n


def test_slope_and_error_are_those_of_weighted_least_squares() -> None:
    import statsmodels.api as sm

    means, n = weekly(3, 0.5)
    means[[4, 9]] = np.nan
    known = ~np.isnan(means)
    weeks = np.flatnonzero(known)
    theirs = sm.WLS(means[known], sm.add_constant(weeks), weights=n[known]).fit()
    ours = trend(means, n, within=0.0)  # nothing is known of single calls: the weeks alone
    assert ours.total.value == pytest.approx(19 * theirs.params[1])
    assert ours.chance == pytest.approx(theirs.pvalues[1])
    assert (ours.total.low, ours.total.high) == pytest.approx(tuple(19 * theirs.conf_int()[1]))
    assert ours.total.n == n[known].sum()


def test_weeks_that_agree_by_chance_are_not_surer_than_their_calls() -> None:
    means, n = 80 + 0.1 * np.arange(20.0), np.full(20, 4.0)
    found = trend(means + np.tile([0.01, -0.01], 10), n, within=15.0)
    error = 15 / np.sqrt(4 * ((np.arange(20) - 9.5) ** 2).sum())
    assert found.total.high is not None
    assert found.total.high - (found.total.value or 0.0) == pytest.approx(1.96 * error * 19, rel=1e-3)
    assert found.chance > 0.5


def test_agents_who_do_not_move_are_seldom_named_together() -> None:
    named = 0
    for centre in range(400):
        agents = {agent: trend(*weekly(1000 * centre + agent), 15.0) for agent in range(12)}
        named += any(one.sure for one in together(agents).values())
    print(f"anybody named in {named} of 400 teams")
    assert named / 400 <= 2 * TOGETHER


def test_all_are_judged_at_once() -> None:
    chances = [0.0001, TOGETHER / 11 * 0.99, TOGETHER / 9, 0.5]
    marked = together({place: Trend(NO_TREND.total, chance) for place, chance in enumerate(chances)})
    assert [marked[place].sure for place in range(4)] == [True, True, False, False]
    alone = together({0: Trend(NO_TREND.total, TOGETHER / LEAST_LOOKED_AT * 1.01)})
    assert not alone[0].sure  # one agent's own page is no less strict than the team's


def test_too_few_weeks_or_equal_ones_are_no_trend() -> None:
    means, n = weekly(1)
    assert trend(means[:11], n[:11], 15.0) == NO_TREND
    level = trend(np.full(20, 82.1), n, 0.0)
    assert level.total.value == pytest.approx(0.0)
    assert level.chance > 0.9
