"""Dates and times as people and telephone systems write them, to UTC.

A year from 1300 to 1499 is Jalali, from 1970 to 2099 Gregorian. A time without an offset is in the site's
zone; a date without a time of day is midnight there. With the year last, 01/02/2026 has two readings: it
is read only when the column it stands in shows which one is meant.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Literal

from qa.calendar import as_date, day_number, from_jalali
from qa.text import to_ascii_digits

Order = Literal["day", "month"]

JALALI_YEARS = range(1300, 1500)
GREGORIAN_YEARS = range(1970, 2100)

_CLOCK = (
    r"(?:[\sT_,-]+(?P<hour>\d{1,2})[:.-]?(?P<minute>\d{2})(?:[:.-]?(?P<second>\d{2})(?:\.\d+)?)?"
    r"\s*(?P<half>[ap]m|ق\.ظ|ب\.ظ)?[\s_]*(?P<offset>Z|UTC|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(
    r"(?=\d{8}(?!\d)|\d{4}[-/.])(?P<year>\d{4})([-/.]?)(?P<one>\d{1,2})\2(?P<two>\d{1,2})" + _CLOCK,
    re.IGNORECASE,
)
_YEAR_LAST = re.compile(r"(?P<one>\d{1,2})([-/.])(?P<two>\d{1,2})\2(?P<year>\d{4})" + _CLOCK, re.IGNORECASE)
_INVISIBLE = dict.fromkeys(map(ord, "\u200c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"))
_LONGEST = 40  # characters; longer text is no date, and is not searched


class MomentError(Exception):
    """The text is no date and time; the message ends a sentence that begins with the text."""


def read_moment(text: str, zone: tzinfo, order: Order | None = None) -> datetime:
    """The moment in UTC.

    Args:
        text: such as ``2026-11-22 10:15``, ``۱۴۰۵/۰۹/۰۱ ۱۰:۱۵``, ``20261122-101530``, ``22/11/2026``.
        zone: the site's zone, for times without an offset.
        order: what comes first in dates with the year last, where the column shows it.

    Raises:
        MomentError: the text is no date, or has two readings.
    """
    match = _match(text)
    if match is None:
        raise MomentError("is no date and time; write it as 2026-11-22 10:15 or 1405/09/01 10:15")
    month, day = _month_and_day(match, order)
    try:
        when = as_date(_day_number(int(match["year"]), month, day))
        where = _zone(match["offset"]) or zone
        moment = datetime(when.year, when.month, when.day, *_clock(match), tzinfo=where)
    except ValueError as error:
        raise MomentError("is a date or a time that does not exist; correct it") from error
    return moment.astimezone(UTC)


def column_order(texts: Iterable[str]) -> Order | None:
    """Which of day and month comes first in a column of dates with the year last.

    ``None`` when no date shows it (all parts are 12 or less) or when the dates contradict one another.
    """
    found: set[Order] = set()
    for match in map(_match, texts):
        if match is not None and match.re is _YEAR_LAST:
            if int(match["one"]) > 12:
                found.add("day")
            if int(match["two"]) > 12:
                found.add("month")
    return found.pop() if len(found) == 1 else None


def _match(text: str) -> re.Match[str] | None:
    if len(text) > _LONGEST:
        return None
    plain = to_ascii_digits(text).translate(_INVISIBLE).strip()
    return _YEAR_FIRST.fullmatch(plain) or _YEAR_LAST.fullmatch(plain)


def _month_and_day(match: re.Match[str], order: Order | None) -> tuple[int, int]:
    one, two = int(match["one"]), int(match["two"])
    if match.re is _YEAR_FIRST:
        return one, two
    if one > 12 or (order == "day" and two <= 12):
        return two, one
    if two > 12 or order == "month" or one == two:
        return one, two
    raise MomentError("can be read day first or month first; write the year first, as in 2026-11-22")


def _day_number(year: int, month: int, day: int) -> int:
    if year in JALALI_YEARS:
        return from_jalali(year, month, day)
    if year in GREGORIAN_YEARS:
        return day_number(date(year, month, day))
    raise MomentError(f"has the year {year}, which is neither 1970 to 2099 nor 1300 to 1499 (Jalali)")


def _clock(match: re.Match[str]) -> tuple[int, int, int]:
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    half = match["half"]
    if half is None:
        return hour, minute, second
    if not 1 <= hour <= 12:
        raise MomentError(f"has the hour {hour} with a half of the day; write 22:15 or 10:15 PM")
    afternoon = half.lower() in ("pm", "ب.ظ")
    return hour % 12 + (12 if afternoon else 0), minute, second


def _zone(offset: str | None) -> tzinfo | None:
    if offset is None:
        return None
    if offset.upper() in ("Z", "UTC"):
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[-2:])
    if hours > 14 or minutes > 59:
        raise MomentError(f"has the offset {offset}, which no time zone has")
    return timezone((-1 if offset[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))
