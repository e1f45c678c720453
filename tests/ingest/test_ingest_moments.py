"""Dates as people write them."""

import contextlib
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from qa.ingest.moments import MomentError, Order, column_order, read_moment
from qa.text import to_persian_digits

TEHRAN = ZoneInfo("Asia/Tehran")


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc]


MORNING = utc(2026, 11, 22, 6, 45)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22 10:15", MORNING),
        ("2026-11-22T10:15:30", utc(2026, 11, 22, 6, 45, 30)),
        ("2026/11/22, 10:15", MORNING),
        ("2026.11.22 10.15", MORNING),
        ("20261122 101530", utc(2026, 11, 22, 6, 45, 30)),
        ("20261122-1015", MORNING),
        ("۱۴۰۵/۰۹/۰۱ ۱۰:۱۵", MORNING),
        ("1405-09-01 10:15", MORNING),
        ("1405/9/1 10:15", MORNING),
        ("\u200f۱۴۰۵/۰۹/۰۱\u200e ۱۰:۱۵ ", MORNING),  # marks that a spreadsheet leaves behind
        ("2026-11-22T06:45:00Z", MORNING),
        ("2026-11-22T10:15+03:30", MORNING),
        ("2026-11-22 01:45-0500", MORNING),
        ("2026-11-22T10:15:00.250", MORNING),
        ("22/11/2026 10:15", MORNING),  # 22 is no month
        ("11/22/2026 10:15", MORNING),  # 22 is no month
        ("22/11/2026 10:15 AM", MORNING),
        ("22/11/2026 10:15 pm", utc(2026, 11, 22, 18, 45)),
        ("1405/09/01 10:15 ب.ظ", utc(2026, 11, 22, 18, 45)),
        ("22/11/2026 12:05 AM", utc(2026, 11, 21, 20, 35)),
        ("05/05/2026 10:15", utc(2026, 5, 5, 6, 45)),  # both readings are the same day
        ("2026-11-22", utc(2026, 11, 21, 20, 30)),  # midnight in Tehran
        ("1403/12/30", utc(2025, 3, 19, 20, 30)),  # 1403 is a leap year
        ("2021-08-01 10:00", utc(2021, 8, 1, 5, 30)),  # summer time, which ended in 2022
    ],
)
def test_dates_that_are_read(text: str, moment: datetime) -> None:
    assert read_moment(text, TEHRAN) == moment


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is no date and time"),
        ("yesterday", "is no date and time"),
        ("2026-13-01", "does not exist"),
        ("2026-02-29", "does not exist"),
        ("1404/12/30", "does not exist"),  # 1404 is no leap year
        ("2026-11-22 25:00", "does not exist"),
        ("2026-11-22 10:61", "does not exist"),
        ("22-11-26", "is no date and time"),  # two digits for a year
        ("2026112", "is no date and time"),
        ("1823-01-01", "has the year 1823"),
        ("01/02/2026", "day first or month first"),
        ("2026-11-22 10:15+99:00", "has the offset +99:00"),
        ("2026-11-22 15:15 PM", "has the hour 15"),
        ("4/9/1", "is no date and time"),
        ("2026-11-22 10:15 " + "0" * 500, "is no date and time"),
    ],
)
def test_dates_that_are_refused(text: str, words: str) -> None:
    with pytest.raises(MomentError) as error:
        read_moment(text, TEHRAN)
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["01/02/2026", "13/02/2026"], "day"),
        (["01/02/2026", "02/13/2026"], "month"),
        (["01/02/2026", "03/04/2026"], None),  # nothing shows it
        (["13/02/2026", "02/13/2026"], None),  # they contradict one another
        (["2026-02-13", "1405/09/30"], None),  # the year is first: nothing to decide
        ([], None),
    ],
)
def test_a_column_shows_its_order(column: list[str], order: Order | None) -> None:
    assert column_order(column) == order


@pytest.mark.parametrize(
    ("order", "day"), [("day", utc(2026, 2, 1, 6, 45)), ("month", utc(2026, 1, 2, 6, 45))]
)
def test_the_order_decides_a_date_with_two_readings(order: Order, day: datetime) -> None:
    assert read_moment("01/02/2026 10:15", TEHRAN, order) == day


@given(st.datetimes(datetime(2023, 1, 1), datetime(2099, 1, 1), timezones=st.just(TEHRAN)))
def test_jalali_and_gregorian_spellings_are_one_moment(moment: datetime) -> None:
    wanted = moment.replace(second=0, microsecond=0).astimezone(UTC)
    jalali = JalaliDate(moment.date())
    clock = f"{moment:%H:%M}"
    spelt = f"{jalali.year:04}/{jalali.month:02}/{jalali.day:02} {clock}"
    assert read_moment(f"{moment:%Y-%m-%d} {clock}", TEHRAN) == wanted
    assert read_moment(to_persian_digits(spelt), TEHRAN) == wanted


@given(
    moment=st.datetimes(datetime(1971, 1, 1), datetime(2098, 1, 1), timezones=st.just(UTC)),
    offset=st.integers(-12 * 60, 14 * 60),
)
def test_an_offset_is_obeyed_wherever_the_site_is(moment: datetime, offset: int) -> None:
    there = moment.replace(microsecond=0).astimezone(timezone(timedelta(minutes=offset)))
    assert read_moment(there.isoformat(), TEHRAN) == moment.replace(microsecond=0)


@given(st.text(max_size=60))
def test_any_text_is_a_moment_or_a_sentence(text: str) -> None:
    with contextlib.suppress(MomentError):
        assert read_moment(text, TEHRAN).tzinfo is UTC
