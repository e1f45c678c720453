"""One agent's figures: against independent packages and small tables that can be checked by hand."""

import numpy as np
import polars as pl
import pytest
from scipy import stats

from qa.analytics.league import league
from qa.analytics.many import standing
from qa.analytics.person import FEWEST, changes, costs, measured, over_usual, standings
from qa.frames import CALLS_SCHEMA, CRITERIA_SCHEMA

VALUES = (0.0, 0.5, 1.0)


def sums(values: dict[tuple[str, int, int], list[float]]) -> pl.DataFrame:
    """Sums of verdicts by criterion, agent and queue."""
    rows = [
        (key, agent, queue, len(some), float(sum(some)), float(sum(v * v for v in some)))
        for (key, agent, queue), some in values.items()
    ]
    names = ("key", "agent_id", "queue_id", "n", "total", "squares")
    return pl.DataFrame(rows, schema=list(names), orient="row")


def drawn(seed: int, n: int, share: float) -> list[float]:
    chances = [(1 - share) * 0.7, (1 - share) * 0.3, share]
    return [float(v) for v in np.random.default_rng(seed).choice(VALUES, n, p=chances)]


def calls(rows: list[dict[str, object]]) -> pl.LazyFrame:
    usual = dict.fromkeys(CALLS_SCHEMA) | {"score": 80.0, "queue_id": 1}
    made = [usual | {"call_key": f"c{place}"} | row for place, row in enumerate(rows)]
    return pl.DataFrame(made, schema=CALLS_SCHEMA, orient="row").lazy()


def test_standing_against_others_is_that_of_the_league() -> None:
    table = {("greeting", agent, 1): drawn(agent, 60, 0.95 if agent == 3 else 0.6) for agent in range(12)}
    few = {("goodbye", agent, 1): drawn(agent, FEWEST - 1, 0.9) for agent in range(12)}
    found = {one.key: one for one in standings(sums(table | few), 3)}
    expected = league(sums(table).drop("key"))
    assert expected is not None
    place = expected.of(3)
    assert place is not None
    assert found["greeting"].gap.value == pytest.approx(100 * ((place.shrunk.value or 0) - expected.mean))
    assert found["greeting"].met.value == pytest.approx(np.mean(table["greeting", 3, 1]))
    assert found["greeting"].side == 1
    assert (found["goodbye"].gap.value, found["goodbye"].side) == (None, 0)  # under ten verdicts


def test_under_three_agents_nobody_is_compared() -> None:
    (found,) = standings(sums({("greeting", agent, 1): drawn(agent, 40, 0.5) for agent in range(2)}), 1)
    assert (found.gap.value, found.met.n) == (None, 40)


def test_changes_are_those_of_scipy() -> None:
    keys = [f"criterion {place}" for place in range(8)]
    now = {(key, 1, 1): drawn(place, 40, 0.95 if place < 2 else 0.7) for place, key in enumerate(keys)}
    before = {
        (key, 1, 1): drawn(place + 50, 80, 0.55 if place < 2 else 0.7) for place, key in enumerate(keys)
    }
    found = {one.key: one for one in changes(sums(now), sums(before), 1)}
    pairs = [(now[key, 1, 1], before[key, 1, 1]) for key in keys]
    ps = []
    for one, other in pairs:  # the correlation with the side is the permutation test's statistic
        side = stats.pearsonr([0] * len(one) + [1] * len(other), one + other).statistic
        ps.append(2 * stats.norm.sf(abs(side) * np.sqrt(len(one) + len(other) - 1)))
    stands = stats.false_discovery_control(ps) <= 0.05
    assert [found[key].stands for key in keys] == stands.tolist()
    assert [found[key].side for key in keys[:2]] == [1, 1]
    for key, (one, other) in zip(keys, pairs, strict=True):
        assert found[key].gap.value == pytest.approx(np.mean(one) - np.mean(other))
    assert changes(sums(now), sums({("other", 1, 1): [1.0] * 20}), 1) == ()


@pytest.mark.parametrize("seed", range(5))
def test_what_stands_is_what_scipy_lets_stand(seed: int) -> None:
    ps = np.random.default_rng(seed).uniform(0, 0.3, 12)
    assert standing(ps).tolist() == (stats.false_discovery_control(ps) <= 0.10).tolist()
    assert standing(np.empty(0)).size == 0


def test_a_steady_agent_has_no_false_improvement() -> None:
    """Of 200 agents who do not change, with 19 criteria each, few are told that anything did."""
    told = better = 0
    for seed in range(200):
        now = {(f"c{k}", 1, 1): drawn(seed * 100 + k, 20, 0.8) for k in range(19)}
        before = {(f"c{k}", 1, 1): drawn(seed * 100 + k + 50, 40, 0.8) for k in range(19)}
        sides = {one.side for one in changes(sums(now), sums(before), 1)}
        told, better = told + bool(sides & {1, -1}), better + (1 in sides)
    print(f"told a change that is none: {told} of 200; an improvement that is none: {better}")
    assert told <= 16  # 5 %, with two standard errors
    assert better <= 10  # what the agent's own page tells


def test_costs_are_points_a_call() -> None:
    verdicts = {"a": ["not met", "met", "partly"], "b": ["not applicable", "met", "not met"]}
    rows = [
        {"call_key": f"c{place}", "key": key, "verdict": verdict, "applied_weight": 10.0}
        for key, every in verdicts.items()
        for place, verdict in enumerate(every)
    ]
    left = [{"call_key": "x", "key": "a", "verdict": "not met", "applied_weight": 50.0, "left_out": "short"}]
    frame = pl.DataFrame(
        [dict.fromkeys(CRITERIA_SCHEMA) | row for row in rows + left], schema=CRITERIA_SCHEMA
    )
    found = {
        one.key: one
        for one in costs(frame.lazy(), frame.filter(pl.col("left_out").is_null())["call_key"].n_unique())
    }
    assert (found["a"].lost.value, found["a"].judged, found["a"].lost.n) == (5.0, 3, 3)
    assert found["b"].lost.value == pytest.approx(10 / 3)  # of three calls, in one of which it was not asked
    assert found["b"].judged == 2


def test_calls_past_a_limit() -> None:
    frame = calls([
        {"talk_share_agent": 0.30}, {"talk_share_agent": 0.50}, {"talk_share_agent": 0.70},
        {"talk_share_agent": None}, {"talk_share_agent": 0.99, "left_out": "short"},
    ])  # fmt: skip
    found = measured(frame, "talk_share_agent", 0.35, 0.65)
    assert found.mean.value == pytest.approx(0.5)
    assert found.beyond is not None
    assert (found.beyond.value, found.beyond.n, found.missing) == (pytest.approx(2 / 3), 3, 1)
    assert measured(frame, "talk_share_agent", None, None).beyond is None


def test_calls_by_how_far_they_are_over_their_queue() -> None:
    own = calls([
        {"call_key": "hard", "queue_id": 2, "score": 70.0},  # 20 over the hard queue
        {"call_key": "easy", "queue_id": 1, "score": 95.0},  # 5 over the easy one
        {"call_key": "new", "queue_id": 9, "score": 60.0},  # a queue that nobody else has: all calls, 70
        {"call_key": "out", "queue_id": 2, "score": 99.0, "left_out": "short"},
    ])  # fmt: skip
    around = calls([{"queue_id": 1, "score": 90.0}, {"queue_id": 2, "score": 50.0}])
    found = over_usual(own, around)
    assert found.select("call_key", "over").rows() == [("hard", 20.0), ("easy", 5.0), ("new", -10.0)]
