"""Dead air: long silences that nobody announced."""

from qa.measure.basis import given, longer, reaches, refused, says, speech
from qa.measure.limits import Limits
from qa.records import Call, Flag, Measurement, Reason, Seconds, Span, Speaker, Utterance, gaps, total

UNITS = {"dead_air_seconds": "s", "dead_air_count": "count"}


def dead_air(call: Call, limits: Limits) -> tuple[Measurement, ...]:
    """Silences longer than the limit that the agent did not announce ("one moment please").

    Without known roles anybody's announcement counts: only agents make them. Without words, or with the
    words of a draft, nobody can tell whether a silence was announced; where there is no long silence the
    answer is 0 all the same.
    """
    spoken = speech(call, limits)
    if isinstance(spoken, Reason):
        return refused(spoken, **UNITS)
    long = tuple(gap for gap in gaps(spoken) if longer(gap.length, limits.dead_air_seconds))
    if long and not call.transcript.utterances:
        return refused(Reason.NO_WORDS, **UNITS)
    if long and Flag.DRAFT in call.transcript.flags:
        return refused(Reason.DRAFT, **UNITS)
    dead = tuple(gap for gap in long if not announced(call, gap, limits))
    return given("dead_air_seconds", total(dead), "s", dead) + given(
        "dead_air_count", float(len(dead)), "count", dead
    )


def announced(call: Call, gap: Span, limits: Limits) -> bool:
    """True when the agent announced the silence in words that end shortly before it begins."""
    since = gap.start - limits.announcement_reach
    return any(
        says(_said_since(utterance, since), limits.hold_phrases)
        for utterance in call.transcript.utterances
        if utterance.span is not None
        and utterance.speaker not in (Speaker.CUSTOMER, Speaker.SYSTEM)
        and utterance.span.start < gap.start
        and reaches(utterance.span.end, since)
    )


def _said_since(utterance: Utterance, moment: Seconds) -> str:
    """The words that end after a moment; all of the utterance when its words have no times."""
    words = [word.text for word in utterance.words if reaches(word.span.end, moment)]
    return " ".join(words) if utterance.words else utterance.text
