"""The list as a file: the same calls in the same order, safe for a spreadsheet, Jalali in Persian."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import fastexcel
import polars as pl
import pytest
from starlette.testclient import TestClient

from dashboard.calls import sheet
from dashboard.calls.query import read_query
from dashboard.data import site
from dashboard.data.listing import every_row
from dashboard.data.site import Scope
from dashboard.i18n import _, speaking
from dashboard.identity import COOKIE
from qa.calendar import jalali
from qa.store import people
from qa.store.call import calls
from tests.dashboard.centre import Language, open_copy
from tests.dashboard.desk import Site
from tests.store.samples import new_call

EVERYTHING = Scope.all()
HEAD = "Call,Date,Time,Agent,Team,Queue,Direction,Language"
DANGEROUS = ('=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\tx", "\rx")


def read_csv(body: bytes) -> pl.DataFrame:
    assert body.startswith(b"\xef\xbb\xbf")
    return pl.read_csv(body[3:], infer_schema=False)


def read_xlsx(body: bytes) -> pl.DataFrame:
    return fastexcel.read_excel(body).load_sheet(0).to_polars()


def get(client: TestClient, desk: Site, name: str, path: str) -> bytes:
    client.cookies.set(COOKIE, desk.session(name))
    answer = client.get(f"/qa/export/{path}")
    assert answer.status_code == 200
    assert "no-store" in answer.headers["cache-control"]
    assert "attachment" in answer.headers["content-disposition"]
    return answer.content


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize(
    "query", ["", "order=lowest", "critical=yes", "queue=2&order=longest", "status=waiting"]
)
def test_a_file_holds_the_rows_of_the_list(
    desk_site: Site,
    client: TestClient,
    centres: Callable[[Language], Path],
    query: str,
    language: Language,
) -> None:
    open_copy(centres(language), desk_site).add("boss")
    asked = read_query(dict(part.split("=") for part in query.split("&") if part))
    rows = list(every_row(EVERYTHING, asked.filters, asked.order))
    assert rows
    text = read_csv(get(client, desk_site, "boss", f"calls.csv?{query}&lang={language}"))
    book = read_xlsx(get(client, desk_site, "boss", f"calls.xlsx?{query}&lang={language}"))
    with speaking(language):
        key, date, score, agent = _("Call"), _("Date"), _("Score"), _("Agent")
    assert text[key].to_list() == book[key].to_list() == [row.key for row in rows]
    assert text[agent].to_list() == book[agent].to_list() == [row.agent for row in rows]
    scores = [None if row.score is None else round(row.score, 2) for row in rows]
    assert [None if value is None else float(value) for value in text[score]] == scores
    if any(value is not None for value in scores):
        assert book[score].to_list() == scores
    expected = [
        jalali(row.local_day).strftime("%Y/%m/%d")
        if language == "fa"
        else row.started_at.astimezone(site.settings().zone).date().isoformat()
        for row in rows
    ]
    assert text[date].to_list() == book[date].to_list() == expected


@pytest.mark.parametrize(("language", "mirrored"), [("en", False), ("fa", True)])
def test_the_persian_sheet_runs_from_right_to_left(
    desk_site: Site, centres: Callable[[Language], Path], language: Language, mirrored: bool
) -> None:
    open_copy(centres(language), desk_site)
    with speaking(language):
        body = sheet.as_xlsx(sheet.rows_of(read_query({"status": "waiting"}), EVERYTHING, {}))
    with zipfile.ZipFile(BytesIO(body)) as file:
        assert (b'rightToLeft="1"' in file.read("xl/worksheets/sheet1.xml")) is mirrored


@pytest.mark.parametrize("name", DANGEROUS)
def test_a_name_is_never_a_formula(desk_site: Site, client: TestClient, name: str) -> None:
    desk_site.add("boss")
    with site.database().write() as tx:
        agent = people.agent_id(tx, name)
        calls.register(tx, replace(new_call(1), agent_id=agent))
    text = get(client, desk_site, "boss", "calls.csv").decode()
    stored = people_name(agent)
    cell = read_csv(text.encode())["Agent"][0]
    assert cell == (f"'{stored}" if stored[0] in "=+-@\t\r" else stored)
    book = get(client, desk_site, "boss", "calls.xlsx")
    assert read_xlsx(book)["Agent"][0].strip() == cell.strip()
    with zipfile.ZipFile(BytesIO(book)) as file:
        assert b"<f>" not in file.read("xl/worksheets/sheet1.xml")


def people_name(agent: int) -> str:
    with site.database().read() as tx:
        return next(each.name for each in people.list_agents(tx) if each.id == agent)


def test_a_list_without_calls_is_a_file_with_headings(desk_site: Site, client: TestClient) -> None:
    desk_site.add("boss")
    assert get(client, desk_site, "boss", "calls.csv").decode().lstrip("\ufeff").startswith(HEAD)
    assert read_xlsx(get(client, desk_site, "boss", "calls.xlsx")).columns[:8] == HEAD.split(",")


def test_junk_in_the_address_still_gives_a_file(filled: Site, client: TestClient) -> None:
    filled.add("boss")
    body = get(client, filled, "boss", "calls.csv?from=--5&agent=²&band=x&order=y&after=z&lang=xx")
    assert read_csv(body).height == sum(
        1 for _row in every_row(EVERYTHING, read_query({}).filters, read_query({}).order)
    )


def test_only_two_kinds_and_only_signed_in(filled: Site, client: TestClient) -> None:
    filled.add("boss")
    assert client.get("/qa/export/calls.csv").status_code in (302, 303, 401)
    client.cookies.set(COOKIE, filled.session("boss"))
    assert client.get("/qa/export/calls.pdf").status_code == 404
