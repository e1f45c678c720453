"""Quiet hours by the clock on the wall: across midnight, and where the clock is put forward or back."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.deliver.quiet import Quiet, free_from, read_quiet
from qa.errors import InvalidSetting

TEHRAN, BERLIN = ZoneInfo("Asia/Tehran"), ZoneInfo("Europe/Berlin")
NIGHT = Quiet(time(22), time(7))
CLOCK = st.times().map(lambda at: at.replace(second=0, microsecond=0))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
ZONES = st.sampled_from([TEHRAN, BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Asia/Kathmandu")])


@pytest.mark.parametrize(
    ("at", "zone", "free"),
    [
        # evening: held until the next morning
        ("2026-11-22 23:30", TEHRAN, "2026-11-23 07:00"),
        # after midnight: until the same morning
        ("2026-11-23 03:00", TEHRAN, "2026-11-23 07:00"),
        # the end itself is free, and so is noon
        ("2026-11-23 07:00", TEHRAN, "2026-11-23 07:00"),
        ("2026-11-23 12:00", TEHRAN, "2026-11-23 12:00"),
        # the clock skips an hour in this night, and shows one twice in that
        ("2026-03-28 23:00", BERLIN, "2026-03-29 07:00"),
        ("2026-10-24 23:00", BERLIN, "2026-10-25 07:00"),
    ],
)
def test_a_night(at: str, zone: ZoneInfo, free: str) -> None:
    moment, wanted = (datetime.fromisoformat(text).replace(tzinfo=zone) for text in (at, free))
    assert free_from(moment, NIGHT, zone) == wanted.astimezone(UTC)


def test_an_end_in_the_hour_that_is_skipped_is_the_next_moment_that_there_is() -> None:
    before = datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN)
    end = free_from(before, Quiet(time(0), time(2, 30)), BERLIN)
    assert end.astimezone(BERLIN).time() == time(3)


@given(MOMENTS, CLOCK, CLOCK, ZONES)
def test_the_end_is_the_first_free_minute(moment: datetime, begin: time, end: time, zone: ZoneInfo) -> None:
    quiet = Quiet(begin, end)
    free = free_from(moment, quiet, zone)
    assert not quiet.holds(free, zone)
    assert moment <= free <= moment + timedelta(days=1, hours=1)
    if free > moment:
        assert quiet.holds(moment, zone)
        assert quiet.holds(free - timedelta(minutes=1), zone)


@pytest.mark.parametrize(
    ("begin", "end", "found"),
    [
        ("", "", None),
        ("22:00", "07:00", NIGHT),
        ("۲۲:۰۰", "۰۷:۰۰", NIGHT),
        ("07:00", "07:00", None),
        ("9:00", "10", InvalidSetting),
    ],
)
def test_reading(begin: str, end: str, found: object) -> None:
    if found is InvalidSetting:
        with pytest.raises(InvalidSetting, match="22:00"):
            read_quiet(begin, end)
    else:
        assert read_quiet(begin, end) == found
