"""Whom to coach on what: planted weaknesses are found, chance is not, gains are in points of the score."""

import numpy as np
import polars as pl
import pytest

from qa.analytics.gain import criterion_sums, suggestions
from qa.analytics.league import league
from qa.frames import CRITERIA_SCHEMA

WEIGHTS = {"empathy": 40.0, "recap_next_step": 40.0, "greeting": 19.0, "own_name": 1.0}


def verdicts(rng: np.random.Generator, low: dict[tuple[int, str], float], agents: int = 10) -> pl.LazyFrame:
    """Sixty calls an agent, everything met in 80 % of them, or as ``low`` says."""
    rows = []
    for agent in range(agents):
        for call in range(60):
            for key, weight in WEIGHTS.items():
                met = rng.random() < low.get((agent, key), 0.8)
                row = {"call_key": f"{agent}.{call}", "agent_id": agent, "queue_id": call % 3, "key": key}
                rows.append(row | {"verdict": "met" if met else "not met", "applied_weight": weight})
    return pl.LazyFrame(rows).with_columns(
        pl.lit(None, pl.Int32).alias("local_day"), pl.lit(None, pl.String).alias("left_out")
    )


def test_a_planted_weakness_comes_first_with_its_gain() -> None:
    low = {(3, "recap_next_step"): 0.35, (7, "greeting"): 0.4, (5, "own_name"): 0.3}
    found = suggestions(criterion_sums(verdicts(np.random.default_rng(1), low)))
    assert [(one.agent, one.key) for one in found] == [(3, "recap_next_step"), (7, "greeting")]
    first = found[0]
    assert first.points == pytest.approx(40.0)
    assert first.gain.value == pytest.approx(-(first.distance.value or 0.0) * 40.0)
    assert first.gain.low is not None
    # drawn to the mean: less than what the plain share lacks, and surely something
    assert 0 < first.gain.low < (first.gain.value or 0.0) < (first.level - first.raw) * 40.0
    assert first.doubt < 1e-3


def test_a_criterion_that_decides_little_is_listed_only_when_asked_for() -> None:
    sums = criterion_sums(verdicts(np.random.default_rng(1), {(5, "own_name"): 0.3}))
    assert suggestions(sums) == ()
    assert [(one.agent, one.key) for one in suggestions(sums, matters=0.5)] == [(5, "own_name")]


def test_equal_agents_are_hardly_ever_suggested() -> None:
    centres = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        calls, rows = 60, []
        for agent in range(12):
            for key in range(12):
                met = int(rng.binomial(calls, 0.8))
                rows.append((str(key), agent, 1, calls, float(met), float(met), 8.0 * calls))
        columns = ["key", "agent_id", "queue_id", "n", "total", "squares", "weight"]
        centres += bool(suggestions(pl.DataFrame(rows, schema=columns, orient="row")))
    print(f"somebody suggested in {centres} of 40 centres with 144 pairs each")
    assert centres <= 4


def test_distances_are_those_of_the_league() -> None:
    sums = criterion_sums(verdicts(np.random.default_rng(2), {(3, "empathy"): 0.4}))
    (one,) = suggestions(sums)
    table = league(sums.filter(pl.col("key") == "empathy"))
    place = table.of(3) if table else None
    assert table is not None
    assert place is not None
    assert one.level + (one.distance.value or 0.0) == pytest.approx(place.shrunk.value)
    assert one.level + (one.distance.high or 0.0) == pytest.approx(place.shrunk.high)


def test_sums_leave_out_what_does_not_count() -> None:
    plain = dict.fromkeys(CRITERIA_SCHEMA) | {
        "agent_id": 1, "queue_id": 2, "key": "empathy", "verdict": "partly", "applied_weight": 30.0
    }  # fmt: skip
    rows = [
        plain,
        plain | {"verdict": "met"},
        plain | {"verdict": "not applicable", "applied_weight": 0.0},
        plain | {"verdict": "cannot tell", "applied_weight": 0.0},
        plain | {"left_out": "too short"},
        plain | {"agent_id": None},
    ]
    made = criterion_sums(pl.LazyFrame(rows, schema=CRITERIA_SCHEMA))
    assert made.rows() == [("empathy", 1, 2, 2, 1.5, 1.25, 60.0)]


def test_two_agents_are_not_compared() -> None:
    sums = criterion_sums(verdicts(np.random.default_rng(1), {(1, "empathy"): 0.1}, agents=2))
    assert suggestions(sums) == ()
    assert suggestions(sums.clear()) == ()
