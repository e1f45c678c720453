"""When the weekly report is made by itself, in which language and forms, and to whom it goes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from qa.deliver.choices import ADDRESS
from qa.errors import InvalidSetting
from qa.report.making import FORMATS, LANGUAGES
from qa.settings import Settings
from qa.store.database import Transaction
from qa.store.site import get_setting, set_setting
from qa.text import to_ascii_digits

SETTING = "report"
SATURDAY = 5  # as in ``date.weekday()``


@dataclass(frozen=True, slots=True)
class ReportChoices:
    """``weekday`` as in ``date.weekday()``, ``at`` a time of day at the site."""

    on: bool = True
    weekday: int = SATURDAY
    at: str = "07:00"
    language: str = "en"
    forms: tuple[str, ...] = (".pdf", ".xlsx")
    mail: tuple[str, ...] = ()


def read_report_choices(tx: Transaction, settings: Settings) -> ReportChoices:
    """What the site chose; the language of the calls where nothing was chosen."""
    kept: Mapping[str, Any] = get_setting(tx, SETTING, {})
    known = {name: kept[name] for name in ReportChoices.__dataclass_fields__ if name in kept}
    lists = {name: tuple(known[name]) for name in ("forms", "mail") if name in known}
    language = "fa" if settings.language == "fa" else "en"
    return ReportChoices(**({"language": language} | known | lists))


def save_report_choices(tx: Transaction, chosen: ReportChoices) -> None:
    """Keep what the site chose.

    Raises:
        InvalidSetting: something cannot be used; nothing is changed.
    """
    for address in chosen.mail:
        if not ADDRESS.fullmatch(address):
            raise InvalidSetting(f"{address!r} is no mail address; write it as name@example.org.")
    clock(chosen)
    known = chosen.weekday in range(7) and chosen.language in LANGUAGES and set(chosen.forms) <= set(FORMATS)
    if not known or not chosen.forms:
        raise InvalidSetting("The report needs a day, a language and at least one kind of file.")
    set_setting(tx, SETTING, asdict(chosen))


def clock(chosen: ReportChoices) -> time:
    """The time of day.

    Raises:
        InvalidSetting: it is none.
    """
    try:
        return time.fromisoformat(to_ascii_digits(chosen.at)).replace(tzinfo=None)
    except ValueError as error:
        raise InvalidSetting(f"The report is due at {chosen.at!r}; write the time as 07:00.") from error


def last_due(chosen: ReportChoices, now: datetime, zone: tzinfo) -> datetime:
    """The last moment up to now at which a report was due, by the clock of the site."""
    here = now.astimezone(zone)
    for back in range(8):
        day = here.date() - timedelta(days=back)
        due = datetime.combine(day, clock(chosen), zone)
        if day.weekday() == chosen.weekday and due <= now:
            return due
    raise AssertionError("a week has every weekday")  # pragma: no cover
