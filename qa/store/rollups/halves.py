"""Parts of weeks that are whole in every calendar: Saturday and Sunday, Monday to Friday.

Weeks start on Saturday for fa and on Monday for en; each is one such part and the one after it, so sums of
parts are exact for both, and nothing is counted twice.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from qa.calendar import EPOCH, FIRST_WEEKDAY

STEP = 7


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """Days from ``first`` to ``last``, both included."""

    first: int
    last: int

    @property
    def days(self) -> range:
        """Every day of it."""
        return range(self.first, self.last + 1)


def part_of(day: int) -> Part:
    """The part of a week that holds a day."""
    first, after = day, day + 1
    while not _starts(first):
        first -= 1
    while not _starts(after):
        after += 1
    return Part(first, after - 1)


def parts(first: int, last: int) -> tuple[Part, ...]:
    """The parts that touch these days, oldest first."""
    found, day = [], first
    while day <= last:
        found.append(part_of(day))
        day = found[-1].last + 1
    return tuple(found)


def runs(days: Iterable[int], most: int = 2**30) -> tuple[Part, ...]:
    """Days in a row as one stretch each, of so many days at most."""
    found: list[Part] = []
    for day in sorted(set(days)):
        if found and found[-1].last == day - 1 and day - found[-1].first < most:
            found[-1] = Part(found[-1].first, day)
        else:
            found.append(Part(day, day))
    return tuple(found)


def _starts(day: int) -> bool:
    return (day + EPOCH.weekday()) % STEP in FIRST_WEEKDAY.values()
