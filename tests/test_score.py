"""The arithmetic of FIELD.md §2, on cases counted by hand and on random scorecards."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.records import CriticalKind, Judgement, Scoring, ScoringStatus, Verdict
from qa.score import VALUES, score, unknown_share
from qa.scorecard import Criterion, MeasureRule, Scorecard, Section, Title

T = Title("x", "x")
RULE = MeasureRule("overlap", None, 1)
M, P, N, X, U = Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET, Verdict.NOT_APPLICABLE, Verdict.CANNOT_TELL


def make(*sections: tuple[float, dict[str, float]], critical: str = "") -> Scorecard:
    """Sections as (weight, weights of criteria by key)."""
    return Scorecard(
        id="random",
        version=3,
        language="en",
        title=T,
        sections=tuple(
            Section(
                f"s{number}",
                T,
                weight,
                tuple(
                    Criterion(key, T, own, RULE, CriticalKind.CUSTOMER if key == critical else None)
                    for key, own in criteria.items()
                ),
            )
            for number, (weight, criteria) in enumerate(sections)
        ),
    )


def scored(card: Scorecard, verdicts: dict[str, Verdict], status: ScoringStatus | None = None) -> Scoring:
    judgements = {key: Judgement(verdict, 1.0, (), "phrase/1", "words") for key, verdict in verdicts.items()}
    return score(card, judgements, status)


TWO = make((10, {"a": 1, "b": 3}), (30, {"c": 1}))
BY_HAND = [
    # all met
    ((M, M, M), 100.0),
    # first section 1/4, second 1: (10 * .25 + 30) / 40
    ((M, N, M), 81.25),
    # first section (.5 * 1 + 3) / 4 = .875: 10 * .875 / 40
    ((P, M, N), 21.875),
    # b does not apply: a alone is the first section
    ((N, X, M), 75.0),
    # the second section has nothing that applies: the first is everything
    ((M, N, X), 25.0),
    # "cannot tell" leaves the arithmetic like "not applicable"
    ((N, U, M), 75.0),
]


@pytest.mark.parametrize(("verdicts", "expected"), BY_HAND)
def test_counted_by_hand(verdicts: tuple[Verdict, Verdict, Verdict], expected: float) -> None:
    scoring = scored(TWO, dict(zip("abc", verdicts, strict=True)))
    assert scoring.score == pytest.approx(expected)
    assert (scoring.scorecard, scoring.version) == ("random", 3)


def test_a_section_with_more_criteria_does_not_weigh_more() -> None:
    card = make((40, {"a": 5, "b": 5, "c": 5, "d": 5}), (20, {"e": 5}))
    sections = scored(card, dict.fromkeys("abcde", M)).sections
    assert [section.applied_weight for section in sections] == pytest.approx([200 / 3, 100 / 3])


def test_parts_are_stored() -> None:
    scoring = scored(TWO, {"a": X, "b": P, "c": M})
    assert [(one.key, one.section, one.applied_weight) for one in scoring.criteria] == [
        ("a", "s0", 0.0),
        ("b", "s0", 25.0),
        ("c", "s1", 75.0),
    ]
    assert [section.score for section in scoring.sections] == [0.5, 1.0]
    assert scored(TWO, {"a": X, "b": X, "c": M}).sections[0].score is None


def test_nothing_applies() -> None:
    scoring = scored(TWO, dict.fromkeys("abc", X))
    assert (scoring.score, scoring.status, scoring.band) == (None, ScoringStatus.INSUFFICIENT, None)
    free = make((10, {"a": 0, "b": 1}))
    assert scored(free, {"a": M, "b": X}).score is None, "a weight of 0 counts for nothing"


UNKNOWN = [
    # b holds 7.5 of 40 = 18.75 points
    ((M, U, M), 0.1875, ScoringStatus.SCORED),
    # c holds 75
    ((M, M, U), 0.75, ScoringStatus.INSUFFICIENT),
    # a holds 2.5 of 10 once c does not apply
    ((U, M, X), 0.25, ScoringStatus.SCORED),
]


@pytest.mark.parametrize(("verdicts", "share", "status"), UNKNOWN)
def test_too_much_unknown(verdicts: tuple[Verdict, ...], share: float, status: ScoringStatus) -> None:
    named = dict(zip("abc", verdicts, strict=True))
    assert unknown_share(TWO, named) == pytest.approx(share)
    scoring = scored(TWO, named)
    assert scoring.status is status
    assert (scoring.band is None) == (status is ScoringStatus.INSUFFICIENT)


def test_exactly_thirty_points_are_enough() -> None:
    card = make((1, {"a": 3, "b": 7}))
    assert scored(card, {"a": U, "b": M}).status is ScoringStatus.SCORED
    card = make((1, {"a": 3.01, "b": 7}))
    assert scored(card, {"a": U, "b": M}).status is ScoringStatus.INSUFFICIENT


@pytest.mark.parametrize(
    ("verdict", "final", "failed"),
    [(N, 0.0, ("b",)), (P, 62.5, ()), (M, 100.0, ()), (X, 100.0, ()), (U, 100.0, ())],
)
def test_critical_failure(verdict: Verdict, final: float, failed: tuple[str, ...]) -> None:
    card = make((10, {"a": 1, "b": 3}), critical="b")
    scoring = scored(card, {"a": M, "b": verdict})
    assert (scoring.score, scoring.failed_by) == (final, failed)
    assert scoring.score_before_critical == (25.0 if failed else final)


@pytest.mark.parametrize(("weight", "band"), [(84.99, "coach"), (85, "pass"), (70, "coach"), (69.99, "flag")])
def test_bands(weight: float, band: str) -> None:
    card = make((1, {"a": weight, "b": 100 - weight}))
    assert scored(card, {"a": M, "b": N}).band == band


@pytest.mark.parametrize("status", [ScoringStatus.NO_SPEECH, ScoringStatus.LANGUAGE_NOT_SUPPORTED])
def test_not_scored_at_all(status: ScoringStatus) -> None:
    scoring = scored(TWO, dict.fromkeys("abc", U), status)
    assert (scoring.status, scoring.score, scoring.criteria) == (status, None, ())


def test_a_missing_judgement_is_named() -> None:
    with pytest.raises(ValueError, match="no judgement for b, c"):
        scored(TWO, {"a": M})


weights = st.one_of(st.just(0.0), st.floats(1e-3, 1e3))
verdicts = st.sampled_from(list(Verdict))


@st.composite
def evaluations(draw: st.DrawFn) -> tuple[Scorecard, dict[str, Verdict]]:
    sizes = draw(st.lists(st.integers(1, 5), min_size=1, max_size=5))
    names = iter(range(100))
    card = make(*((draw(weights), {f"k{next(names)}": draw(weights) for _ in range(size)}) for size in sizes))
    critical = draw(st.one_of(st.none(), st.sampled_from([one.key for one in card.criteria])))
    card = make(
        *((section.weight, {one.key: one.weight for one in section.criteria}) for section in card.sections),
        critical=critical or "",
    )
    return card, {one.key: draw(verdicts) for one in card.criteria}


@given(evaluations())
def test_a_score_is_derived_again_from_its_parts(case: tuple[Scorecard, dict[str, Verdict]]) -> None:
    scoring = scored(*case)
    before = scoring.score_before_critical
    counted = [one for one in scoring.criteria if one.judgement.verdict in VALUES]
    total = sum(one.applied_weight for one in scoring.criteria)
    if before is None:
        assert (total, scoring.score, scoring.status) == (0, None, ScoringStatus.INSUFFICIENT)
        return
    again = sum(one.applied_weight * VALUES[one.judgement.verdict] for one in counted)
    sections = sum(one.applied_weight * (one.score or 0) for one in scoring.sections)
    assert again == pytest.approx(before, abs=1e-9)
    assert sections == pytest.approx(before, abs=1e-9)
    assert total == pytest.approx(100, abs=1e-9)
    assert 0 <= before <= 100
    assert scoring.score == (0 if scoring.failed_by else before)
    assert all(one.applied_weight == 0 for one in scoring.criteria if one not in counted)


@given(evaluations(), st.randoms(use_true_random=False))
def test_order_does_not_matter(case: tuple[Scorecard, dict[str, Verdict]], random: Random) -> None:
    card, given_ = case
    mixed = []
    for section in card.sections:
        criteria = list(section.criteria)
        random.shuffle(criteria)
        mixed.append(replace(section, criteria=tuple(criteria)))
    random.shuffle(mixed)
    one, other = scored(card, given_), scored(replace(card, sections=tuple(mixed)), given_)
    assert other.score == (None if one.score is None else pytest.approx(one.score, abs=1e-9))
    assert set(one.failed_by) == set(other.failed_by)


@given(evaluations(), weights)
def test_what_does_not_apply_changes_nothing(
    case: tuple[Scorecard, dict[str, Verdict]], weight: float
) -> None:
    card, given_ = case
    added = Criterion("added", T, weight, RULE)
    first = replace(card.sections[0], criteria=(*card.sections[0].criteria, added))
    more = replace(card, sections=(first, *card.sections[1:]))
    one, other = scored(card, given_), scored(more, {**given_, "added": X})
    assert (one.score, one.status, one.band) == (other.score, other.status, other.band)
    kept = {part.key: part.applied_weight for part in other.criteria}
    assert all(kept[part.key] == part.applied_weight for part in one.criteria)


@given(evaluations(), st.data())
def test_what_people_decide_counts_as_if_it_were_not_there(
    case: tuple[Scorecard, dict[str, Verdict]], data: st.DataObject
) -> None:
    """Even a failed critical criterion: score, status and weights are those without the criterion."""
    card, given_ = case
    key = data.draw(st.sampled_from(sorted(given_)))
    left = scored(replace(card, people_decide=frozenset({key})), given_)
    gone = scored(card, {**given_, key: X})
    assert (left.score, left.status, left.failed_by, left.band) == (
        gone.score,
        gone.status,
        gone.failed_by,
        gone.band,
    )
    own = {one.key: one for one in left.criteria}
    if left.criteria:
        assert own[key].applied_weight == 0
        assert own[key].judgement.verdict is given_[key]  # the machine's word stays to be seen
