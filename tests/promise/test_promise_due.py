"""When a promise is late: the words of the time and the moment of the call."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.promise import Office, find_promises
from qa.promise.due import Deadline, Kind, due_at
from qa.records import Speaker, Transcript, Utterance

TEHRAN = ZoneInfo("Asia/Tehran")
FA = Office(TEHRAN, frozenset({4}), "fa")
EN = Office(TEHRAN, frozenset({5, 6}), "en")
MADE = datetime(2026, 11, 22, 10, 15, tzinfo=TEHRAN)  # Sunday, 1 Azar 1405


def due(text: str, office: Office) -> str | None:
    said = Utterance(0, Speaker.AGENT, None, text)
    found = find_promises(Transcript(office.language, "imported", "", (said,)), MADE, office)
    assert len(found) == 1, [one.quote for one in found]
    moment = found[0].due
    return None if moment is None else moment.astimezone(TEHRAN).strftime("%m-%d %H:%M")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We'll call you back tomorrow.", "11-23 23:59"),  # the end of the day
        ("We'll call you back tomorrow morning.", "11-23 12:00"),  # a named part ends it
        ("I will call you back tomorrow at 3 pm.", "11-23 15:00"),  # a named hour
        ("I'll call you tomorrow by 4.", "11-23 16:00"),  # nobody is called at four in the morning
        ("You'll have it within 48 hours.", "11-24 10:15"),  # hours from the call
        ("It'll be with you in 24 to 48 hours.", "11-24 10:15"),  # the later one
        ("It will be delivered within two business days.", "11-24 23:59"),  # Monday, Tuesday
        ("The refund will arrive in 3 to 5 working days.", "11-27 23:59"),  # up to Friday
        (
            "The refund should reach your account in six working days.",
            "11-30 23:59",
        ),  # Monday: rest days skipped
        ("Someone will call you in half an hour.", "11-22 10:45"),
        ("I'll get back to you in an hour.", "11-22 11:15"),
        ("We'll send you the letter by the end of the week.", "11-22 23:59"),  # the week ends this Sunday
        ("The technician will be there on Thursday.", "11-26 23:59"),
        ("A technician will visit you next Sunday.", "11-29 23:59"),  # never today
        ("We'll refund you by December 3rd.", "12-03 23:59"),
        ("We'll refund you by the 5th of January.", "01-05 23:59"),  # next year
        ("I'll email you by the end of the day.", "11-22 23:59"),
        ("We'll let you know in a couple of days.", "11-24 23:59"),
        ("We will let you know within a week.", "11-29 23:59"),
        ("I'll call you this afternoon.", "11-22 18:00"),
        ("We'll send you a new card next week.", "11-29 23:59"),
        ("I'll let you know as soon as I hear something.", None),  # no time named
    ],
)
def test_english_times(text: str, expected: str | None) -> None:
    assert due(text, EN) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("فردا باهاتون تماس می‌گیریم.", "11-23 23:59"),
        ("فردا صبح باهاتون تماس می‌گیرم", "11-23 12:00"),
        ("تا فردا ظهر بهتون خبر می‌دم.", "11-23 14:00"),
        ("پس‌فردا زنگ می‌زنیم خدمتتون.", "11-24 23:59"),
        ("ظرف ۴۸ ساعت به حسابتون واریز می‌شه.", "11-24 10:15"),
        ("ظرف چهل و هشت ساعت به حسابتون برمی‌گرده.", "11-24 10:15"),  # spoken number
        ("۲۴ تا ۴۸ ساعت دیگه واریز می‌شه.", "11-24 10:15"),  # the later one
        ("تا ۷۲ ساعت کاری واریز می‌شود.", "11-25 10:15"),
        ("طی سه روز کاری ارسال می‌شه.", "11-25 23:59"),
        ("ظرف ۵ روز کاری تحویل داده می‌شود.", "11-28 23:59"),  # Friday does not count
        ("دو سه روز دیگه به دستتون می‌رسه.", "11-25 23:59"),
        ("تا آخر هفته حل می‌شه.", "11-27 23:59"),  # the Persian week ends on Friday
        ("هفتهٔ آینده باهاتون تماس می‌گیریم.", "12-04 23:59"),
        ("سه‌شنبه همکارم میاد خدمتتون.", "11-24 23:59"),
        ("روز شنبه بسته رو می‌فرستیم.", "11-28 23:59"),
        ("تا پنجم آذر مبلغ رو عودت می‌دیم.", "11-26 23:59"),  # Jalali day by name
        ("۱۵ آذر نصب می‌کنیم.", "12-06 23:59"),
        ("تا ۱۴۰۵/۰۹/۱۰ پاسخ داده می‌شود.", "12-01 23:59"),
        ("نیم ساعت دیگه بهتون زنگ می‌زنم.", "11-22 10:45"),
        ("تا آخر وقت اداری خبرتون می‌کنم.", "11-22 23:59"),
        ("امروز عصر باهاتون تماس می‌گیرن.", "11-22 18:00"),
        ("تا ساعت پنج باهاتون تماس می‌گیرم.", "11-22 17:00"),
        ("تا آخر ماه تسویه می‌کنیم.", "12-21 23:59"),  # end of Azar
        ("همکارم باهاتون تماس می‌گیره.", None),  # no time named
    ],
)
def test_persian_times(text: str, expected: str | None) -> None:
    assert due(text, FA) == expected


def test_without_the_day_of_the_call_the_words_of_the_time_stay() -> None:
    said = Utterance(0, Speaker.AGENT, None, "We'll call you back tomorrow.")
    (found,) = find_promises(Transcript("en", "imported", "", (said,)), None, EN)
    assert (found.due, found.when) == (None, "tomorrow")


@given(
    made=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
    kind=st.sampled_from([kind for kind in Kind if kind is not Kind.DATE]),
    amount=st.integers(0, 60),
    office=st.sampled_from([FA, EN]),
)
def test_no_promise_is_late_before_it_is_made(
    made: datetime, kind: Kind, amount: int, office: Office
) -> None:
    """The last moment comes after the call, and working days never end on a day of rest."""
    amount = amount % 7 if kind is Kind.WEEKDAY else amount
    moment = due_at(Deadline(0, 1, kind, amount), made.replace(tzinfo=UTC), office)
    assert moment is not None
    assert moment >= made.replace(tzinfo=UTC, second=0, microsecond=0)
    if kind is Kind.WORKING_DAYS and amount:
        assert moment.weekday() not in office.rest_days
