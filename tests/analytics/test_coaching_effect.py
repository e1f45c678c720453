"""Coaching effects: the same as statsmodels, what chance gives, which calls count, what must always hold."""

from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.analytics.effect import Effect, NoEffect, Session, coaching_effect, criterion_values, score_values
from qa.frames import CALLS_SCHEMA, CRITERIA_SCHEMA

DAY = 20_000
SCHEMA = {"agent_id": pl.Int64, "queue_id": pl.Int64, "local_day": pl.Int64, "value": pl.Float64}


def centre(seed: int, agents: int = 10, level: float = 5.0, moves: float = 0.0) -> pl.DataFrame:
    """Sixteen weeks, three queues, one of which gets worse; agent 0 is nobody special."""
    rng = np.random.default_rng(seed)
    n = rng.poisson(11, (agents, 16))
    agent, week = (
        np.repeat(axis.ravel(), n.ravel()) for axis in np.meshgrid(range(agents), range(16), indexing="ij")
    )
    queue, after = rng.integers(0, 3, len(agent)), week >= 8
    own, moved = rng.normal(0, level, agents), rng.normal(0, moves, agents)
    score = 80 + own[agent] + moved[agent] * after - 5 * queue - 6.0 * (after & (queue == 1))
    day = DAY + 7 * (week - 8) + rng.integers(1, 7, len(agent))
    columns = [agent, queue, day, score + rng.normal(0, 18, len(agent))]
    return pl.DataFrame(dict(zip(SCHEMA, columns, strict=True)), schema=SCHEMA)


def with_effect(table: pl.DataFrame, agents: tuple[int, ...], points: float) -> pl.DataFrame:
    coached = pl.col("agent_id").is_in(agents) & (pl.col("local_day") > DAY)
    return table.with_columns(pl.col("value") + pl.when(coached).then(points).otherwise(0.0))


def told(table: pl.DataFrame, agents: tuple[int, ...] = (0,), **more: Any) -> Effect:
    return coaching_effect(table.lazy(), Session(agents, DAY), **more)


@pytest.mark.parametrize(("agents", "moves"), [((0,), 3.0), ((0, 1, 2), 5.0)])
def test_the_same_as_the_mixed_model_of_statsmodels(agents: tuple[int, ...], moves: float) -> None:
    import pandas as pd
    import statsmodels.formula.api as smf

    table = with_effect(centre(8, moves=moves), agents, 9.0)
    data = table.with_columns(
        (pl.col("local_day") > DAY).cast(pl.Int64).alias("after"),
        (pl.col("agent_id").is_in(agents) & (pl.col("local_day") > DAY)).cast(pl.Float64).alias("coached"),
    ).to_dict(as_series=False)
    model = smf.mixedlm(
        "value ~ 0 + C(queue_id):C(after) + coached", pd.DataFrame(data), groups="agent_id",
        re_formula="1", vc_formula={"change": "0 + after"},
    )  # fmt: skip
    theirs = model.fit(reml=True, method=["powell", "lbfgs"])
    ours = told(table, agents)
    assert ours.difference.value == pytest.approx(theirs.params["coached"], abs=0.02)
    # theirs takes the spreads as known; ours adds what is not known of them
    assert ours.difference.high is not None
    half = ours.difference.high - (ours.difference.value or 0.0)
    assert 0.95 * 1.96 * theirs.bse["coached"] < half < 1.6 * 1.96 * theirs.bse["coached"]


def test_like_least_squares_with_clustered_errors_where_levels_hardly_shrink() -> None:
    """Twenty agents of very different levels, ten of them coached: difference in differences by the book."""
    import statsmodels.formula.api as smf

    agents = tuple(range(10))
    table = with_effect(centre(3, 20, level=60.0, moves=6.0), agents, 9.0)
    after = (pl.col("local_day") > DAY).cast(pl.Int64)
    data = table.with_columns(
        after.alias("after"), (pl.col("agent_id").is_in(agents) * after).cast(pl.Float64).alias("coached")
    ).to_dict(as_series=False)
    theirs = smf.ols("value ~ C(agent_id) + C(queue_id)*after + coached", data).fit(
        cov_type="cluster", cov_kwds={"groups": np.array(data["agent_id"])}
    )
    ours = told(table, agents).difference
    assert ours.value == pytest.approx(theirs.params["coached"], abs=0.35)
    assert ours.high is not None
    assert (ours.high - (ours.value or 0.0)) / 1.96 == pytest.approx(theirs.bse["coached"], rel=0.25)


def test_nobody_improves_by_having_been_the_lowest() -> None:
    """The agent with the lowest start is coached without effect: the plain change is up, the effect 0."""
    plain, gaps, claimed = [], [], 0
    for seed in range(40):
        table = centre(seed, level=2.0)
        before = table.filter(pl.col("local_day") < DAY).group_by("agent_id").agg(pl.col("value").mean())
        lowest = int(before.sort("value")["agent_id"][0])
        found = told(table, (lowest,))
        own, others = found.coached, found.others
        gaps.append(found.difference.value or 0.0)
        plain.append(
            (own.mean_after or 0)
            - (own.mean_before or 0)
            - (others.mean_after or 0)
            + (others.mean_before or 0)
        )
        claimed += found.helped
    print(f"plain {np.mean(plain):+.2f}, shrunken {np.mean(gaps):+.2f}, claimed {claimed} of 40")
    assert np.mean(plain) > 1.5
    assert abs(float(np.mean(gaps))) < 0.8
    assert claimed <= 2


def test_a_real_effect_is_found_and_its_parts_add_up() -> None:
    found = told(with_effect(centre(5, moves=1.0), (0,), 14.0))
    assert found.helped
    assert found.difference.low is not None
    assert found.difference.high is not None
    assert found.difference.low < 14.0 < found.difference.high
    parts = (found.comparable.value or 0.0) + (found.difference.value or 0.0)
    assert found.own.value == pytest.approx(parts)
    assert found.agents == 9


WINDOWS = [
    # an earlier coaching of the same agent: its calls from before that are not used
    (Session((0,), DAY - 21), (DAY - 20, DAY + 56), 9),
    # a later one: only the calls in between
    (Session((0,), DAY + 14), (DAY - 56, DAY + 13), 9),
    # outside these weeks it does not matter
    (Session((0,), DAY - 70), (DAY - 56, DAY + 56), 9),
    # a comparable agent who was coached in these weeks is nobody to compare with
    (Session((4, 5), DAY + 20), (DAY - 56, DAY + 56), 7),
    # long before: still comparable
    (Session((4, 5), DAY - 90), (DAY - 56, DAY + 56), 9),
    # the session itself among the others is no other session
    (Session((0,), DAY), (DAY - 56, DAY + 56), 9),
]


@pytest.mark.parametrize(("other", "days", "agents"), WINDOWS)
def test_which_calls_count(other: Session, days: tuple[int, int], agents: int) -> None:
    table = centre(2)
    found = told(table, others=[other])
    assert ((found.first, found.last), found.agents) == (days, agents)
    mine = table.filter((pl.col("agent_id") == 0) & pl.col("local_day").is_between(*days))
    assert found.coached.before == mine.filter(pl.col("local_day") < DAY).height
    assert found.coached.after == mine.filter(pl.col("local_day") > DAY).height


def test_in_a_group_each_own_earlier_coaching_cuts_own_calls_alone() -> None:
    table = centre(2)
    whole, cut = told(table, (0, 1)), told(table, (0, 1), others=[Session((1,), DAY - 14)])
    gone = table.filter((pl.col("agent_id") == 1) & pl.col("local_day").is_between(DAY - 56, DAY - 14)).height
    assert whole.coached.before - cut.coached.before == gone
    assert cut.others == whole.others


def few(table: pl.DataFrame, side: pl.Expr, keep: int) -> pl.DataFrame:
    mine = table.filter((pl.col("agent_id") == 0) & side)
    return pl.concat([table.filter(~((pl.col("agent_id") == 0) & side)), mine.head(keep)])


BEFORE, AFTER = pl.col("local_day") < DAY, pl.col("local_day") > DAY
TOO_FEW = [
    (few(centre(1), AFTER, 9), NoEffect.NOT_YET),
    (few(centre(1), AFTER, 10), None),
    (few(centre(1), BEFORE, 9), NoEffect.BEFORE),
    (few(centre(1), BEFORE, 10), None),
    # coached yesterday: nobody has calls after it
    (centre(1).filter(BEFORE), NoEffect.NOT_YET),
    (centre(1).filter(pl.col("agent_id") < 3), NoEffect.NOBODY),
    (centre(1).filter(pl.col("agent_id") < 4), None),
    # the coached agent's only queue is nobody else's
    (centre(1).filter((pl.col("agent_id") == 0) == (pl.col("queue_id") == 1)), NoEffect.NOBODY),
    (centre(1).clear(), NoEffect.BEFORE),
]


@pytest.mark.parametrize(("table", "reason"), TOO_FEW)
def test_too_few_calls(table: pl.DataFrame, reason: NoEffect | None) -> None:
    found = told(table)
    assert found.reason == reason
    assert (found.difference.value is None) == (reason is not None)
    assert not (reason and found.helped)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.floats(-20, 20), st.floats(0.1, 5))
def test_what_always_holds(seed: int, shift: float, scale: float) -> None:
    table = centre(seed, 5, moves=2.0)
    plain = told(table)
    moved = told(table.with_columns(pl.col("value") * scale + AFTER * shift))
    for one, other, by in (
        (plain.own, moved.own, shift),
        (plain.comparable, moved.comparable, shift),
        (plain.difference, moved.difference, 0.0),  # what moves everybody is no effect
    ):
        assert (other.value or 0.0) == pytest.approx(scale * (one.value or 0.0) + by, abs=0.05 * scale)
        assert one.low is not None
        assert one.high is not None
        assert one.low < (one.value or 0.0) < one.high


def test_values_of_a_criterion_and_of_scores() -> None:
    verdicts = [
        ("met", None),
        ("partly", None),
        ("not met", None),
        ("not applicable", None),
        ("met", "too short"),
    ]
    rows = [
        dict.fromkeys(CRITERIA_SCHEMA)
        | {
            "agent_id": 1,
            "queue_id": 2,
            "local_day": 3,
            "key": "empathy",
            "verdict": verdict,
            "left_out": out,
        }
        for verdict, out in verdicts
    ]
    rows.append(rows[0] | {"key": "goodbye"})
    criteria = pl.LazyFrame(rows, schema=CRITERIA_SCHEMA)
    assert criterion_values(criteria, "empathy").collect()["value"].to_list() == [0.0, 0.5, 1.0]
    calls = [
        dict.fromkeys(CALLS_SCHEMA) | {"agent_id": agent, "local_day": 3, "score": score, "left_out": out}
        for agent, score, out in (
            (1, 80.0, None),
            (1, None, None),
            (None, 70.0, None),
            (1, 60.0, "too short"),
        )
    ]
    assert score_values(pl.LazyFrame(calls, schema=CALLS_SCHEMA)).collect()["value"].to_list() == [80.0]


def test_a_session_without_agents_is_refused() -> None:
    with pytest.raises(ValueError, match="without agents"):
        told(centre(1), ())
