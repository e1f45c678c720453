"""Change = mix + performance: a worked example, statsmodels' intervals, and what must always hold."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.analytics.decompose import LEVEL, Decomposition, decompose

Rows = list[tuple[int | None, float]]


def found(before: Rows, after: Rows) -> Decomposition:
    sides = [
        pl.LazyFrame(rows, schema={"queue_id": pl.Int64, "value": pl.Float64}, orient="row")
        for rows in (before, after)
    ]
    made = decompose(*sides)
    assert made is not None
    return made


def shares(*groups: tuple[int, int, int]) -> Rows:
    """Group, how many calls, how many of them 1."""
    return [(group, float(place < ones)) for group, n, ones in groups for place in range(n)]


def test_worked_by_hand() -> None:
    """60 calls at 90 % and 40 at 50 %; then 40 at 95 % and 60 at 50 %.

    Means 74 % and 68 %; mix (-0.2 · 0.925) + (0.2 · 0.5) = -0.085, performance 0.5 · 0.05 = 0.025.
    """
    made = found(shares((1, 60, 54), (2, 40, 20)), shares((1, 40, 38), (2, 60, 30)))
    assert (made.before, made.after) == (pytest.approx(0.74), pytest.approx(0.68))
    assert made.mix == pytest.approx(-0.085)
    assert made.performance.value == pytest.approx(0.025)
    first, second = made.parts
    assert (first.group, first.before, first.after) == (1, (60, 0.9), (40, 0.95))
    assert first.performance.value == pytest.approx(0.025)
    assert second.performance.value == pytest.approx(0.0)
    # against the mean of all, 71 %: the better queue shrank, the worse one grew
    assert first.mix == pytest.approx(-0.2 * (0.925 - 0.71))
    assert second.mix == pytest.approx(0.2 * (0.5 - 0.71))


def test_intervals_are_those_of_least_squares() -> None:
    import statsmodels.formula.api as smf

    rng = np.random.default_rng(4)
    sides = [
        [(int(q), float(rng.normal(80 - 5 * q - 3 * week * (q == 1), 12))) for q in rng.integers(0, 3, n)]
        for week, n in ((0, 90), (1, 70))
    ]
    made = found(*sides)
    rows = [(f"{q}.{week}", value) for week, side in enumerate(sides) for q, value in side]
    theirs = smf.ols(
        "value ~ 0 + C(cell)", {"cell": [r[0] for r in rows], "value": [r[1] for r in rows]}
    ).fit()
    middle = {
        q: np.mean([np.mean([one[0] == q for one in side]) for side in sides]) for q in (0, 1, 2)
    }  # mean share of each queue
    for part in made.parts:
        wanted = np.zeros(6)
        wanted[2 * part.group], wanted[2 * part.group + 1] = -middle[part.group], middle[part.group]
        test = theirs.t_test(wanted)
        assert part.performance.value == pytest.approx(float(test.effect[0]))
        assert (part.performance.low, part.performance.high) == pytest.approx(tuple(test.conf_int()[0]))
    whole = theirs.t_test(np.array([sign * middle[q] for q in (0, 1, 2) for sign in (-1, 1)]))
    assert (made.performance.low, made.performance.high) == pytest.approx(tuple(whole.conf_int()[0]))
    pairs = [theirs.t_test(np.eye(6)[2 * q + 1] - np.eye(6)[2 * q]) for q in (0, 1, 2)]
    smallest = min(float(pair.pvalue) for pair in pairs)
    assert made.parts[0].sure == (smallest <= LEVEL / 3)
    assert made.parts[0].group == 1  # the queue that got worse stands first


CALLS = st.lists(st.tuples(st.sampled_from([None, 1, 2, 3]), st.floats(0, 100)), min_size=1, max_size=40)


@settings(max_examples=150, deadline=None)
@given(CALLS, CALLS)
def test_parts_sum_to_the_change(before: Rows, after: Rows) -> None:
    made = found(before, after)
    assert made.change == pytest.approx(
        np.mean([v for _, v in after]) - np.mean([v for _, v in before]), abs=1e-9
    )
    assert made.mix + (made.performance.value or 0.0) == pytest.approx(made.change, abs=1e-9)
    assert sum(part.mix for part in made.parts) == pytest.approx(made.mix, abs=1e-9)
    performances = [part.performance.value or 0.0 for part in made.parts]
    assert sum(performances) == pytest.approx(made.performance.value, abs=1e-9)
    back = found(after, before)
    assert back.mix == pytest.approx(-made.mix, abs=1e-9)
    for part in made.parts:
        if not part.before[0] or not part.after[0]:
            assert part.performance.value == 0.0  # new or gone: all of it is mix


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 1000))
def test_the_same_work_done_the_same_way_is_all_mix(seed: int) -> None:
    rng = np.random.default_rng(seed)
    level = {1: 90.0, 2: 60.0}
    before, after = ([(int(q), level[int(q)]) for q in rng.integers(1, 3, 20)] for _ in range(2))
    made = found(before, after)
    assert made.performance.value == pytest.approx(0.0)
    assert made.mix == pytest.approx(made.change)


def test_edges() -> None:
    empty = pl.LazyFrame(schema={"queue_id": pl.Int64, "value": pl.Float64})
    one = pl.LazyFrame({"queue_id": [1], "value": [80.0]})
    assert decompose(empty, one) is None
    assert decompose(one, empty) is None
    lonely = found([(1, 80.0)], [(1, 90.0)])  # one call a week: a change, and no interval
    assert (lonely.performance.value, lonely.performance.low) == (10.0, None)
