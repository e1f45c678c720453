"""Numbers, dates and durations in both languages."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.i18n import (
    ago,
    clock,
    day_month_year,
    duration,
    from_to,
    interval,
    isolated,
    moment,
    number,
    percent,
    quoted,
    speaking,
    week_label,
    weekday_name,
)
from qa.calendar import day_number

TEHRAN = ZoneInfo("Asia/Tehran")
FRIDAY = day_number(date(2026, 11, 20))
LRI, PDI = "\u2066", "\u2069"


@pytest.mark.parametrize(
    ("made", "en", "fa"),
    [
        (lambda: number(1284), "1,284", "۱٬۲۸۴"),
        (lambda: number(82.44, 1), "82.4", "۸۲٫۴"),
        (lambda: number(-3.1, 1), "−3.1", f"{LRI}−۳٫۱{PDI}"),
        (lambda: number(2, 1, signed=True), "+2.0", f"{LRI}+۲٫۰{PDI}"),
        (lambda: number(-0.04, 1, signed=True), "0.0", "۰٫۰"),  # what rounds to nothing has no sign
        (lambda: percent(0.746, 1), "74.6 %", "۷۴٫۶٪"),
        (lambda: interval(81.1, 83.7), "81.1 to 83.7", "۸۱٫۱ تا ۸۳٫۷"),
        (lambda: clock(94.9), "1:34", "۱:۳۴"),
        (lambda: clock(3729), "1:02:09", "۱:۰۲:۰۹"),
        (lambda: duration(9.5, 1), "9.5 s", "۹٫۵ ثانیه"),
        (lambda: duration(134), "2 min 14 s", "۲ دقیقه و ۱۴ ثانیه"),
        (lambda: duration(120), "2 min", "۲ دقیقه"),
        (lambda: duration(93600), "26 h", "۲۶ ساعت"),
        (lambda: duration(3599.7), "1 h", "۱ ساعت"),
        (lambda: quoted("yes"), "“\u2068yes\u2069”", "«\u2068yes\u2069»"),
        (lambda: isolated("x"), "x", "\u2067x\u2069"),
        (lambda: day_month_year(FRIDAY), "20 Nov 2026", "۲۹ آبان ۱۴۰۵"),
        (lambda: weekday_name(FRIDAY), "Friday", "جمعه"),
        (lambda: from_to(FRIDAY - 4, FRIDAY + 2), "16 to 22 Nov 2026", "۲۵ آبان تا ۱ آذر ۱۴۰۵"),
        (lambda: from_to(FRIDAY - 6, FRIDAY), "14 to 20 Nov 2026", "۲۳ تا ۲۹ آبان ۱۴۰۵"),
        (lambda: week_label(FRIDAY), "Week of 16 to 22 Nov 2026", "هفتهٔ ۲۳ تا ۲۹ آبان ۱۴۰۵"),
        (lambda: week_label(FRIDAY + 1), "Week of 16 to 22 Nov 2026", "هفتهٔ ۳۰ آبان تا ۶ آذر ۱۴۰۵"),
    ],
)
def test_formats(made: Callable[[], str], en: str, fa: str) -> None:
    with speaking("en"):
        assert made() == en
    with speaking("fa"):
        assert made() == fa


@pytest.mark.parametrize(
    ("value", "en", "fa"),
    [
        (datetime(2026, 11, 20, 7, 12, tzinfo=UTC), "today 10:42", "امروز ۱۰:۴۲"),
        (
            datetime(2026, 11, 19, 20, 29, tzinfo=UTC),
            "yesterday 23:59",
            "دیروز ۲۳:۵۹",
        ),  # before local midnight
        (datetime(2026, 11, 19, 20, 31, tzinfo=UTC), "today 00:01", "امروز ۰۰:۰۱"),  # after it
        (datetime(2026, 11, 3, 7, 0, tzinfo=UTC), "3 Nov, 10:30", "۱۲ آبان، ۱۰:۳۰"),
        (datetime(2025, 1, 3, 7, 0, tzinfo=UTC), "3 Jan 2025, 10:30", "۱۴ دی ۱۴۰۳، ۱۰:۳۰"),
    ],
)
def test_moments_in_the_zone_of_the_site(value: datetime, en: str, fa: str) -> None:
    now = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    for code, text in (("en", en), ("fa", fa)):
        with speaking(code):
            assert moment(value, TEHRAN, now) == text


@pytest.mark.parametrize(
    ("back", "en", "fa"),
    [
        (timedelta(seconds=59), "just now", "همین حالا"),
        (timedelta(minutes=1), "1 minute ago", "۱ دقیقه پیش"),
        (timedelta(hours=5, minutes=59), "5 hours ago", "۵ ساعت پیش"),
        (timedelta(hours=49), "2 days ago", "۲ روز پیش"),
    ],
)
def test_ago(back: timedelta, en: str, fa: str) -> None:
    now = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    for code, text in (("en", en), ("fa", fa)):
        with speaking(code):
            assert ago(now - back, now) == text


@given(st.floats(-1e12, 1e12), st.integers(0, 3))
def test_a_persian_number_is_the_english_one_in_other_digits(value: float, places: int) -> None:
    back = str.maketrans("۰۱۲۳۴۵۶۷۸۹٫٬", "0123456789.,", LRI + PDI)
    with speaking("en"):
        english = number(value, places)
    with speaking("fa"):
        persian = number(value, places)
    assert persian.translate(back) == english
    assert not set(persian) & set("0123456789.,")


@given(st.integers(0, 10**7))
def test_a_clock_can_be_read_back(seconds: int) -> None:
    parts = [int(part) for part in clock(seconds).split(":")]
    total = 0
    for part in parts:
        total = total * 60 + part
    assert total == seconds
