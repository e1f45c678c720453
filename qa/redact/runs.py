"""Runs of digits, however they are written or said: «نهصد و دوازده ۳۴۵ double six»."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.redact.topics import Topic


@dataclass(frozen=True, slots=True)
class Group:
    """Digits that were written together or said as one number."""

    digits: str
    start: int
    end: int
    spoken: bool


@dataclass(frozen=True, slots=True)
class Run:
    """Groups with nothing but separators and fillers between them.

    ``before`` and ``after`` are the plain words next to the run, ``topic`` what it is said to be.
    ``only_no`` says that it is nothing but «نه»: "no", unless it goes on with a number of an earlier turn.
    """

    groups: tuple[Group, ...]
    before: str = ""
    after: str = ""
    topic: Topic | None = None
    only_no: bool = False

    @property
    def digits(self) -> str:
        """All digits."""
        return "".join(group.digits for group in self.groups)

    @property
    def start(self) -> int:
        """The first character."""
        return self.groups[0].start

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.groups[-1].end

    @property
    def spoken(self) -> bool:
        """True when any part was said in words."""
        return any(group.spoken for group in self.groups)

    def shifted(self, offset: int) -> "Run":
        """The same run in a text that begins ``offset`` characters earlier."""
        groups = (replace(group, start=group.start + offset, end=group.end + offset) for group in self.groups)
        return replace(self, groups=tuple(groups))

    @classmethod
    def joined(cls, parts: Sequence["Run"]) -> "Run":
        """One run of the parts of a number; one part is itself."""
        if len(parts) == 1:
            return parts[0]
        groups = tuple(group for part in parts for group in part.groups)
        topic = next((part.topic for part in parts if part.topic is not None), None)
        return cls(groups, parts[0].before, parts[-1].after, topic)

    def windows(self, longest: int) -> Iterator["Run"]:
        """Stretches of whole groups of at most ``longest`` digits, from left to right, longer first.

        A stretch never cuts between two single digits: those belong together.
        """
        for first in range(len(self.groups)):
            if first and self._tight(first):
                continue
            ends = []
            size = 0
            for last in range(first, len(self.groups)):
                size += len(self.groups[last].digits)
                if size > longest:
                    break
                if last + 1 == len(self.groups) or not self._tight(last + 1):
                    ends.append(last + 1)
            for end in reversed(ends):
                yield replace(self, groups=self.groups[first:end])

    def _tight(self, place: int) -> bool:
        return len(self.groups[place - 1].digits) == 1 and len(self.groups[place].digits) == 1
