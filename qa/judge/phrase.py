"""Judge ``phrase``: whether words were said, by a side, in a part of the call."""

from qa.judge.case import UNSURE, Case
from qa.judge.contract import Decide, Finding, Judge
from qa.judge.evidence import evidence_of
from qa.judge.hits import apart, counted_hits, hit_confidence, phrase_obstacle
from qa.judge.index import Hit
from qa.judge.wording import cannot_tell
from qa.records import Verdict
from qa.scorecard import PhraseRule

WEAKER = 0.8  # confidence kept by a verdict from weaker or too few phrases
ABSENCE = 0.9  # "nobody said it" is never quite sure: there are always other words
MOST_EVIDENCE = 5


def _decide(rule: PhraseRule, case: Case, decide: Decide) -> Finding:
    del decide
    reason = phrase_obstacle(rule, case)
    if reason:
        return _unknown(rule, case, reason)
    ready = case.ready.of(rule)
    hits = apart(counted_hits(rule, case, ready.phrases))
    if len(hits) >= rule.count:
        return _found(Verdict.MET, hits, rule, case)
    hits = hits or apart(counted_hits(rule, case, ready.partly))
    if hits:
        return _found(Verdict.PARTLY, hits, rule, case)
    if case.confidence(rule.speaker) < UNSURE:
        return _unknown(rule, case, "unsure")
    sure = ABSENCE * case.confidence(rule.speaker)
    return Finding(Verdict.NOT_MET, sure, (), case.ready.of(rule).sought)


def _found(verdict: Verdict, hits: list[Hit], rule: PhraseRule, case: Case) -> Finding:
    sure = max(hit_confidence(hit, case) for hit in hits)
    evidence = tuple(piece for hit in hits[:MOST_EVIDENCE] for piece in evidence_of(hit, case))
    kept = sure if verdict is Verdict.MET else sure * WEAKER
    return Finding(verdict, kept, evidence, case.ready.of(rule).sought)


def _unknown(rule: PhraseRule, case: Case, reason: str) -> Finding:
    sought = case.ready.of(rule).sought
    return Finding(Verdict.CANNOT_TELL, 0.0, (), cannot_tell(sought, reason, case.language))


PHRASE = Judge("phrase", 1, PhraseRule, _decide)
