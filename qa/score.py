"""A call's score from its judgements (FIELD.md §2).

With weight W of a section and w of a criterion, sums over what counts (met, partly, not met):
S = Σ w·v / Σ w for a section, score = 100 · Σ W·S / Σ W. The applied weight of a criterion is
100 · (W / Σ W) · (w / Σ w), so the score is Σ applied weight · v and the applied weights sum to 100.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from qa.records import (
    CriterionResult,
    Judgement,
    Points,
    Scoring,
    ScoringStatus,
    SectionResult,
    Share,
    Verdict,
)
from qa.scorecard import Scorecard, Section

VALUES = {Verdict.MET: 1.0, Verdict.PARTLY: 0.5, Verdict.NOT_MET: 0.0}
MOST_UNKNOWN = 30.0  # points of applied weight that may be "cannot tell"

_Keys = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Applied weights in points, by section and by criterion; zero for what does not count."""

    sections: dict[str, Points]
    criteria: dict[str, Points]


def score(
    scorecard: Scorecard, judgements: Mapping[str, Judgement], transcript_status: ScoringStatus | None
) -> Scoring:
    """The score with every part that it can be derived from again.

    ``transcript_status`` says why the call cannot be scored at all. ``insufficient`` is also the status when
    no criterion applies (score ``None``) or when "cannot tell" would hold over 30 of the 100 points; the
    score is then kept for the eye, without a band. Criteria that people decide keep their judgement and
    count for nothing.

    Raises:
        ValueError: a criterion has no judgement.
    """
    missing = [criterion.key for criterion in scorecard.criteria if criterion.key not in judgements]
    if missing:
        raise ValueError(f"no judgement for {', '.join(missing)}")
    if transcript_status is not None:
        return _unscored(scorecard, transcript_status)
    verdicts = {
        criterion.key: judgements[criterion.key].verdict
        for criterion in scorecard.criteria
        if criterion.key not in scorecard.people_decide
    }
    weighed = _weigh(scorecard, frozenset(key for key, verdict in verdicts.items() if verdict in VALUES))
    before = _total(weighed, verdicts)
    failed = tuple(
        criterion.key
        for criterion in scorecard.criteria
        if criterion.critical is not None and verdicts.get(criterion.key) is Verdict.NOT_MET
    )
    final = before if before is None or not failed else 0.0
    enough = before is not None and unknown_share(scorecard, verdicts) <= MOST_UNKNOWN / 100 + 1e-12
    return Scoring(
        scorecard=scorecard.id,
        version=scorecard.version,
        status=ScoringStatus.SCORED if enough else ScoringStatus.INSUFFICIENT,
        score=final,
        score_before_critical=before,
        failed_by=failed,
        band=scorecard.bands.of(final) if enough and final is not None else None,
        sections=tuple(_section(section, weighed, verdicts) for section in scorecard.sections),
        criteria=_criteria(scorecard, weighed, judgements),
    )


def unknown_share(scorecard: Scorecard, verdicts: Mapping[str, Verdict]) -> Share:
    """The part of the 100 points that "cannot tell" criteria would hold if they counted."""
    unknown = {key for key, verdict in verdicts.items() if verdict is Verdict.CANNOT_TELL}
    would = _weigh(
        scorecard, frozenset(key for key, verdict in verdicts.items() if verdict in VALUES) | unknown
    )
    return sum((points for key, points in would.criteria.items() if key in unknown), 0.0) / 100


def _weigh(scorecard: Scorecard, counted: _Keys) -> _Weighed:
    """The 100 points shared out over the criteria that count."""
    sums = {
        section.key: sum(one.weight for one in section.criteria if one.key in counted)
        for section in scorecard.sections
    }
    whole = sum(section.weight for section in scorecard.sections if sums[section.key] > 0)
    sections, criteria = {}, {}
    for section in scorecard.sections:
        applies = sums[section.key] > 0 and whole > 0
        sections[section.key] = 100 * section.weight / whole if applies else 0.0
        for one in section.criteria:
            part = one.weight / sums[section.key] if applies and one.key in counted else 0.0
            criteria[one.key] = sections[section.key] * part
    return _Weighed(sections, criteria)


def _total(weighed: _Weighed, verdicts: Mapping[str, Verdict]) -> Points | None:
    if not any(weighed.criteria.values()):
        return None
    counted = {key: weight for key, weight in weighed.criteria.items() if weight}
    points = sum(weight * VALUES[verdicts[key]] for key, weight in counted.items())
    return min(100.0, max(0.0, points))


def _section(section: Section, weighed: _Weighed, verdicts: Mapping[str, Verdict]) -> SectionResult:
    counted = [one for one in section.criteria if verdicts.get(one.key) in VALUES]
    weight = sum(one.weight for one in counted)
    value = sum(one.weight * VALUES[verdicts[one.key]] for one in counted) / weight if weight > 0 else None
    return SectionResult(section.key, section.weight, weighed.sections[section.key], value)


def _criteria(
    scorecard: Scorecard, weighed: _Weighed, judgements: Mapping[str, Judgement]
) -> tuple[CriterionResult, ...]:
    return tuple(
        CriterionResult(
            key=one.key,
            section=section.key,
            weight=one.weight,
            applied_weight=weighed.criteria[one.key],
            critical=one.critical,
            judgement=judgements[one.key],
        )
        for section in scorecard.sections
        for one in section.criteria
    )


def _unscored(scorecard: Scorecard, status: ScoringStatus) -> Scoring:
    return Scoring(
        scorecard=scorecard.id,
        version=scorecard.version,
        status=status,
        score=None,
        score_before_critical=None,
        failed_by=(),
        band=None,
        sections=(),
        criteria=(),
    )
