"""The longest monologue of each side."""

from qa.measure.basis import Sides, given, other, reaches, refused, sides
from qa.measure.limits import Limits
from qa.records import Call, Measurement, Reason, Span, Spans, Speaker, gaps, shared


def longest_monologue(call: Call, limits: Limits) -> tuple[Measurement, ...]:
    """Longest run of one side, first start to last end, in which the other takes no turn of 1 s or more.

    Pauses belong to the run. A turn of the other ends it also when both speak at once.
    """
    both = sides(call, limits)
    if isinstance(both, Reason):
        return refused(both, longest_monologue_agent="s", longest_monologue_customer="s")
    return _longest(Speaker.AGENT, both, limits) + _longest(Speaker.CUSTOMER, both, limits)


def _longest(speaker: Speaker, both: Sides, limits: Limits) -> tuple[Measurement, ...]:
    own = both.of(speaker)
    runs = [_run(shared(own, (floor,))) for floor in _floors(own, both.of(other(speaker)), limits)]
    longest = max((run for run in runs if run), key=lambda run: run.length, default=None)
    name = f"longest_monologue_{speaker.value}"
    return given(name, longest.length if longest else 0.0, "s", (longest,) if longest else ())


def _floors(own: Spans, theirs: Spans, limits: Limits) -> Spans:
    """The stretches between the other side's turns of 1 s or more."""
    if not own:
        return ()
    turns = tuple(span for span in theirs if reaches(span.length, limits.turn_seconds))
    end = max(span.end for span in own + turns)
    return gaps((Span(0.0, 0.0), *turns, Span(end, end)))


def _run(spoken: Spans) -> Span | None:
    return Span(spoken[0].start, spoken[-1].end) if spoken else None
