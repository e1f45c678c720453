"""The weekly report for the pages: the week on the screen as a file, and when it is made by itself."""

from datetime import UTC, datetime

from dashboard.data.acting import Act, audited, audited_alone
from dashboard.data.kinds import Role
from dashboard.data.site import Scope, database, settings
from dashboard.data.weekly import Week
from dashboard.rights import allowed, ask
from qa.gather.house import House
from qa.report.choices import ReportChoices, read_report_choices, save_report_choices
from qa.report.making import FORMATS, about_of, content_of

__all__ = ["EDITORS", "FORMATS", "ReportChoices"]

EDITORS = allowed("action", "report.save")


def content(scope: Scope, week: Week, language: str, form: str) -> bytes:
    """The file of a week that the viewer sees.

    Raises:
        NotFound: the font is not here.
    """
    house = House(database(), settings(), scope)
    audited_alone(Act.REPORTED, "report:weekly", week=week.ask.week, form=form, language=language)
    return content_of(week, about_of(house, language, datetime.now(UTC)), form)


def choices() -> ReportChoices:
    """When the report is made by itself, and to whom it goes."""
    with database().read() as tx:
        return read_report_choices(tx, settings())


def save(role: Role, chosen: ReportChoices) -> None:
    """Keep it.

    Raises:
        PermissionError: this role may not.
        InvalidSetting: something cannot be used; nothing is changed.
    """
    ask("report.save", role)
    with database().write() as tx:
        save_report_choices(tx, chosen)
        audited(tx, Act.SETTING_CHANGED, "setting:report")
