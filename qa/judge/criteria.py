"""From a rule's finding to a criterion's judgement: whether it applies, how sure a critical failure is."""

from qa.judge.case import Case
from qa.judge.contract import Decide, Finding
from qa.judge.wording import condition, too_unsure
from qa.records import Judgement, Verdict
from qa.scorecard import Criterion

CRITICAL = 0.6  # a critical failure below this confidence is left to people: "cannot tell"


def judge_criterion(criterion: Criterion, case: Case, decide: Decide, label: str) -> Judgement:
    """The judgement of one criterion; ``label`` is the judge's name and version."""
    finding = _excused(criterion, case, decide) or decide(criterion.rule, case)
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
