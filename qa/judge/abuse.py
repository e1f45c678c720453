"""Judge ``abuse``: whether a side insults the other."""

from qa.abuse import abusive, insults
from qa.judge.case import UNSURE, Case
from qa.judge.contract import Decide, Finding, Judge
from qa.judge.evidence import written_span
from qa.judge.hits import words_obstacle
from qa.judge.wording import abuse_sought, cannot_tell
from qa.records import Evidence, Speaker, Utterance, Verdict
from qa.scorecard import AbuseRule

ABSENCE = 0.9  # other words may hurt too
MOST_EVIDENCE = 5


def _decide(rule: AbuseRule, case: Case, decide: Decide) -> Finding:
    del decide
    sought = abuse_sought(rule.speaker, case.language)
    reason = words_obstacle(rule.speaker, case)
    if reason:
        return Finding(Verdict.CANNOT_TELL, 0.0, (), cannot_tell(sought, reason, case.language))
    hurt = frozenset(abusive(case.utterances, Speaker(rule.speaker)))
    found = [one for one in case.utterances if one.id in hurt]
    if found:
        sure = max(1.0 if one.confidence is None else one.confidence for one in found)
        evidence = tuple(piece for one in found for piece in _pieces(one))
        return Finding(Verdict.MET, sure, evidence[:MOST_EVIDENCE], sought)
    if case.confidence(rule.speaker) < UNSURE:
        return Finding(Verdict.CANNOT_TELL, 0.0, (), cannot_tell(sought, "unsure", case.language))
    return Finding(Verdict.NOT_MET, ABSENCE * case.confidence(rule.speaker), (), sought)


def _pieces(utterance: Utterance) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            utterance.id,
            utterance.text[one.start : one.end],
            written_span(utterance, one.start, one.end),
        )
        for one in insults(utterance.text)
    )


ABUSE = Judge("abuse", 1, AbuseRule, _decide)
