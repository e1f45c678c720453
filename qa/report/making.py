"""A report made from the store: the same week as on the page, in the form that the file's name asks for."""

from datetime import datetime
from pathlib import Path

from qa.calendar import week_start
from qa.errors import InvalidSetting, WriteFailed
from qa.gather.house import House
from qa.gather.week import read_week
from qa.report.content import About
from qa.scorecard import default_scorecards
from qa.store.site import get_setting
from qa.weekly.records import Ask, Week

FORMATS = (".html", ".pdf", ".xlsx")
LANGUAGES = ("fa", "en")


def report_week(house: House, day: int, language: str, now: datetime) -> Week:
    """The week that holds a day, as the weekly page shows it to this viewer in this language."""
    return read_week(house, Ask(week_start(day, language), language), now)


def about_of(house: House, language: str, now: datetime) -> About:
    """What stands on the report beside the week.

    Raises:
        InvalidSetting: there is no such language.
    """
    if language not in LANGUAGES:
        raise InvalidSetting(f"The language {language!r} is not known; use fa or en.")
    with house.database.read() as tx:
        demo = get_setting(tx, "demo") is not None
    return About(language, now, house.settings.time_zone, titles(language), demo=demo)


def content_of(week: Week, about: About, form: str) -> bytes:
    """The file of a week in a form of ``FORMATS``.

    Raises:
        InvalidSetting: there is no such form.
        NotFound: the font is not here.
    """
    if form == ".html":
        from qa.report.html import html_of

        return html_of(week, about)
    if form == ".pdf":
        from qa.report.pdf import pdf_of

        return pdf_of(week, about)
    if form == ".xlsx":
        from qa.report.xlsx import xlsx_of

        return xlsx_of(week, about)
    raise InvalidSetting(f"A report cannot be written as {form!r}; name a file .html, .pdf or .xlsx.")


def write_report(content: bytes, out: Path) -> None:
    """Write a report; the file appears under its name only when it is whole.

    Raises:
        WriteFailed: the place cannot be written.
    """
    part = out.with_name(f".{out.name}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise WriteFailed(f"{out} cannot be written ({error.strerror}); choose another place.") from error


def titles(language: str) -> dict[str, str]:
    """Names of the criteria of the shipped scorecards, those of the language first."""
    found: dict[str, str] = {}
    for card in sorted(default_scorecards(), key=lambda one: one.language != language):
        for criterion in (one for section in card.sections for one in section.criteria):
            found.setdefault(criterion.key, criterion.title.fa if language == "fa" else criterion.title.en)
    return found
