"""From a rule's finding to a criterion's judgement: whether it applies, how sure a critical failure is."""

from qa.abuse import excused
from qa.judge.case import Case, without
from qa.judge.contract import Decide, Finding
from qa.judge.wording import borne, condition, too_unsure
from qa.records import Judgement, Verdict
from qa.scorecard import Criterion, MeasureRule

CRITICAL = 0.6  # a critical failure below this confidence is left to people: "cannot tell"
_COUNTING = (Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET)


def judge_criterion(criterion: Criterion, case: Case, decide: Decide, label: str) -> Judgement:
    """The judgement of one criterion; ``label`` is the judge's name and version."""
    finding = _excused(criterion, case, decide) or decide(criterion.rule, case)
    if (
        criterion.in_abuse == "excused"
        and finding.verdict in _COUNTING
        and _is_borne(criterion, case, decide)
    ):
        looked_for = borne(finding.looked_for, case.language)
        finding = Finding(Verdict.NOT_APPLICABLE, finding.confidence, (), looked_for)
    fails = criterion.critical is not None and finding.verdict is Verdict.NOT_MET
    if fails and finding.confidence < CRITICAL:
        looked_for = too_unsure(finding.looked_for, case.language)
        finding = Finding(Verdict.CANNOT_TELL, 0.0, finding.evidence, looked_for)
    return Judgement(finding.verdict, finding.confidence, finding.evidence, label, finding.looked_for)


def _excused(criterion: Criterion, case: Case, decide: Decide) -> Finding | None:
    """Why the criterion is not asked of this call; ``None`` when it is."""
    if criterion.applies_when is None:
        return None
    found = decide(criterion.applies_when, case)
    if found.verdict is Verdict.CANNOT_TELL:
        return found
    if found.verdict in (Verdict.NOT_MET, Verdict.NOT_APPLICABLE):
        looked_for = condition(found.looked_for, case.language)
        return Finding(Verdict.NOT_APPLICABLE, found.confidence, (), looked_for)
    return None


def _is_borne(criterion: Criterion, case: Case, decide: Decide) -> bool:
    """True when what the criterion asks about happened while the customer was abusive, and not elsewhere.

    A condition is looked for outside the stretch alone; a measure by the times it was made from; without
    either the whole criterion is let go unless the agent met it all the same.
    """
    stretch = frozenset(excused(case.utterances))
    if not stretch:
        return False
    if criterion.applies_when is not None:
        calm = decide(criterion.applies_when, without(case, stretch))
        return calm.verdict not in (Verdict.MET, Verdict.PARTLY)
    if decide(criterion.rule, case).verdict is Verdict.MET:
        return False
    if not isinstance(criterion.rule, MeasureRule):
        return True
    measured = case.measures.get(criterion.rule.name)
    times = [one.span for one in case.utterances if one.id in stretch and one.span is not None]
    made_of = measured.evidence if measured else ()
    begin, end = (
        min((span.start for span in times), default=0.0),
        max((span.end for span in times), default=0.0),
    )
    return not made_of or not times or any(begin <= span.start <= end for span in made_of)
