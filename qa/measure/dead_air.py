"""Dead air: long silences that nobody announced."""

from qa.measure.basis import DRAFT, given, refused, says, speech
from qa.measure.limits import Limits
from qa.records import Call, Measurement, Reason, Span, Speaker, gaps, total


def dead_air(call: Call, limits: Limits) -> tuple[Measurement, ...]:
    """Silences longer than the limit that the agent did not announce ("one moment please").

    Without known roles anybody's announcement counts: only agents make them. A draft transcript cannot
    tell whether a silence was announced; without a long silence the answer is 0 all the same.
    """
    spoken = speech(call, limits)
    if isinstance(spoken, Reason):
        return refused(spoken, dead_air_seconds="s", dead_air_count="count")
    long = tuple(gap for gap in gaps(spoken) if gap.length > limits.dead_air_seconds)
    if long and DRAFT in call.transcript.flags:
        return refused(Reason.DRAFT, dead_air_seconds="s", dead_air_count="count")
    dead = tuple(gap for gap in long if not announced(call, gap, limits))
    return given("dead_air_seconds", total(dead), "s", dead) + given(
        "dead_air_count", float(len(dead)), "count", dead
    )


def announced(call: Call, gap: Span, limits: Limits) -> bool:
    """True when the agent announced the silence in words that end shortly before it begins."""
    return any(
        says(utterance.text, limits.hold_phrases)
        for utterance in call.transcript.utterances
        if utterance.span is not None
        and utterance.speaker is not Speaker.CUSTOMER
        and utterance.span.start < gap.start
        and utterance.span.end >= gap.start - limits.announcement_reach
    )
