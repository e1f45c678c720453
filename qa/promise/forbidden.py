"""Promises that policy forbids: what a failed criterion about promises points to (FIELD.md §6)."""

from dataclasses import replace

from qa.records import Promise, Scoring, Transcript, Verdict

CRITERIA = frozenset({"no_unrealistic_promise", "no_forbidden_promise"})
"""Keys of the criteria whose failure makes a promise a forbidden one."""


def with_forbidden(
    promises: tuple[Promise, ...], scoring: Scoring, transcript: Transcript
) -> tuple[Promise, ...]:
    """The promises with the forbidden ones marked; words that failed a criterion and are no promise of a
    deed ("this will never happen again") are added.
    """
    quotes = {
        evidence.utterance: evidence.quote
        for criterion in scoring.criteria
        if criterion.key in CRITERIA and criterion.judgement.verdict is Verdict.NOT_MET
        for evidence in criterion.judgement.evidence
        if evidence.utterance is not None
    }
    marked = [replace(one, forbidden=one.utterance in quotes) for one in promises]
    known = {one.utterance for one in promises}
    spans = {utterance.id: utterance.span for utterance in transcript.utterances}
    for place, quote in quotes.items():
        if place not in known:
            span = spans.get(place)
            marked.append(Promise(place, quote, span.start if span else None, None, "", 1.0, forbidden=True))
    return tuple(sorted(marked, key=lambda one: one.utterance))
