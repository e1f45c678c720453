"""Which stretch of a call an exemplary moment takes: what proves a verdict, with what it answers."""

from qa.records import CriterionResult, Seconds, Span, Transcript

LONGEST: Seconds = 45.0
"""Evidence further away than this is another moment."""


def stretch(result: CriterionResult, transcript: Transcript) -> Span | None:
    """From the turn before the first evidence to the end of the last; ``None`` where none has times."""
    spans = {one.id: one.span for one in transcript.utterances if one.span is not None}
    homes = sorted({one.utterance for one in result.judgement.evidence if one.utterance in spans})
    if not homes:
        return None
    first = homes[0]
    start = spans.get(first - 1, spans[first]).start
    if spans[first].end - start > LONGEST:
        start = spans[first].start
    near = [spans[home].end for home in homes if spans[home].end - start <= LONGEST]
    return Span(start, max(near, default=spans[first].end))
