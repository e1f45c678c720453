"""Overlap: both speak at once."""

from qa.measure.basis import conversation, given, refused, sides
from qa.measure.limits import Limits
from qa.records import Call, Measurement, Reason, merged, shared, total


def overlap(call: Call, limits: Limits) -> tuple[Measurement, ...]:
    """Time in which both speak / conversation duration."""
    both = sides(call, limits)
    if isinstance(both, Reason):
        return refused(both, overlap="share")
    together = shared(both.agent, both.customer)
    length = conversation(merged(both.agent + both.customer)).length
    return given("overlap", total(together) / length, "share", together)
