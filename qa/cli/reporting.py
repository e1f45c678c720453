"""``report``: the manager's week as a file."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from qa.cli import setup
from qa.cli.printing import print_json, print_line

Day = Annotated[
    str | None,
    typer.Option("--week", help="A day of the week, 2026-11-22 or 1405-09-01; default: the last whole week."),
]
Language = Annotated[str, typer.Option("--lang", help="fa (right to left, Jalali dates) or en.")]
Out = Annotated[Path, typer.Option(help="The file to write: .html, .pdf or .xlsx.")]
AsJson = Annotated[bool, typer.Option("--json", help="Also print every figure, one JSON object a line.")]

reports = typer.Typer(help="Reports as files.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    reports.command()(weekly)
    app.add_typer(reports, name="report")


def weekly(out: Out, week: Day = None, lang: Language = "en", as_json: AsJson = False) -> None:
    """The weekly report; its figures are those of the weekly page."""
    from qa.calendar import local_day, read_day, week_start
    from qa.gather.house import House
    from qa.report.content import lines_of
    from qa.report.making import about_of, content_of, report_week, write_report
    from qa.store.scope import Scope

    settings, now = setup.site(), datetime.now(UTC)
    database = setup.ready(settings)
    house = House(database, settings, Scope.all())
    about = about_of(house, lang, now)
    last = week_start(local_day(now, settings.zone), lang) - 7
    found = report_week(house, last if week is None else read_day(week), lang, now)
    form = out.suffix.lower().removeprefix(".")
    setup.audited_alone(
        database, "report made", "report:weekly", week=found.ask.week, form=form, language=lang
    )
    write_report(content_of(found, about, out.suffix.lower()), out)
    if not as_json:
        print_line(f"The report is in {out.name}.")
        return
    for line in lines_of(found, lang):
        parts = ("now", "low", "high", "n", "target", "before", "change")
        figures = {name: getattr(line, name).value for name in parts}
        print_json({"kpi": line.key, **figures, "unit": line.unit, "signal": line.says})
