"""Shrunken means: the same as statsmodels, the same by another route, and what must always hold."""

from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize

from qa.analytics.league import League, league, tallied
from qa.analytics.variance import Sums, profile

DYESTUFF = {
    1: (1545, 1440, 1440, 1520, 1580), 2: (1540, 1555, 1490, 1560, 1495), 3: (1595, 1550, 1605, 1510, 1560),
    4: (1445, 1440, 1595, 1465, 1545), 5: (1595, 1630, 1515, 1635, 1625), 6: (1520, 1455, 1450, 1480, 1445),
}  # fmt: skip
"""Yield of six batches (Davies & Goldsmith 1972), the first example of most books on the model."""


def frame(rows: list[tuple[int, int | None, float]]) -> pl.LazyFrame:
    schema = {"agent_id": pl.Int64, "queue_id": pl.Int64, "score": pl.Float64}
    return pl.LazyFrame(rows, schema=schema, orient="row")


def found(rows: list[tuple[int, int | None, float]]) -> League:
    made = league(tallied(frame(rows), "score"))
    assert made is not None
    return made


def fitted(rows: list[tuple[int, int | None, float]], formula: str) -> Any:
    """The same model by statsmodels: residual maximum likelihood, a level of its own for each agent."""
    import pandas as pd
    import statsmodels.formula.api as smf

    data = pd.DataFrame(rows, columns=["agent", "queue", "score"])
    return smf.mixedlm(formula, data, groups="agent").fit(reml=True, method="powell")


def test_dyestuff_is_that_of_statsmodels() -> None:
    rows: list[tuple[int, int | None, float]] = [
        (batch, None, float(y)) for batch, values in DYESTUFF.items() for y in values
    ]
    made, theirs = found(rows), fitted(rows, "score ~ 1")
    assert made.mean == pytest.approx(float(theirs.params["Intercept"]))
    assert made.between**2 == pytest.approx(float(theirs.cov_re.iloc[0, 0]), rel=1e-3)
    assert made.within**2 == pytest.approx(float(theirs.scale), rel=1e-3)
    assert [place.agent for place in made.places] == [5, 3, 2, 1, 4, 6]
    # a balanced design has a closed form: mean squares 56357.5 / 5 between and 58830 / 24 within the batches
    between, within = 56357.5 / 5, 58830 / 24
    assert made.between**2 == pytest.approx((between - within) / 5, rel=1e-4)
    for place in made.places:
        effect = float(theirs.random_effects[place.agent].iloc[0])
        assert place.shrunk.value == pytest.approx(made.mean + effect, abs=0.02)
        assert place.weight == pytest.approx(1 - within / between, abs=1e-4)


def test_unequal_agents_are_those_of_statsmodels() -> None:
    rows = mixed(4)
    made, theirs = found(rows), fitted(rows, "score ~ 0 + C(queue)")
    assert made.between**2 == pytest.approx(float(theirs.cov_re.iloc[0, 0]), rel=5e-3)
    assert made.within**2 == pytest.approx(float(theirs.scale), rel=5e-3)
    level = float(np.mean([theirs.params[f"C(queue)[{queue}]"] for _, queue, _ in rows]))
    for place in made.places:
        effect = float(theirs.random_effects[place.agent].iloc[0])
        assert place.shrunk.value == pytest.approx(level + effect, abs=0.03)


def mixed(seed: int) -> list[tuple[int, int | None, float]]:
    rng = np.random.default_rng(seed)
    rows: list[tuple[int, int | None, float]] = []
    for agent, calls in enumerate((20, 6, 14, 30, 3, 9)):
        own = rng.normal(0, 6)
        drawn = rng.choice(3, calls, p=np.roll((0.6, 0.3, 0.1), agent))
        rows += [(agent, int(queue), 80 + own - 7.0 * queue + rng.normal(0, 15)) for queue in drawn]
    return rows


def by_matrices(rows: list[tuple[int, int | None, float]]) -> tuple[NDArray[np.float64], ...]:
    """REML with the whole covariance matrix, then Henderson's mixed model equations."""
    y = np.array([row[2] for row in rows])
    z = np.eye(6)[[row[0] for row in rows]]
    x = np.eye(3)[[row[1] for row in rows]]

    def lost(logs: NDArray[np.float64]) -> float:
        tau2, sigma2 = np.exp(logs)
        v = np.linalg.inv(tau2 * z @ z.T + sigma2 * np.eye(len(y)))
        inner = x.T @ v @ x
        gap = y - x @ np.linalg.solve(inner, x.T @ v @ y)
        return float(-np.linalg.slogdet(v)[1] + np.linalg.slogdet(inner)[1] + gap @ v @ gap) / 2

    tau2, sigma2 = np.exp(minimize(lost, np.log([30.0, 200.0]), method="Nelder-Mead", tol=1e-7).x)
    system = np.block([[x.T @ x, x.T @ z], [z.T @ x, z.T @ z + np.eye(6) * sigma2 / tau2]]) / sigma2
    solved = np.linalg.solve(system, np.concatenate([x.T @ y, z.T @ y]) / sigma2)
    errors = np.linalg.inv(system)[3:, 3:]
    return np.array([np.sqrt(tau2), np.sqrt(sigma2)]), x.mean(0) @ solved[:3] + solved[3:], errors


def test_unequal_agents_on_unequal_queues_by_another_route() -> None:
    rows = mixed(4)
    (between, within), shrunk, errors = by_matrices(rows)
    made = found(rows)
    assert (made.between, made.within) == (pytest.approx(between, rel=2e-3), pytest.approx(within, rel=2e-3))
    for place in made.places:
        assert place.shrunk.value == pytest.approx(shrunk[place.agent], abs=0.02)
    at = profile(Sums.of(tallied(frame(rows), "score")), np.array([between / within]))
    assert at.variances[0] == pytest.approx(np.diag(errors), rel=5e-3)
    gap = errors[0, 0] + errors[4, 4] - 2 * errors[0, 4]
    assert at.gap_variance(0, 4)[0] == pytest.approx(gap, rel=5e-3)


def test_the_hard_queue_is_taken_out() -> None:
    rng = np.random.default_rng(7)
    rows: list[tuple[int, int | None, float]] = []
    for agent in range(6):
        hard = 0.9 if agent == 0 else 0.15
        for _call in range(150):
            queue = int(rng.random() < hard)
            rows.append((agent, queue, 85 - 20 * queue + (6 if agent == 0 else 0) + rng.normal(0, 8)))
    made = found(rows)
    best, raw = made.places[0], {place.agent: place.raw for place in made.places}
    assert best.agent == 0  # though the raw mean is the lowest
    assert raw[0] == min(raw.values())
    assert [place.band for place in made.places][:2] == [0, 1]  # and is told apart


def test_agents_that_do_not_differ_share_one_band() -> None:
    apart = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        rows: list[tuple[int, int | None, float]] = [
            (agent, None, float(score)) for agent in range(12) for score in rng.normal(80, 18, 60)
        ]
        apart += found(rows).places[-1].band > 0
    print(f"equal agents told apart in {apart} of 60 centres")
    assert apart <= 6


def test_the_interval_holds_the_truth() -> None:
    inside = total = 0
    for seed in range(80):
        rng = np.random.default_rng(1000 + seed)
        truth = rng.normal(0, 4, 10)
        rows: list[tuple[int, int | None, float]] = []
        for agent, calls in enumerate(rng.integers(8, 120, 10)):
            rows += [(agent, None, float(s)) for s in 80 + truth[agent] + rng.normal(0, 18, calls)]
        for place in found(rows).places:
            assert place.shrunk.low is not None
            assert place.shrunk.high is not None
            inside += place.shrunk.low <= 80 + truth[place.agent] <= place.shrunk.high
            total += 1
    print(f"{inside / total:.3f} of intervals hold the truth")
    assert 0.92 <= inside / total <= 0.99


CALLS = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from([None, 1, 2]), st.floats(0, 100)), min_size=1, max_size=60
)


@settings(max_examples=60, deadline=None)
@given(CALLS)
def test_what_always_holds(rows: list[tuple[int, int | None, float]]) -> None:
    made = found(rows)
    shrunk = [place.shrunk.value for place in made.places]
    assert shrunk == sorted(shrunk, reverse=True)  # type: ignore[type-var]
    bands = [place.band for place in made.places]
    assert bands == sorted(bands)
    assert bands[0] == 0
    assert {place.agent for place in made.places} == {row[0] for row in rows}
    for place in made.places:
        assert 0 <= place.weight <= 1
        assert place.shrunk.n == sum(1 for row in rows if row[0] == place.agent)
        if made.compared:
            assert place.shrunk.low is not None
            assert place.shrunk.low <= (place.shrunk.value or 0.0)


@pytest.mark.parametrize(
    ("rows", "compared", "shown"),
    [
        ([(1, 1, 90.0), (1, 1, 80.0), (2, 1, 70.0)], False, [85.0, 70.0]),  # two agents: raw means
        ([(1, 1, 50.0), (2, 1, 50.0), (3, 1, 50.0)], True, [50.0, 50.0, 50.0]),  # nothing varies
    ],
)
def test_edges(rows: list[tuple[int, int | None, float]], *, compared: bool, shown: list[float]) -> None:
    made = found(rows)
    assert made.compared == compared
    assert [place.shrunk.value for place in made.places] == pytest.approx(shown)


def test_no_calls_no_league() -> None:
    assert league(tallied(frame([]), "score")) is None
