"""Conversation duration and the longest silence."""

from qa.measure.basis import conversation, given, refused, speech
from qa.measure.limits import Limits
from qa.records import Call, Measurement, Reason, gaps


def duration(call: Call, limits: Limits) -> tuple[Measurement, ...]:
    """First speech start to last speech end (Amazon Connect)."""
    spoken = speech(call, limits)
    if isinstance(spoken, Reason):
        return refused(spoken, conversation_duration="s")
    return given("conversation_duration", conversation(spoken).length, "s")


def longest_silence(call: Call, limits: Limits) -> tuple[Measurement, ...]:
    """The longest stretch inside the conversation in which nobody speaks."""
    spoken = speech(call, limits)
    if isinstance(spoken, Reason):
        return refused(spoken, longest_silence="s")
    longest = max(gaps(spoken), key=lambda gap: gap.length, default=None)
    return given("longest_silence", longest.length if longest else 0.0, "s", (longest,) if longest else ())
