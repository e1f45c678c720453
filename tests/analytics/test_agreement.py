"""Alpha against the ``krippendorff`` package and a published example, and what it must always be."""

import krippendorff
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from qa.analytics.agreement import against_people, alpha, within

NO = np.nan
PUBLISHED = np.array([  # Krippendorff 2011, section C: four observers, twelve units
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NO, NO, NO],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NO, 3],
    [NO, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NO],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NO],
])  # fmt: skip


@pytest.mark.parametrize(("level", "value"), [("ordinal", 0.815), ("interval", 0.849)])
def test_the_published_example(level: str, value: float) -> None:
    found = alpha(PUBLISHED, level)  # type: ignore[arg-type]
    assert found.value == pytest.approx(value, abs=0.0005)
    assert found.n == 11  # the twelfth unit has one rating
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high <= 1


ratings = hnp.arrays(
    float,
    st.tuples(st.integers(2, 5), st.integers(1, 30)),
    elements=st.sampled_from([0.0, 0.5, 1.0, NO]),
)


@given(ratings, st.sampled_from(["ordinal", "interval"]))
def test_the_package_says_the_same(made: np.ndarray, level: str) -> None:
    found = alpha(made, level)  # type: ignore[arg-type]
    pairable = made[:, (~np.isnan(made)).sum(axis=0) >= 2]
    values = pairable[~np.isnan(pairable)]
    if values.size == 0 or np.unique(values).size == 1:
        assert found.value is None
        return
    theirs = krippendorff.alpha(made, level_of_measurement=level)
    assert found.value == pytest.approx(theirs, abs=1e-9)
    if found.low is not None and found.high is not None:
        assert found.low <= found.high <= 1 + 1e-12


@given(hnp.arrays(float, st.tuples(st.integers(2, 4), st.integers(2, 20)), elements=st.floats(0, 100)))
def test_scores_are_as_in_the_package(made: np.ndarray) -> None:
    found = alpha(made, "interval").value
    if found is not None and np.ptp(made) > 1e-3:
        assert found == pytest.approx(krippendorff.alpha(made, level_of_measurement="interval"), abs=1e-6)


def test_those_who_always_agree_have_one_and_chance_has_none() -> None:
    random = np.random.default_rng(1)
    verdicts = random.choice([0.0, 0.5, 1.0], size=400)
    assert alpha(np.stack([verdicts, verdicts]), "ordinal").value == pytest.approx(1.0)
    other = random.choice([0.0, 0.5, 1.0], size=400)
    chance = alpha(np.stack([verdicts, other]), "ordinal")
    assert chance.low is not None
    assert chance.high is not None
    assert chance.low < 0 < chance.high


@pytest.mark.parametrize(
    ("rows", "value", "close", "pairs"),
    [
        ([[80.0, 90.0], [90.0, 90.1]], 1.0, 2, 2),  # at most ten points apart
        ([[80.0, NO], [90.5, 70.0]], 0.0, 0, 1),  # one pair, too far
        ([[50.0], [55.0], [70.0]], 1 / 3, 1, 3),  # three people, three pairs
    ],
)
def test_pairs_within_ten_points(rows: list[list[float]], value: float, close: int, pairs: int) -> None:
    found = within(np.array(rows))
    assert (found.value, found.n) == (pytest.approx(value), pairs)
    assert round((found.value or 0) * pairs) == close


def table(key: str, *rows: tuple[int, str, str, str]) -> pl.DataFrame:
    return pl.DataFrame(
        [(key, *row) for row in rows],
        schema=["key", "call_id", "rater", "human", "automatic"],
        orient="row",
    )


def test_criteria_are_judged_apart() -> None:
    good = table(
        "greeting",
        *((n, "a", "met" if n % 2 else "not met", "met" if n % 2 else "not met") for n in range(20)),
    )
    bad = table(
        "empathy",
        *((n, "a", "met" if n % 2 else "not met", "met" if n % 3 else "not met") for n in range(40)),
    )
    few = table("goodbye", *((n, "a", "met", "not met") for n in range(19)))
    open_ = table("probing", *((n, "a", "not applicable", "met") for n in range(25)))
    found = {one.key: one for one in against_people(pl.concat([good, bad, few, open_]).lazy())}
    assert [
        (found[k].enough, found[k].people_decide) for k in ("greeting", "empathy", "goodbye", "probing")
    ] == [
        (True, False),  # twenty calls, all the same
        (True, True),  # hardly better than chance
        (False, False),  # one call too few to say
        (False, False),  # people say it does not apply: no verdict to compare
    ]
    assert found["probing"].exact.value == 0.0  # yet the words differ each time
    assert found["greeting"].exact.value == 1.0


def test_two_people_and_the_machine_on_one_call_are_one_unit() -> None:
    rows = [
        (n, who, "met" if n % 2 else "not met", "met" if n % 2 else "not met")
        for n in range(10)
        for who in "ab"
    ]
    (one,) = against_people(table("greeting", *rows).lazy())
    assert (one.alpha.n, one.exact.n) == (10, 20)
