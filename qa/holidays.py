"""Public holidays of Iran: fixed ones of the Jalali calendar, lunar ones from a file (1403 to 1407)."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from qa.calendar import from_jalali, jalali
from qa.errors import InvalidSetting
from qa.settings import ROOT, Settings

PATH = ROOT / "data" / "calendar" / "iran.csv"
OFFICIAL, ABOUT = "official", "about"
ZONE = "Asia/Tehran"
FIXED = (
    (1, 1, "Nowruz", "نوروز"),
    (1, 2, "Nowruz", "نوروز"),
    (1, 3, "Nowruz", "نوروز"),
    (1, 4, "Nowruz", "نوروز"),
    (1, 12, "Islamic Republic Day", "روز جمهوری اسلامی"),
    (1, 13, "Nature Day", "روز طبیعت"),
    (3, 14, "Death of Imam Khomeini", "رحلت امام خمینی"),
    (3, 15, "15 Khordad", "۱۵ خرداد"),
    (11, 22, "Victory of the Revolution", "پیروزی انقلاب"),
    (12, 29, "Nationalisation of oil", "ملی شدن صنعت نفت"),
    (12, 30, "Last day of the year", "آخرین روز سال"),
)
"""Month, day, English and Persian name; 30 Esfand is there in leap years."""


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday. ``about``: worked out, so the official day may be the one before or after."""

    day: int
    en: str
    fa: str
    about: bool = False

    def name(self, language: str) -> str:
        """The name in a language."""
        return self.fa if language == "fa" else self.en


def observed(settings: Settings) -> bool:
    """Whether the site keeps Iran's holidays: as ``QA_HOLIDAYS`` says; ``auto`` goes by the time zone."""
    return settings.holidays == "iran" or (settings.holidays == "auto" and settings.time_zone == ZONE)


def holidays(first: int, last: int) -> tuple[Holiday, ...]:
    """The holidays between two days, both included, in order of day and name. Lunar ones outside 1403 to 1407
    are not known and not made up.

    Raises:
        InvalidSetting: the file of lunar holidays is missing or damaged.
    """
    years = range(jalali(first).year, jalali(last).year + 1)
    found = [one for year in years for one in _fixed(year)]
    found += lunar()
    return tuple(
        sorted((one for one in found if first <= one.day <= last), key=lambda one: (one.day, one.en))
    )


def _fixed(year: int) -> Iterator[Holiday]:
    for month, day, en, fa in FIXED:
        try:
            yield Holiday(from_jalali(year, month, day), en, fa)
        except ValueError:  # 30 Esfand of a usual year
            continue


@lru_cache(maxsize=1)
def lunar() -> tuple[Holiday, ...]:
    """The lunar holidays of the file.

    Raises:
        InvalidSetting: it is missing or damaged.
    """
    try:
        with PATH.open(encoding="utf-8", newline="") as file:
            lines = csv.DictReader(line for line in file if not line.startswith("#"))
            return tuple(_read(row) for row in lines)
    except (OSError, UnicodeDecodeError, KeyError, ValueError) as error:
        raise InvalidSetting(
            f"The holidays {PATH.name} cannot be read; put the shipped file back."
        ) from error


def _read(row: dict[str, str]) -> Holiday:
    year, month, day = (int(part) for part in row["jalali"].split("-"))
    if row["certainty"] not in (OFFICIAL, ABOUT):
        raise ValueError(row["certainty"])
    return Holiday(from_jalali(year, month, day), row["en"], row["fa"], row["certainty"] == ABOUT)
