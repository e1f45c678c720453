"""The report says what the weekly page says: numbers are read back out of HTML, PDF and XLSX."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from babel.messages.pofile import read_po
from pypdf import PdfReader
from sqlalchemy import update
from typer.testing import CliRunner

from dashboard.i18n.catalogue import po_path
from dashboard.weekly.naming import NAMES
from qa.calendar import local_day
from qa.cli import app
from qa.demo.feedback import write_feedback
from qa.demo.history import History, write_history
from qa.errors import InvalidSetting
from qa.gather.house import House
from qa.report.choices import ReportChoices, last_due, save_report_choices
from qa.report.content import lines_of
from qa.report.making import about_of, content_of, report_week
from qa.report.schedule import ReportErrand
from qa.report.words import KPIS, UNITS
from qa.settings import Settings
from qa.store.alert.alert_kinds import MessageState
from qa.store.alert.outbox import list_messages
from qa.store.database import Database
from qa.store.scope import Scope
from qa.store.tables import agents, calls, queues, teams
from qa.weekly.records import Week
from tests.store.fresh import fresh

NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
TO_ASCII = str.maketrans("۰۱۲۳۴۵۶۷۸۹٫٬−", "0123456789.,-")
LANGUAGES = ("en", "fa")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("report"))
    fresh(settings.url)
    database = Database.open(settings.url)
    history = History(500, "en", NOW)
    assert list(write_history(database, settings, history))
    assert list(write_feedback(database, settings, history))
    with database.write() as tx:  # as people, files and systems may name them
        for table in (agents, queues, teams):
            tx.execute(update(table).values(name="=1+1 <img onerror=go()> " + table.c.name))
    yield House(database, settings, Scope.all())
    database.close()


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request: pytest.FixtureRequest, house: House) -> tuple[str, Week, dict[str, bytes]]:
    language = request.param
    day = local_day(NOW, house.settings.zone) - 7
    week = report_week(house, day, language, NOW)
    about = about_of(house, language, NOW)
    return language, week, {form: content_of(week, about, form) for form in (".html", ".pdf", ".xlsx")}


def written(week: Week) -> dict[str, list[float | None]]:
    """Value, n, last week and change of every KPI of the page, as far as they are written."""
    found = {}
    for reading in week.readings:
        _en, _fa, _unit, scale, places = KPIS[reading.kpi.key]
        figure = reading.figure
        change = figure.change.value if figure.before.value is not None else None
        values = (figure.now.value, figure.now.low, figure.now.high, figure.before.value, change)
        found[reading.kpi.key] = [None if v is None else round(v * scale, places) + 0.0 for v in values]
    return found


def number_in(text: str) -> float | None:
    found = re.search(r"[-+]?[\d,]*\.?\d+", text.translate(TO_ASCII))
    return None if found is None else float(found[0].replace(",", ""))


def same(found: list[float | None], wanted: list[float | None], places: int) -> bool:
    # half a unit of the last place: two ways of rounding a half
    limit = 0.51 * 10**-places
    pairs = zip(found, wanted, strict=True)
    return all((a is None) == (b is None) and (a is None or abs(a - (b or 0)) <= limit) for a, b in pairs)


def test_the_web_page_holds_the_figures_of_the_week(made: tuple[str, Week, dict[str, bytes]]) -> None:
    language, week, files = made
    text = files[".html"].decode()
    assert f'lang="{language}" dir="{"rtl" if language == "fa" else "ltr"}"' in text
    rows = dict(re.findall(r'<tr data-kpi="(\w+)">(.*?)</tr>', text, re.DOTALL))
    assert set(rows) == set(written(week))
    for key, wanted in written(week).items():
        cells = [re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<td.*?</td>", rows[key], re.DOTALL)]
        ends = [number_in(part) for part in re.split(" to | تا ", cells[2])]
        low, high = ends if len(ends) == 2 else (None, None)
        found = [number_in(cells[1]), low, high, number_in(cells[5]), number_in(cells[6])]
        assert same(found, wanted, KPIS[key][4]), (key, found, wanted)


def test_nothing_in_the_web_page_reaches_outside(made: tuple[str, Week, dict[str, bytes]]) -> None:
    text = made[2][".html"].decode()
    assert re.findall(r"(?:src|href)=[\"']?(?!data:)|https?:|url\((?!data:)|<script", text) == []
    assert text.count("<svg") == len(KPIS)


def test_names_run_neither_as_html_nor_as_a_formula(made: tuple[str, Week, dict[str, bytes]]) -> None:
    _language, _week, files = made
    assert b"<img onerror" not in files[".html"]
    assert b"=1+1 &lt;img onerror=go()&gt;" in files[".html"]
    with zipfile.ZipFile(io.BytesIO(files[".xlsx"])) as book:
        parts = b"".join(book.read(name) for name in book.namelist())
    assert b"=1+1 &lt;img onerror" in parts
    assert b"<f>" not in parts
    assert b"<hyperlink" not in parts


def test_the_pdf_holds_them_too(made: tuple[str, Week, dict[str, bytes]]) -> None:
    language, week, files = made
    pieces: list[str] = []  # one a cell; the whole text of a line runs its cells together
    for page in PdfReader(io.BytesIO(files[".pdf"])).pages:
        page.extract_text(visitor_text=lambda text, *_more: pieces.append(text))
    tokens = [token for piece in pieces for token in re.findall(r"\d[\d.,]*", piece.translate(TO_ASCII))]
    if language == "fa":  # the reader turns the digits of most such lines round
        tokens += [token[::-1] for token in tokens]
    there = {float(token.strip(",.").replace(",", "")) for token in tokens if token.count(".") < 2}
    for line in lines_of(week, language):
        for cell in (line.now, line.low, line.high, line.n, line.before, line.change):
            if cell.value is not None:
                shown = number_in(cell.shown(language))
                assert shown is not None
                assert abs(shown) in there, (line.key, shown)


def test_the_workbook_holds_numbers_and_runs_as_the_language(
    made: tuple[str, Week, dict[str, bytes]],
) -> None:
    language, week, files = made
    book = zipfile.ZipFile(io.BytesIO(files[".xlsx"]))
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    roots = {name: ElementTree.fromstring(book.read(name)) for name in sheets}
    mirrored = {root.find(".//m:sheetView[@rightToLeft='1']", space) is not None for root in roots.values()}
    assert mirrored == {language == "fa"}
    figures = roots["xl/worksheets/sheet2.xml"]
    rows = {int(row.get("r", "0")): row for row in figures.iterfind(".//m:row", space)}
    for place, (key, wanted) in enumerate(written(week).items(), 2):
        cells = {re.sub(r"\d", "", cell.get("r", "")): cell for cell in rows[place].iterfind("m:c", space)}
        found = []
        for column in ("C", "D", "E", "H", "I"):
            cell = cells[column]
            number = cell.get("t") is None
            found.append(float(cell.findtext("m:v", "", space)) if number else None)
        assert same(found, wanted, KPIS[key][4]), key


def test_the_words_are_those_of_the_page() -> None:
    with po_path("fa").open("rb") as file:
        catalogue = read_po(file)
    for key, (english, persian, unit, scale, places) in KPIS.items():
        naming = NAMES[key]
        assert (english, scale, places) == (naming.label, naming.scale, naming.places), key
        message = catalogue.get(naming.label)
        assert message is not None
        assert persian == message.string, key
        assert UNITS[unit][0] == naming.unit, key


@pytest.mark.parametrize(
    ("now", "due"),
    # in Tehran: Saturday at seven, a minute before it, and the middle of the week
    [
        ("2026-11-21 03:30", "2026-11-21 03:30"),
        ("2026-11-21 03:29", "2026-11-14 03:30"),
        ("2026-11-25 12:00", "2026-11-21 03:30"),
    ],
)
def test_when_it_is_due(now: str, due: str, house: House) -> None:
    moment, wanted = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (now, due))
    assert last_due(ReportChoices(), moment, house.settings.zone) == wanted


def test_on_schedule_once_a_week_after_a_restart_too(house: House) -> None:
    settings = house.settings.model_copy(update={"smtp_host": "127.0.0.1"})
    errand, saturday = ReportErrand(house.database, settings), datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
    with house.database.write() as tx:
        save_report_choices(tx, ReportChoices(language="fa", forms=(".xlsx",), mail=("boss@example.org",)))
    assert (
        errand.make_due(saturday) is False
    )  # the demo centre alone: nobody is written to about made-up calls
    with house.database.write() as tx:
        tx.execute(update(calls).values(generated=False))
    assert errand.make_due(saturday) is True
    assert errand.make_due(saturday + timedelta(days=3)) is False
    assert ReportErrand(house.database, settings).make_due(saturday + timedelta(days=6)) is False
    made = settings.data_dir / "reports" / "weekly-2026-11-14-fa.xlsx"
    assert zipfile.is_zipfile(made)
    with house.database.read() as tx:
        (message,) = list_messages(tx, MessageState.WAITING)
    assert (message.kind, message.payload["files"]) == ("report", ["reports/weekly-2026-11-14-fa.xlsx"])
    assert message.payload["subject"] == "گزارش هفتگی: هفتهٔ ۲۳ تا ۲۹ آبان ۱۴۰۵"


@pytest.mark.parametrize(
    "wrong",
    [
        {"mail": ("x",)},
        {"at": "noon"},
        {"weekday": 9},
        {"forms": ()},
        {"forms": (".doc",)},
        {"language": "de"},
    ],
)
def test_choices_that_cannot_be_used(wrong: dict[str, object], house: House) -> None:
    with house.database.write() as tx, pytest.raises(InvalidSetting):
        save_report_choices(tx, ReportChoices(**wrong))  # type: ignore[arg-type]


def test_the_command(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_DATA_DIR", str(house.settings.data_dir))
    monkeypatch.delenv("QA_DATABASE_URL", raising=False)
    out = tmp_path / "week.html"
    ran = CliRunner().invoke(
        app, ["report", "weekly", "--week", "1405-08-20", "--lang", "fa", "--out", str(out), "--json"]
    )
    assert ran.exit_code == 0, ran.output
    assert len(ran.output.splitlines()) == len(KPIS)
    assert "هفتهٔ ۱۶ تا ۲۲ آبان ۱۴۰۵" in out.read_text(encoding="utf-8")
    refused = CliRunner().invoke(app, ["report", "weekly", "--out", str(tmp_path / "week.doc")])
    assert isinstance(refused.exception, InvalidSetting)
