"""Two days to choose: a calendar in English, Jalali year, month and day in Persian.

Streamlit's own field writes Gregorian dates in Persian digits, which nobody reads.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime

import streamlit as st

from dashboard.address import day_of
from dashboard.data.site import settings
from dashboard.i18n import _, language, number
from dashboard.i18n.dates import JALALI_MONTHS
from qa.calendar import as_date, day_number, from_jalali, jalali, local_day

Put = Callable[[str, str], None]
YEARS_BACK = 4
FIRST_DAY, LAST_DAY = day_number(date(2000, 1, 1)), day_number(date(2099, 12, 31))


def pick_days(put: Put) -> None:
    """First and last day, both included, into the address."""
    today = local_day(datetime.now(UTC), settings().zone)
    for name, label in (("from", _("From")), ("to", _("To"))):
        known = day_of(st.query_params.get(name, ""))
        day = today if known is None else known
        if language() == "fa":
            _jalali(name, label, day, put)
        else:
            _gregorian(name, label, day, put)


def _gregorian(name: str, label: str, day: int, put: Put) -> None:
    key = f"calls_day_{name}"

    def changed() -> None:
        chosen = st.session_state[key]
        if isinstance(chosen, date):
            put(name, str(day_number(chosen)))

    st.session_state[key] = as_date(day)
    earliest, latest = as_date(min(day, FIRST_DAY)), as_date(max(day, LAST_DAY))
    st.date_input(
        label, key=key, on_change=changed, format="YYYY-MM-DD", min_value=earliest, max_value=latest
    )


def _jalali(name: str, label: str, day: int, put: Put) -> None:
    now = jalali(day)
    this_year = jalali(local_day(datetime.now(UTC), settings().zone)).year
    years = sorted({now.year, *range(this_year - YEARS_BACK, this_year + 1)}, reverse=True)
    st.caption(label)
    keys = [f"calls_{name}_{part}" for part in ("day", "month", "year")]

    def changed() -> None:
        dd, mm, yy = (st.session_state[key] for key in keys)
        put(name, str(last_valid(yy, mm, dd)))

    parts = (
        (range(1, 32), now.day, number, 0.9, _("Day")),
        (range(1, 13), now.month, lambda value: JALALI_MONTHS[value - 1], 1.4, _("Month")),
        (years, now.year, lambda value: number(value).replace("٬", ""), 1.1, _("Year")),
    )
    columns = st.columns([width for *_rest, width, _title in parts], gap=None)
    for column, key, (options, chosen, say, _width, title) in zip(columns, keys, parts, strict=True):
        st.session_state[key] = chosen
        named = f"{label}: {title}"
        with column:
            st.selectbox(
                named,
                list(options),
                format_func=say,
                key=key,
                on_change=changed,
                label_visibility="collapsed",
            )


def last_valid(year: int, month: int, day: int) -> int:
    """The day number; in a shorter month that of its last day."""
    for candidate in range(day, day - 4, -1):
        try:
            return from_jalali(year, month, candidate)
        except ValueError:
            continue
    return from_jalali(year, month, 1)
