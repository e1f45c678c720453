"""Stretches of time and their arithmetic. All values in seconds from the start of the recording."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from qa.records.units import Seconds


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of time, ``0 <= start <= end``."""

    start: Seconds
    end: Seconds

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, got {self.start} to {self.end}")

    @property
    def length(self) -> Seconds:
        """Seconds from start to end."""
        return self.end - self.start

    def overlap(self, other: "Span") -> Seconds:
        """Seconds that both spans share; 0 when they do not meet."""
        return max(0.0, min(self.end, other.end) - max(self.start, other.start))


Spans = tuple[Span, ...]


def merged(spans: Iterable[Span], gap: Seconds = 0.0) -> Spans:
    """Sorted spans without overlap; neighbours at most ``gap`` apart become one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end + gap:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def total(spans: Iterable[Span]) -> Seconds:
    """Seconds covered by the spans, overlaps counted once."""
    return sum((span.length for span in merged(spans)), 0.0)


def shared(one: Iterable[Span], other: Iterable[Span]) -> Spans:
    """The stretches covered by both sides."""
    left, right = merged(one), merged(other)
    out: list[Span] = []
    i = j = 0
    while i < len(left) and j < len(right):
        start, end = max(left[i].start, right[j].start), min(left[i].end, right[j].end)
        if start < end:
            out.append(Span(start, end))
        if left[i].end < right[j].end:
            i += 1
        else:
            j += 1
    return tuple(out)


def gaps(spans: Iterable[Span]) -> Spans:
    """The stretches between the spans, from the first start to the last end."""
    line = merged(spans)
    return tuple(Span(a.end, b.start) for a, b in pairwise(line) if a.end < b.start)
