"""Speech rate of each side."""

from qa.measure.basis import given, refused, sides
from qa.measure.limits import Limits
from qa.records import Call, Flag, Measurement, Reason, Spans, Speaker, shared, total
from qa.text import count_words

UNIT = "words/min"


def speech_rate(call: Call, limits: Limits) -> tuple[Measurement, ...]:
    """Words of a side / minutes of its own speech; a ZWNJ compound is one word.

    A redacted stretch counts neither as words nor as time: nobody knows any more how many words it had.
    A side with under 5 s of speech has no rate.
    """
    both = sides(call, limits)
    if isinstance(both, Reason):
        return refused(both, speech_rate_agent=UNIT, speech_rate_customer=UNIT)
    if Flag.DRAFT in call.transcript.flags:
        return refused(Reason.DRAFT, speech_rate_agent=UNIT, speech_rate_customer=UNIT)
    return _rate(call, Speaker.AGENT, both.agent, limits) + _rate(
        call, Speaker.CUSTOMER, both.customer, limits
    )


def _rate(call: Call, speaker: Speaker, spoken: Spans, limits: Limits) -> tuple[Measurement, ...]:
    name = f"speech_rate_{speaker.value}"
    own = [utterance for utterance in call.transcript.utterances if utterance.speaker is speaker]
    ids = {utterance.id for utterance in own}
    timed = [hidden for hidden in call.redactions if hidden.utterance in ids and hidden.span is not None]
    muted = [hidden.span for hidden in timed if hidden.span is not None]
    words = sum(count_words(utterance.text) for utterance in own) - len(timed)
    seconds = total(spoken) - total(shared(spoken, muted))
    if words <= 0:
        return refused(Reason.NO_WORDS, **{name: UNIT})
    if seconds < limits.minimum_speech:
        return refused(Reason.TOO_LITTLE_SPEECH, **{name: UNIT})
    return given(name, words * 60 / seconds, UNIT)
