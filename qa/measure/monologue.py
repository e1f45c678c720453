"""The longest monologue of each side."""

from qa.measure.basis import Sides, given, other, refused, sides
from qa.measure.limits import Limits
from qa.records import Call, Measurement, Reason, Span, Speaker


def longest_monologue(call: Call, limits: Limits) -> tuple[Measurement, ...]:
    """Longest run of one side without a turn of 1 s or more by the other, first start to last end."""
    both = sides(call, limits)
    if isinstance(both, Reason):
        return refused(both, longest_monologue_agent="s", longest_monologue_customer="s")
    return _longest(Speaker.AGENT, both, limits) + _longest(Speaker.CUSTOMER, both, limits)


def _longest(speaker: Speaker, both: Sides, limits: Limits) -> tuple[Measurement, ...]:
    turns = [span.start for span in both.of(other(speaker)) if span.length >= limits.turn_seconds]
    runs: list[Span] = []
    before = 0.0  # where the speaker's previous stretch began
    for span in both.of(speaker):
        broken = any(before < turn < span.start for turn in turns)
        if runs and not broken:
            runs[-1] = Span(runs[-1].start, span.end)
        else:
            runs.append(span)
        before = span.start
    longest = max(runs, key=lambda run: run.length, default=None)
    name = f"longest_monologue_{speaker.value}"
    return given(name, longest.length if longest else 0.0, "s", (longest,) if longest else ())
