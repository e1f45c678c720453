"""Non-talk: the share of the conversation spent in silences."""

from qa.measure.basis import conversation, given, longer, refused, speech
from qa.measure.limits import Limits
from qa.records import Call, Measurement, Reason, gaps, total


def non_talk(call: Call, limits: Limits) -> tuple[Measurement, ...]:
    """Sum of silences longer than 3 s / conversation duration (Amazon Connect)."""
    spoken = speech(call, limits)
    if isinstance(spoken, Reason):
        return refused(spoken, non_talk="share")
    long = tuple(gap for gap in gaps(spoken) if longer(gap.length, limits.non_talk_gap))
    return given("non_talk", total(long) / conversation(spoken).length, "share", long)
