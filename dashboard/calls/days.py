"""Two days to choose: a calendar in English, Jalali year, month and day in Persian.

Streamlit's own field writes Gregorian dates in Persian digits, which nobody reads.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime

import streamlit as st

from dashboard.data.site import settings
from dashboard.i18n import _, language, number
from dashboard.i18n.dates import JALALI_MONTHS
from qa.calendar import as_date, day_number, from_jalali, jalali, local_day

Put = Callable[[str, str], None]
YEARS_BACK = 4


def pick_days(put: Put) -> None:
    """First and last day, both included, into the address."""
    today = local_day(datetime.now(UTC), settings().zone)
    for name, label in (("from", _("From")), ("to", _("To"))):
        text = st.query_params.get(name, "")
        day = int(text) if text.lstrip("-").isdigit() else today
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

    st.date_input(label, as_date(day), key=key, on_change=changed, format="YYYY-MM-DD")


def _jalali(name: str, label: str, day: int, put: Put) -> None:
    now = jalali(day)
    this_year = jalali(local_day(datetime.now(UTC), settings().zone)).year
    years = sorted({now.year, *range(this_year - YEARS_BACK, this_year + 1)}, reverse=True)
    st.caption(label)
    keys = [f"calls_{name}_{part}" for part in ("day", "month", "year")]

    def changed() -> None:
        dd, mm, yy = (st.session_state[key] for key in keys)
        put(name, str(_last_valid(yy, mm, dd)))

    parts = (
        (range(1, 32), now.day, lambda value: number(value), 0.9, _("Day")),
        (range(1, 13), now.month, lambda value: JALALI_MONTHS[value - 1], 1.4, _("Month")),
        (years, now.year, lambda value: number(value).replace("٬", ""), 1.1, _("Year")),
    )
    columns = st.columns([width for *_rest, width, _title in parts], gap=None)
    for column, key, (options, chosen, say, _width, title) in zip(columns, keys, parts, strict=True):
        listed = list(options)
        with column:
            st.selectbox(
                title, listed, index=listed.index(chosen), format_func=say, key=key, on_change=changed, label_visibility="collapsed"
            )


def _last_valid(year: int, month: int, day: int) -> int:
    """The day, or the month's last one when the month is shorter."""
    for candidate in range(day, day - 4, -1):
        try:
            return from_jalali(year, month, candidate)
        except ValueError:
            continue
    return from_jalali(year, month, 1)
