"""One day to choose inside a form: a calendar in English, Jalali day, month and year in Persian."""

import streamlit as st

from dashboard.calls.days import last_valid
from dashboard.i18n import _, language, number
from dashboard.i18n.dates import JALALI_MONTHS
from qa.calendar import as_date, day_number, jalali

YEARS = (1, 1)  # back and ahead


def choose_day(title: str, key: str, usual: int) -> int:
    """The chosen day as a day number; ``usual`` stands there at first. In a shorter month its last day."""
    if language() != "fa":
        return day_number(st.date_input(title, as_date(usual), key=key, format="YYYY-MM-DD"))
    now = jalali(usual)
    years = list(range(now.year - YEARS[0], now.year + YEARS[1] + 1))
    parts = (
        (list(range(1, 32)), now.day - 1, number, _("Day"), 0.9),
        (list(range(1, 13)), now.month - 1, lambda month: JALALI_MONTHS[month - 1], _("Month"), 1.4),
        (years, YEARS[0], lambda year: number(year).replace("٬", ""), _("Year"), 1.1),
    )
    st.caption(title)
    chosen = []
    for column, (options, at, say, name, _width) in zip(
        st.columns([part[-1] for part in parts], gap=None), parts, strict=True
    ):
        with column:
            chosen.append(
                st.selectbox(
                    f"{title}: {name}", options, at, format_func=say, key=f"{key}_{len(chosen)}",
                    label_visibility="collapsed",
                )
            )  # fmt: skip
    day, month, year = chosen
    return last_valid(year, month, day)
