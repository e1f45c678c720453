"""Interruptions: starting to speak while the other speaks, and going on."""

from collections.abc import Iterator

from qa.measure.basis import Sides, given, other, overlaps_heard, reaches, refused, says_only, sides
from qa.measure.limits import Limits
from qa.records import Call, Measurement, Reason, Span, Speaker

UNITS = {"interruptions_agent": "count", "interruptions_customer": "count"}


def interruptions(call: Call, limits: Limits) -> tuple[Measurement, ...]:
    """How often each side cuts in on the other (MiiTel's threshold of 1 s of overlap).

    B interrupts A when B starts at least 0.3 s into A's speech, both speak for 1.0 s or more, and what B
    says in that stretch is not a back-channel. Without words the overlap alone decides.
    """
    both = sides(call, limits)
    if isinstance(both, Reason):
        return refused(both, **UNITS)
    if reason := overlaps_heard(call):
        return refused(reason, **UNITS)
    by_agent = tuple(_by(Speaker.AGENT, both, call, limits))
    by_customer = tuple(_by(Speaker.CUSTOMER, both, call, limits))
    return given("interruptions_agent", float(len(by_agent)), "count", by_agent) + given(
        "interruptions_customer", float(len(by_customer)), "count", by_customer
    )


def _by(speaker: Speaker, both: Sides, call: Call, limits: Limits) -> Iterator[Span]:
    for own in both.of(speaker):
        for theirs in both.of(other(speaker)):
            late = own.start < theirs.end and reaches(own.start - theirs.start, limits.interruption_lead)
            if late and reaches(own.overlap(theirs), limits.interruption_overlap):
                stretch = Span(own.start, min(own.end, theirs.end))
                if not _listening(call, speaker, stretch, limits):
                    yield stretch


def _listening(call: Call, speaker: Speaker, stretch: Span, limits: Limits) -> bool:
    """True when the side only says back-channels in the stretch; its words decide, else its utterances."""
    said = [
        utterance
        for utterance in call.transcript.utterances
        if utterance.speaker is speaker and utterance.span and utterance.span.overlap(stretch) > 0
    ]
    words = [word.text for u in said for word in u.words if word.span.overlap(stretch) > 0]
    text = " ".join(words or [u.text for u in said])
    return bool(text.strip()) and says_only(text, limits.back_channels)
