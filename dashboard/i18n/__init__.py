"""Words, numbers and dates in the viewer's language: English is the source, Persian is complete."""

from dashboard.i18n.catalogue import N_, _, language, remember, speaking
from dashboard.i18n.dates import (
    ago,
    day_month,
    day_month_year,
    digits_of_day,
    from_to,
    moment,
    month_name,
    time_of_day,
    week_label,
    weekday_name,
)
from dashboard.i18n.numbers import clock, duration, interval, isolated, number, percent, quoted
from dashboard.i18n.plurals import ngettext

LANGUAGES = {"en": "English", "fa": "فارسی"}
"""Codes and the languages' own names."""


def rtl() -> bool:
    """True when the interface runs from right to left."""
    return language() == "fa"


__all__ = [
    "LANGUAGES",
    "N_",
    "_",
    "ago",
    "clock",
    "day_month",
    "day_month_year",
    "digits_of_day",
    "duration",
    "from_to",
    "interval",
    "isolated",
    "language",
    "moment",
    "month_name",
    "ngettext",
    "number",
    "percent",
    "quoted",
    "remember",
    "rtl",
    "speaking",
    "time_of_day",
    "week_label",
    "weekday_name",
]
