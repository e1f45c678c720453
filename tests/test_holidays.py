"""Public holidays of Iran: fixed ones by the Jalali calendar, lunar ones from the file, nothing made up."""

from collections import Counter
from datetime import date

import pytest

from qa.calendar import day_number, from_jalali, jalali
from qa.holidays import Holiday, holidays, lunar, observed
from qa.settings import Settings


def names(year: int, month: int, day: int) -> set[str]:
    at = from_jalali(year, month, day)
    return {one.en for one in holidays(at, at)}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ((1403, 12, 30), {"Last day of the year"}),  # a leap year has 30 Esfand
        ((1404, 12, 29), {"Nationalisation of oil"}),
        ((1405, 1, 1), {"Nowruz", "Eid al-Fitr"}),  # two on one day: 21 March 2026
        ((1405, 3, 14), {"Death of Imam Khomeini", "Eid al-Ghadir"}),
        ((1405, 9, 1), set()),
        ((1399, 11, 22), {"Victory of the Revolution"}),  # before the lunar file
    ],
)
def test_a_day(day: tuple[int, int, int], expected: set[str]) -> None:
    assert names(*day) == expected


def test_gregorian_days_that_everybody_can_look_up() -> None:
    """Ashura 2024 on 16 July, Eid al-Fitr 2025 on 31 March, in the calendar published in Iran."""
    assert {one.en for one in holidays(*[day_number(date(2024, 7, 16))] * 2)} == {"Ashura"}
    assert {one.en for one in holidays(*[day_number(date(2025, 3, 31))] * 2)} == {"Eid al-Fitr"}


def test_the_file_covers_its_years_and_says_what_is_not_sure() -> None:
    every = lunar()
    years = Counter(jalali(one.day).year for one in every)
    assert set(years) == set(range(1403, 1408))
    assert all(16 <= count <= 19 for count in years.values())  # the lunar year is 11 days shorter
    assert not any(one.about for one in every if jalali(one.day).year < 1405)
    assert all(one.about for one in every if jalali(one.day).year > 1405)
    assert all(one.en and one.fa for one in every)


def test_lunar_days_keep_their_distances() -> None:
    """Ashura follows Tasua; Arbaeen is 40 days after Ashura, a day more or less by the moon."""
    days = {}
    for one in lunar():
        days.setdefault(one.en, []).append(one.day)
    for first, second in zip(days["Tasua"], days["Ashura"], strict=True):
        assert second == first + 1
    for first, second in zip(days["Ashura"], days["Arbaeen"], strict=True):
        assert 39 <= second - first <= 41
    for name in ("Ashura", "Eid al-Adha", "Arbaeen"):
        gaps = {later - earlier for earlier, later in zip(days[name], days[name][1:], strict=False)}
        assert gaps <= {353, 354, 355, 356}


def test_outside_the_file_only_fixed_days() -> None:
    found = holidays(from_jalali(1410, 1, 1), from_jalali(1410, 12, 29))
    assert len(found) == 10
    assert not any(one.about for one in found)


def test_a_holiday_has_two_names() -> None:
    assert Holiday(0, "Nowruz", "نوروز").name("fa") == "نوروز"


@pytest.mark.parametrize(
    ("zone", "chosen", "expected"),
    [
        ("Asia/Tehran", "auto", True),
        ("Europe/Berlin", "auto", False),
        ("Europe/Berlin", "iran", True),  # a site abroad that works by Iran's calendar
        ("Asia/Tehran", "none", False),
    ],
)
def test_where_they_are_kept(zone: str, chosen: str, expected: bool) -> None:
    assert observed(Settings(time_zone=zone, holidays=chosen)) is expected  # type: ignore[arg-type]
