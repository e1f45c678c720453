"""From "within two working days" and the moment of the call to the moment at which a promise is late."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from persiantools.jdatetime import JalaliDate

from qa.calendar import FIRST_WEEKDAY

END_OF_DAY = time(23, 59)
LONGEST_JALALI_MONTH = 31


class Kind(StrEnum):
    """What a stated time counts."""

    MINUTES = "minutes"
    DAYS = "days"
    WORKING_DAYS = "working days"
    MONTHS = "months"
    WEEKDAY = "weekday"
    WEEK_END = "end of week"
    MONTH_END = "end of month"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time that somebody named, at characters ``start`` to ``end`` of the sentence.

    ``amount`` counts what ``kind`` says: minutes, days, months; the weekday as in ``date.weekday()``; whole
    weeks or months to pass before the end of one. ``day`` is (year or 0, month, day), Jalali when ``jalali``.
    ``hour`` is the hour of the day, where one was named.
    """

    start: int
    end: int
    kind: Kind
    amount: int = 0
    hour: int | None = None
    day: tuple[int, int, int] | None = None
    jalali: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """The site's calendar: its time zone and the days nobody works, as in ``date.weekday()``."""

    zone: tzinfo
    rest_days: frozenset[int]
    language: str


def due_at(deadline: Deadline, made: datetime, office: Office) -> datetime | None:
    """The aware moment (in the site's zone) after which the promise is late; ``None``: no such date.

    Days count from the day after the call and end at its last minute, a named hour ends them earlier; working
    days skip the days of rest; a weekday is the next one after the day of the call, a date without a year the
    next one of its name.

    Raises:
        ValueError: ``made`` has no time zone.
    """
    if made.tzinfo is None:
        raise ValueError(f"{made!r} has no time zone")
    local = made.astimezone(office.zone)
    if deadline.kind is Kind.MINUTES:
        return local + timedelta(minutes=deadline.amount)
    day = _day(deadline, local.date(), office)
    if day is None:
        return None
    clock = END_OF_DAY if deadline.hour is None else time(min(deadline.hour, 23))
    return datetime.combine(day, clock, tzinfo=office.zone)


def _day(deadline: Deadline, today: date, office: Office) -> date | None:
    kind, amount = deadline.kind, deadline.amount
    if kind in (Kind.DAYS, Kind.MONTHS):
        return today + timedelta(days=amount * (30 if kind is Kind.MONTHS else 1))
    if kind is Kind.WORKING_DAYS:
        return _working(today, amount, office.rest_days)
    if kind is Kind.WEEKDAY:
        return today + timedelta(days=(amount - today.weekday() - 1) % 7 + 1)
    if kind is Kind.WEEK_END:
        first = today - timedelta(days=(today.weekday() - FIRST_WEEKDAY[office.language]) % 7)
        return first + timedelta(days=7 * amount + 6)
    if kind is Kind.MONTH_END:
        return _month_end(today, amount, jalali=office.language == "fa")
    return _next_date(deadline, today)


def _working(today: date, count: int, rest_days: frozenset[int]) -> date:
    day = today
    for _ in range(count):
        day += timedelta(days=1)
        while day.weekday() in rest_days:
            day += timedelta(days=1)
    return day


def _month_end(today: date, later: int, *, jalali: bool) -> date:
    if jalali:
        here = JalaliDate(today)
        year, month = divmod(here.year * 12 + here.month - 1 + later + 1, 12)
        first: date = JalaliDate(year, month + 1, 1).to_gregorian()
    else:
        year, month = divmod(today.year * 12 + today.month - 1 + later + 1, 12)
        first = date(year, month + 1, 1)
    return first - timedelta(days=1)


def _next_date(deadline: Deadline, today: date) -> date | None:
    year, month, day = deadline.day or (0, 0, 0)
    here = JalaliDate(today).year if deadline.jalali else today.year
    for candidate in (year,) if year else (here, here + 1):
        try:
            found: date = (
                JalaliDate(candidate, month, day).to_gregorian()
                if deadline.jalali
                else date(candidate, month, day)
            )
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None
