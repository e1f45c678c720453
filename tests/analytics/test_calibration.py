"""Figures of a calibration against independent packages: krippendorff for alpha, scipy for the intervals."""

import krippendorff
import numpy as np
import pytest
from scipy import stats

from qa.analytics.calibration import close_pairs, criterion_alpha, leanings, score_alpha

SCORES = {
    ("1", 1): 80.0, ("1", 2): 62.5, ("1", 3): 91.0, ("1", 4): 47.0, ("1", 5): 70.0,
    ("2", 1): 74.0, ("2", 2): 60.0, ("2", 3): 82.0, ("2", 4): 41.5, ("2", 5): 66.0,
    ("3", 1): 83.0, ("3", 2): 55.0, ("3", 4): 49.0, ("3", 5): 90.0,
}  # fmt: skip
MACHINE = {("", call): score for call, score in enumerate((85.0, 50.0, 95.0, 60.0, 71.0), 1)}
REFERENCE = {1: 81.0, 2: 63.0, 3: 88.0, 4: 47.5, 5: 72.0}
ABSENT = np.nan
TABLE = np.array([
    [80.0, 62.5, 91.0, 47.0, 70.0],
    [74.0, 60.0, 82.0, 41.5, 66.0],
    [83.0, 55.0, ABSENT, 49.0, 90.0],
    [85.0, 50.0, 95.0, 60.0, 71.0],
])  # fmt: skip


def test_alpha_of_scores_is_the_packages() -> None:
    found = score_alpha(SCORES, MACHINE)
    people = krippendorff.alpha(TABLE[:3], level_of_measurement="interval")
    both = krippendorff.alpha(TABLE, level_of_measurement="interval")
    assert found.people.value == pytest.approx(people)
    assert found.with_machine.value == pytest.approx(both)
    assert found.people.n == found.with_machine.n == 5


def test_alpha_of_a_criterion_leaves_out_what_does_not_count() -> None:
    rows = {
        "1": ("met", "not met", "partly", "met", "met", "cannot tell"),
        "2": ("met", "not met", "met", "met", "not met", "met"),
        "": ("met", "partly", "partly", "not applicable", "not met", "met"),
    }
    said = {(who, call): {"empathy": v} for who, row in rows.items() for call, v in enumerate(row)}
    people = {place: one for place, one in said.items() if place[0]}
    machine = {place: one for place, one in said.items() if not place[0]}
    values = {"met": 1.0, "partly": 0.5, "not met": 0.0}
    table = np.array([[values.get(v, np.nan) for v in row] for row in rows.values()])
    found = criterion_alpha(people, machine, "empathy")
    wanted = [krippendorff.alpha(part, level_of_measurement="ordinal") for part in (table[:2], table)]
    assert [found.people.value, found.with_machine.value] == pytest.approx(wanted)
    assert (found.people.n, found.with_machine.n) == (5, 6)


def test_leaning_against_the_reference_is_a_paired_t_interval() -> None:
    by_rater = {one.rater: one for one in leanings(SCORES, REFERENCE)}
    gaps = TABLE[1] - np.array(list(REFERENCE.values()))
    wanted = stats.ttest_1samp(gaps, 0.0)
    low, high = wanted.confidence_interval(0.95)
    strict = by_rater["2"]
    assert (strict.mean.value, strict.mean.low, strict.mean.high) == pytest.approx((gaps.mean(), low, high))
    assert strict.told is bool(wanted.pvalue < 0.05)
    assert strict.mean.value < 0
    assert not by_rater["1"].told  # its interval holds zero
    assert by_rater["3"].mean.n == 4  # only calls that were judged


def test_without_a_reference_nobody_is_compared_with_a_mean_that_holds_the_own_score() -> None:
    (first, second) = leanings({("a", 1): 90.0, ("b", 1): 60.0}, None)
    assert (first.mean.value, second.mean.value) == (30.0, -30.0)
    assert (first.mean.low, first.told) == (None, False)  # one call says nothing
    (alone,) = leanings({("a", 1): 90.0}, None)
    assert (alone.mean.value, alone.mean.n) == (None, 0)


def test_pairs_within_ten_points() -> None:
    people = {("1", 1): 80.0, ("2", 1): 70.0, ("3", 1): 69.0}  # 10, 11 and 1 apart
    found = close_pairs(people, {("", 1): 79.0})  # and 1, 9, 10
    assert (found.people.value, found.people.n) == (pytest.approx(2 / 3), 3)
    assert (found.with_machine.value, found.with_machine.n) == (pytest.approx(5 / 6), 6)
