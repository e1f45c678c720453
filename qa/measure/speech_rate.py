"""Speech rate of each side."""

from qa.measure.basis import DRAFT, given, refused, sides
from qa.measure.limits import Limits
from qa.records import Call, Measurement, Reason, Spans, Speaker, total
from qa.text import count_words

UNIT = "words/min"


def speech_rate(call: Call, limits: Limits) -> tuple[Measurement, ...]:
    """Words of a side / minutes of its own speech; a ZWNJ compound is one word."""
    both = sides(call, limits)
    if isinstance(both, Reason):
        return refused(both, speech_rate_agent=UNIT, speech_rate_customer=UNIT)
    if DRAFT in call.transcript.flags:
        return refused(Reason.DRAFT, speech_rate_agent=UNIT, speech_rate_customer=UNIT)
    return _rate(call, Speaker.AGENT, both.agent) + _rate(call, Speaker.CUSTOMER, both.customer)


def _rate(call: Call, speaker: Speaker, spoken: Spans) -> tuple[Measurement, ...]:
    name = f"speech_rate_{speaker.value}"
    words = sum(count_words(u.text) for u in call.transcript.utterances if u.speaker is speaker)
    minutes = total(spoken) / 60
    if not words or not minutes:
        return refused(Reason.NO_WORDS, **{name: UNIT})
    return given(name, words / minutes, UNIT)
