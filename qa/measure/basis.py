"""Asked by every measure first: can this call support it, and where is its speech."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from qa.measure.limits import Limits
from qa.records import Call, Measurement, Reason, Seconds, Span, Spans, Speaker, merged, total
from qa.text import fold
from qa.text.phrases import phrase_pattern

SIDES = (Speaker.AGENT, Speaker.CUSTOMER)
TOLERANCE = 1e-6  # s; 2.3 - 1.3 is a little under 1.0 in floating point


@dataclass(frozen=True, slots=True)
class Sides:
    """Speech of both sides, each sorted and without overlap in itself."""

    agent: Spans
    customer: Spans

    def of(self, speaker: Speaker) -> Spans:
        """Speech of one side."""
        return self.agent if speaker is Speaker.AGENT else self.customer


def other(speaker: Speaker) -> Speaker:
    """The other side."""
    return Speaker.CUSTOMER if speaker is Speaker.AGENT else Speaker.AGENT


def people(call: Call) -> dict[Speaker, Spans]:
    """Speech of each person; a machine's announcements are nobody's."""
    return {who: spans for who, spans in (call.speech or {}).items() if who is not Speaker.SYSTEM}


def overlaps_heard(call: Call) -> Reason | None:
    """Why overlaps cannot be measured: on one channel of two voices only the louder one is heard."""
    return Reason.NO_OVERLAP if call.told_by_voice else None


def speech(call: Call, limits: Limits) -> Spans | Reason:
    """All speech of the call, or why the call cannot be measured."""
    if call.speech is None:
        return Reason.NO_TIMES
    spoken = merged(span for spans in people(call).values() for span in spans)
    if not spoken:
        return Reason.NO_SPEECH
    return Reason.TOO_LITTLE_SPEECH if total(spoken) < limits.minimum_speech else spoken


def sides(call: Call, limits: Limits) -> Sides | Reason:
    """Speech of agent and customer, or why the sides cannot be measured."""
    spoken = speech(call, limits)
    if isinstance(spoken, Reason):
        return spoken
    found = call.speech or {}
    if not call.channels_separate or not any(side in found for side in SIDES):
        return Reason.ONE_CHANNEL
    return Sides(merged(found.get(Speaker.AGENT, ())), merged(found.get(Speaker.CUSTOMER, ())))


def voices(call: Call, limits: Limits) -> tuple[Spans, Spans] | Reason:
    """Speech of two voices that are told apart, whoever they are, or why there are none."""
    spoken = speech(call, limits)
    if isinstance(spoken, Reason):
        return spoken
    found = [merged(spans) for spans in people(call).values()]
    if not call.channels_separate or len(found) != len(SIDES):
        return Reason.ONE_CHANNEL
    return found[0], found[1]


def longer(length: Seconds, limit: Seconds) -> bool:
    """True when a length is over the limit; equal is not over."""
    return length > limit + TOLERANCE


def reaches(length: Seconds, limit: Seconds) -> bool:
    """True when a length is the limit or more."""
    return length >= limit - TOLERANCE


def conversation(spoken: Spans) -> Span:
    """First speech start to last speech end (Amazon Connect)."""
    return Span(spoken[0].start, spoken[-1].end)


def given(name: str, value: float, unit: str, evidence: Iterable[Span] = ()) -> tuple[Measurement, ...]:
    """One measure with a value."""
    return (Measurement(name, value, unit, evidence=tuple(evidence)),)


def refused(reason: Reason, **units: str) -> tuple[Measurement, ...]:
    """Measures without a value: name and unit of each."""
    return tuple(Measurement(name, None, unit, reason) for name, unit in units.items())


@lru_cache(maxsize=4096)
def says(text: str, phrases: tuple[str, ...]) -> bool:
    """True when the text holds one of the phrases as whole words."""
    plain = fold(text)
    return any(phrase_pattern(phrase, fold).search(plain) for phrase in phrases)


@lru_cache(maxsize=4096)
def says_only(text: str, phrases: tuple[str, ...]) -> bool:
    """True when nothing is left of the text once the phrases are taken out."""
    plain = fold(text)
    for phrase in sorted(phrases, key=len, reverse=True):
        plain = phrase_pattern(phrase, fold).sub(" ", plain)
    return not any(letter.isalnum() for letter in plain)
