"""Days and weeks of a site: a day ends at local midnight, a week starts on the language's first day.

Days are integers, days since 1970-01-01, so that weeks are plain arithmetic in every database.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo

from persiantools.jdatetime import JalaliDate

from qa.errors import InvalidSetting

EPOCH = date(1970, 1, 1)  # a Thursday
FIRST_WEEKDAY = {"fa": 5, "en": 0}  # date.weekday(): Monday is 0, Saturday is 5


def local_day(moment: datetime, zone: tzinfo) -> int:
    """The site's day of an aware moment, as days since 1970-01-01.

    Raises:
        ValueError: the moment has no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return day_number(moment.astimezone(zone).date())


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def as_date(day: int) -> date:
    """The calendar date of a day number."""
    return EPOCH + timedelta(days=day)


def week_start(day: int, language: str) -> int:
    """First day of the week that holds ``day``: Saturday for fa, Monday for en."""
    weekday = (day + EPOCH.weekday()) % 7
    return day - (weekday - FIRST_WEEKDAY[language]) % 7


def day_bounds(day: int, zone: tzinfo) -> tuple[datetime, datetime]:
    """The UTC moments at which a local day begins and ends."""
    first, after = as_date(day), as_date(day + 1)
    return (
        datetime(first.year, first.month, first.day, tzinfo=zone).astimezone(UTC),
        datetime(after.year, after.month, after.day, tzinfo=zone).astimezone(UTC),
    )


def jalali(day: int) -> JalaliDate:
    """The Jalali date of a day number."""
    return JalaliDate(as_date(day))


def from_jalali(year: int, month: int, day: int) -> int:
    """The day number of a Jalali date.

    Raises:
        ValueError: there is no such date.
    """
    return day_number(JalaliDate(year, month, day).to_gregorian())


def read_day(text: str) -> int:
    """The day number of a written date, Gregorian (2026-11-22) or Jalali (1405-09-01), by its year.

    Raises:
        InvalidSetting: it is no date.
    """
    parts = text.strip().replace("/", "-").split("-")
    try:
        year, month, day = (int(part) for part in parts)
        return from_jalali(year, month, day) if year < 1700 else day_number(date(year, month, day))
    except ValueError as error:
        raise InvalidSetting(f"{text!r} is no date; write it as 2026-11-22 or 1405-09-01.") from error
