"""Response latency: how long a customer waits for the agent to answer."""

import numpy as np

from qa.measure.basis import Sides, given, refused, sides
from qa.measure.limits import Limits
from qa.records import Call, Measurement, Reason, Span

UNITS = {"response_latency_median": "s", "response_latency_p90": "s"}


def response_latency(call: Call, limits: Limits) -> tuple[Measurement, ...]:
    """Gap from the end of a customer turn to the start of the agent's next; median and 90th percentile.

    An agent who starts before the customer ends leaves no gap and is not counted.
    """
    both = sides(call, limits)
    if isinstance(both, Reason):
        return refused(both, **UNITS)
    waits = _waits(both)
    if not waits:
        return refused(Reason.NO_ANSWERS, **UNITS)
    lengths = [wait.length for wait in waits]
    slow = tuple(wait for wait in waits if wait.length >= np.percentile(lengths, 90))
    return given("response_latency_median", float(np.median(lengths)), "s") + given(
        "response_latency_p90", float(np.percentile(lengths, 90)), "s", slow
    )


def _waits(both: Sides) -> tuple[Span, ...]:
    """The gap before each agent turn that follows the customer."""
    found = []
    line = sorted([(span, True) for span in both.agent] + [(span, False) for span in both.customer])
    end = 0.0
    customer_last = False
    for span, agent in line:
        if agent and customer_last and span.start >= end:
            found.append(Span(end, span.start))
        customer_last = not agent if span.end >= end else customer_last
        end = max(end, span.end)
    return tuple(found)
