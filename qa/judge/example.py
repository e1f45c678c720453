"""Judge ``example``: whether something like the examples was said, in whatever words.

Every sentence of the side is compared as a vector (``qa.embed``) by a classifier that was fitted on the
positive and negative examples of both languages.
"""

from typing import TYPE_CHECKING

from qa.judge.case import UNSURE, Case
from qa.judge.contract import Decide, Finding, Judge
from qa.judge.evidence import written_evidence
from qa.judge.heads import YES, head_of
from qa.judge.hits import phrase_obstacle
from qa.judge.phrase import WEAKER
from qa.judge.sentences import Said, sentences
from qa.judge.wording import cannot_tell, example_sought
from qa.records import Share, Verdict
from qa.scorecard import ExampleRule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_EVIDENCE = 3


def _decide(rule: ExampleRule, case: Case, decide: Decide) -> Finding:
    del decide
    reason = phrase_obstacle(rule, case)
    if reason:
        return _unknown(rule, case, reason)
    rated = sorted(_rated(rule, case), key=lambda one: (-one[1], one[0].utterance, one[0].start))
    found = [one for one in rated if one[1] >= rule.at_least]
    if found:
        verdict = Verdict.MET if len(found) >= rule.count else Verdict.PARTLY
        kept = found[0][1] if verdict is Verdict.MET else found[0][1] * WEAKER
        return _finding(verdict, kept, found, (rule, case))
    best = rated[0][1] if rated else 0.0
    if best >= rule.unsure_from:
        return _finding(Verdict.CANNOT_TELL, 0.0, rated[:1], (rule, case))
    heard = case.confidence(rule.speaker)
    if heard < UNSURE:
        return _unknown(rule, case, "unsure")
    return _finding(Verdict.NOT_MET, (1 - best) * heard, [], (rule, case))


def _rated(rule: ExampleRule, case: Case) -> list[tuple[Said, Share]]:
    """Each sentence with the probability that it is one of those meant, lowered by the recogniser's doubt."""
    said, vectors = _read(rule, case)
    if not said:
        return []
    head = head_of(rule.examples)
    column = head.classes.index(YES)
    shares = head.probabilities(vectors)[:, column]
    heard = [case.utterances[one.utterance].confidence for one in said]
    sure = [1.0 if value is None else value for value in heard]
    return [(one, float(share) * trust) for one, share, trust in zip(said, shares, sure, strict=True)]


def _read(rule: ExampleRule, case: Case) -> "tuple[tuple[Said, ...], NDArray[np.float32]]":
    """The sentences of a side and their vectors, ``(n, d)``; once a call, for several criteria ask."""
    key = (rule.speaker, rule.window)
    if key not in case.read:
        from qa.embed import embedder

        said = sentences(case, *key)
        case.read[key] = (said, embedder().embed([one.text for one in said]) if said else None)
    found: tuple[tuple[Said, ...], NDArray[np.float32]] = case.read[key]
    return found


def _finding(
    verdict: Verdict, sure: Share, rated: list[tuple[Said, Share]], asked: tuple[ExampleRule, Case]
) -> Finding:
    """The best sentences as evidence, in the order in which they were said."""
    rule, case = asked
    best = sorted((one for one, _ in rated[:MOST_EVIDENCE]), key=lambda one: (one.utterance, one.start))
    evidence = tuple(written_evidence(case.utterances[one.utterance], one.start, one.end) for one in best)
    sought = example_sought(rule, case.language)
    if verdict is Verdict.CANNOT_TELL:
        sought = cannot_tell(sought, "between", case.language)
    return Finding(verdict, sure, evidence, sought)


def _unknown(rule: ExampleRule, case: Case, reason: str) -> Finding:
    sought = example_sought(rule, case.language)
    return Finding(Verdict.CANNOT_TELL, 0.0, (), cannot_tell(sought, reason, case.language))


EXAMPLE = Judge("example", 1, ExampleRule, _decide)
