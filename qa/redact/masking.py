"""A text with parts replaced by placeholders, and where they came from and went to."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from qa.redact.found import Found, placeholder


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """Characters of the original text that are replaced."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A text and its replaced parts, sorted, without overlaps."""

    source: str
    parts: tuple[Part, ...] = ()

    @property
    def text(self) -> str:
        """The text with placeholders."""
        return self.between(0, len(self.source))

    def between(self, start: int, end: int) -> str:
        """The redacted form of a stretch of the source that cuts no part."""
        out = []
        place = start
        for part in self.touched(start, end):
            out += [self.source[place : part.start], placeholder(part.kind)]
            place = part.end
        return "".join([*out, self.source[place:end]])

    def touched(self, start: int, end: int) -> tuple[Part, ...]:
        """The parts that share a character with a stretch of the source."""
        first = bisect_right(self.parts, start, key=attrgetter("end"))
        return self.parts[first : bisect_left(self.parts, end, key=attrgetter("start"))]

    def places(self) -> tuple[tuple[int, int], ...]:
        """Where each placeholder stands in ``text``."""
        out = []
        shift = 0
        for part in self.parts:
            size = len(placeholder(part.kind))
            out.append((part.start + shift, part.start + shift + size))
            shift += size - (part.end - part.start)
        return tuple(out)

    def with_found(self, found: Sequence[Found]) -> "Masked":
        """More parts, given by places in ``text`` that touch no placeholder."""
        ends = [end for _, end in self.places()]

        def place(shown: int) -> int:
            """In the source; what stands behind placeholders is moved by all of them."""
            behind = bisect_right(ends, shown)
            return shown + (self.parts[behind - 1].end - ends[behind - 1] if behind else 0)

        new = [Part(place(hit.start), place(hit.end - 1) + 1, hit.kind) for hit in found]
        return Masked(self.source, tuple(sorted((*self.parts, *new))))
