"""Dates as the viewer reads them: Jalali with month names in Persian, Gregorian in English.

Days are day numbers (``qa.calendar``); moments are aware and shown in the site's zone.
"""

from datetime import datetime, tzinfo

from dashboard.i18n.catalogue import N_, _, language
from dashboard.i18n.numbers import digits
from dashboard.i18n.plurals import ngettext
from qa.calendar import as_date, jalali, local_day, week_start

GREGORIAN_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
JALALI_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip


def _parts(day: int) -> tuple[int, int, int]:
    date = jalali(day) if language() == "fa" else as_date(day)
    return date.year, date.month, date.day


def month_name(day: int) -> str:
    """The month that holds the day."""
    month = _parts(day)[1]
    return JALALI_MONTHS[month - 1] if language() == "fa" else GREGORIAN_MONTHS[month - 1]


def weekday_name(day: int) -> str:
    """The day of the week."""
    return _(WEEKDAYS[as_date(day).weekday()])


def digits_of_day(day: int) -> str:
    """The day of the month alone."""
    return digits(str(_parts(day)[2]))


def day_month(day: int) -> str:
    """``20 Nov``, ``۲۹ آبان``."""
    return f"{digits_of_day(day)} {month_name(day)}"


def day_month_year(day: int) -> str:
    """``20 Nov 2026``, ``۲۹ آبان ۱۴۰۵``."""
    return f"{day_month(day)} {digits(str(_parts(day)[0]))}"


def from_to(first: int, last: int) -> str:
    """A stretch of days; the month is said once when both days share it."""
    (year, month, number), (last_year, last_month, _last) = _parts(first), _parts(last)
    if year != last_year:
        start = day_month_year(first)
    else:
        start = digits(str(number)) if month == last_month else day_month(first)
    return _("{low} to {high}", low=start, high=day_month_year(last))


def week_label(day: int) -> str:
    """The week that holds the day, Saturday to Friday in Persian, Monday to Sunday in English."""
    first = week_start(day, language())
    return _("Week of {days}", days=from_to(first, first + 6))


def time_of_day(value: datetime, zone: tzinfo) -> str:
    """``10:42`` in the site's zone."""
    return digits(value.astimezone(zone).strftime("%H:%M"))


def moment(value: datetime, zone: tzinfo, now: datetime) -> str:
    """When something was: the day by name while it is near, and the time."""
    day, today = local_day(value, zone), local_day(now, zone)
    time = time_of_day(value, zone)
    if day == today:
        return _("today {time}", time=time)
    if day == today - 1:
        return _("yesterday {time}", time=time)
    near = _parts(day)[0] == _parts(today)[0]
    return _("{date}, {time}", date=day_month(day) if near else day_month_year(day), time=time)


def ago(value: datetime, now: datetime) -> str:
    """How long ago, in one unit."""
    minutes = int((now - value).total_seconds() // 60)
    if minutes < 1:
        return _("just now")
    if minutes < 60:
        return ngettext("{count} minute ago", "{count} minutes ago", minutes)
    if minutes < 24 * 60:
        return ngettext("{count} hour ago", "{count} hours ago", minutes // 60)
    return ngettext("{count} day ago", "{count} days ago", minutes // (24 * 60))
