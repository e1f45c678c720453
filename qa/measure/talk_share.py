"""Talk share of each side."""

from qa.measure.basis import conversation, given, refused, sides
from qa.measure.limits import Limits
from qa.records import Call, Measurement, Reason, merged, total


def talk_share(call: Call, limits: Limits) -> tuple[Measurement, ...]:
    """Speech of a side / conversation duration; together over 1 (overlap) or under it (silence)."""
    both = sides(call, limits)
    if isinstance(both, Reason):
        return refused(both, talk_share_agent="share", talk_share_customer="share")
    length = conversation(merged(both.agent + both.customer)).length
    return given("talk_share_agent", total(both.agent) / length, "share") + given(
        "talk_share_customer", total(both.customer) / length, "share"
    )
