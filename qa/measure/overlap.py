"""Overlap: both speak at once."""

from qa.measure.basis import conversation, given, overlaps_heard, refused, voices
from qa.measure.limits import Limits
from qa.records import Call, Measurement, Reason, merged, shared, total


def overlap(call: Call, limits: Limits) -> tuple[Measurement, ...]:
    """Time in which both speak / conversation duration. Needs two voices told apart, not their roles."""
    both = voices(call, limits)
    if isinstance(both, Reason):
        return refused(both, overlap="share")
    if reason := overlaps_heard(call):
        return refused(reason, overlap="share")
    together = shared(*both)
    length = conversation(merged(both[0] + both[1])).length
    return given("overlap", total(together) / length, "share", together)
