"""Quiet hours: by the clock on the site's wall, across midnight and across changes of the clock."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from qa.errors import InvalidSetting
from qa.text import to_ascii_digits

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """From one time of day up to another, in whole minutes; across midnight when the end is earlier."""

    begin: time
    end: time

    def holds(self, moment: datetime, zone: tzinfo) -> bool:
        """True when the clock on the wall is inside at an aware moment."""
        clock = moment.astimezone(zone).time()
        if self.begin <= self.end:
            return self.begin <= clock < self.end
        return clock >= self.begin or clock < self.end


def free_from(moment: datetime, quiet: Quiet | None, zone: tzinfo) -> datetime:
    """The first moment from this one on that is not quiet, in UTC.

    Looked for minute by minute: an hour that the clock skips or shows twice needs no rule of its own.
    """
    at = moment.astimezone(UTC)
    if quiet is None or not quiet.holds(at, zone):
        return at
    at = at.replace(second=0, microsecond=0)
    while quiet.holds(at, zone):
        at += MINUTE
    return at


def read_quiet(begin: str, end: str) -> Quiet | None:
    """Quiet hours as written (``22:00``); ``None`` when both are empty or the same.

    Raises:
        InvalidSetting: one of them is no time of day.
    """
    if not begin and not end:
        return None
    found = []
    for text in (begin, end):
        try:
            found.append(
                time.fromisoformat(to_ascii_digits(text)).replace(second=0, microsecond=0, tzinfo=None)
            )
        except ValueError as error:
            raise InvalidSetting(f"Quiet hours have the time {text!r}; write it as 22:00.") from error
    return None if found[0] == found[1] else Quiet(*found)
