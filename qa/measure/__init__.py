"""Conversation measures of FIELD.md §1. A measure is one small file: ``(Call, Limits) -> Measurements``."""

from collections.abc import Callable

from qa.measure.dead_air import dead_air
from qa.measure.duration import duration, longest_silence
from qa.measure.interruptions import interruptions
from qa.measure.limits import Limits, default_limits
from qa.measure.monologue import longest_monologue
from qa.measure.non_talk import non_talk
from qa.measure.overlap import overlap
from qa.measure.response_latency import response_latency
from qa.measure.speech_rate import speech_rate
from qa.measure.talk_share import talk_share
from qa.records import Call, Measurement

Measure = Callable[[Call, Limits], tuple[Measurement, ...]]

MEASURES: tuple[Measure, ...] = (
    duration,
    talk_share,
    non_talk,
    dead_air,
    longest_silence,
    overlap,
    interruptions,
    response_latency,
    speech_rate,
    longest_monologue,
)

MEASURE_NAMES: tuple[str, ...] = (
    "conversation_duration",
    "talk_share_agent",
    "talk_share_customer",
    "non_talk",
    "dead_air_seconds",
    "dead_air_count",
    "longest_silence",
    "overlap",
    "interruptions_agent",
    "interruptions_customer",
    "response_latency_median",
    "response_latency_p90",
    "speech_rate_agent",
    "speech_rate_customer",
    "longest_monologue_agent",
    "longest_monologue_customer",
)

__all__ = ["MEASURES", "MEASURE_NAMES", "Limits", "default_limits", "measure"]


def measure(call: Call, limits: Limits) -> tuple[Measurement, ...]:
    """Every measure of a call, with a value or the reason why there is none."""
    return tuple(found for each in MEASURES for found in each(call, limits))
