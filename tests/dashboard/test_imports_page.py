"""The page of imports: files by others with known answers, dates confirmed, refusals told, keys made."""

import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.data import imports, push
from dashboard.data.kinds import Role
from dashboard.data.site import Scope, database
from dashboard.i18n import speaking
from dashboard.imports.reasons import reason
from dashboard.imports.results import rejected_csv
from dashboard.imports.words import FIELDS
from qa.analytics.contacts import contact_figures
from qa.analytics.surveys import figures
from qa.feedback import IMPORTERS
from qa.store.voice.feedback_frames import contacts_frame, surveys_frame
from tests.dashboard.centre import html, open_page
from tests.dashboard.desk import Site
from tests.shared import shared_data

Open = Callable[..., AppTest]


@pytest.fixture
def imports_page(desk_site: Site, sign_in_as: Callable[[str], None]) -> Iterator[Open]:
    desk_site.add("boss", Role.MANAGER, display_name="Nazanin Moradi")
    sign_in_as("boss")

    with ExitStack() as spoken:

        def opened(language: str = "en") -> AppTest:
            spoken.enter_context(speaking(language))  # AppTest formats options in this thread
            return open_page("imports", language)

        yield opened


def key_of(at: AppTest, sort: str, start: str) -> str:
    """The key of the one widget whose key begins so."""
    return next(str(one.key) for one in getattr(at, sort) if str(one.key).startswith(start))


def drop(at: AppTest, path: Path, kind: str = "surveys") -> AppTest:
    if kind != "surveys":
        at.selectbox(key="import_kind").select(imports.ImportKind(kind)).run()
    return at.file_uploader[0].set_value((path.name, path.read_bytes(), "text/csv")).run()


def mapped(at: AppTest, column: str, field: str) -> AppTest:
    box = next(one for one in at.selectbox if one.label == column)
    return box.set_value(field).run()


def sure(at: AppTest) -> AppTest:
    return at.checkbox(key=key_of(at, "checkbox", "import_sure")).check().run()


def tried(at: AppTest) -> AppTest:
    at.button(key="import_try").click().run()
    assert not at.exception
    return at


def taken(at: AppTest) -> AppTest:
    at.button(key="import_take").click().run()
    assert not at.exception
    assert at.session_state["import_done"] is not None
    return at


def test_d1_the_workbook_and_the_table_are_the_same_calls(imports_page: Open) -> None:
    folder = shared_data("D1_pwc_call_centre")
    at = tried(drop(imports_page(), folder / "call_center.xlsx", "cdr"))
    assert contacts_frame(database()).is_empty(), "a try stores nothing"
    taken(at)
    found = contact_figures(contacts_frame(database()).lazy())
    assert (found.answered.value, found.speed.value) == (
        pytest.approx(0.8169, abs=5e-5),
        pytest.approx(67.803, abs=5e-4),
    )
    again = tried(drop(at, folder / "call_center.csv"))
    told = again.session_state["import_tried"][2]
    assert (told.imported, told.already) == (0, 2490)
    assert "as the last file of this source" in html(again)


def test_d2_the_order_of_days_and_months_is_confirmed(imports_page: Open) -> None:
    at = drop(imports_page("fa"), shared_data("D2_nps_timeseries", "NPStimeseries.csv"))
    assert at.button(key="import_try").disabled, "nobody has looked at the dates yet"
    radio = at.radio(key=key_of(at, "radio", "import_dates"))
    assert radio.value == "dmy"
    assert "اول روز" in radio.options[0]
    taken(tried(sure(at)))
    assert figures(surveys_frame(database(), Scope.all()).lazy(), "nps").figure.value == pytest.approx(
        12.74, abs=5e-3
    )


def test_d3_a_column_is_mapped_by_hand_and_remembered(imports_page: Open) -> None:
    path = shared_data("D3_support_tickets_csat", "customer_support_tickets.csv")
    at = drop(imports_page(), path)
    assert "No column is Answered at" in html(at)
    taken(tried(sure(mapped(at, "Time to Resolution", "answered"))))
    rated = pl.read_csv(path)["Customer Satisfaction Rating"].drop_nulls()
    found = figures(surveys_frame(database(), Scope.all()).lazy(), "csat")
    assert (found.figure.n, found.figure.value) == (len(rated), pytest.approx((rated >= 4).mean(), abs=1e-6))
    at = drop(at, path)
    assert next(one for one in at.selectbox if one.label == "Time to Resolution").value == "answered"


def test_open_dates_scale_and_refused_rows(imports_page: Open, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("Survey date,Rating,Comment\n03/04/2026,9,=1+1\n05/06/2026,11,\n", encoding="utf-8")
    at = drop(imports_page("fa"), path)
    radio = at.radio(key=key_of(at, "radio", "import_dates"))
    assert (radio.value, at.button(key="import_try").disabled) == (None, True)
    assert "۱۴ فروردین ۱۴۰۵" in radio.options[0]
    assert "۱۳ اسفند ۱۴۰۴" in radio.options[1]
    at.selectbox(key=key_of(at, "selectbox", "import_scale")).set_value(10).run()
    radio.set_value("mdy").run()
    at = taken(tried(sure(at)))
    assert "نمرهٔ رضایت بیرون از مقیاس است" in html(at)
    with speaking("fa"):
        bad = pl.read_csv(io.BytesIO(rejected_csv(at.session_state["import_done"])), infer_schema=False)
    assert bad.columns[:2] == ["سطر", "دلیل رد"]
    assert bad.row(0)[2:5] == ("05/06/2026", "11", None)
    row = surveys_frame(database(), Scope.all()).row(0, named=True)
    assert (row["scale"], row["source"], row["answered_at"].month) == (10, "default", 3)
    assert "Nazanin Moradi" in html(at)


TRAPS = [
    # a file, what is said of it
    ("empty.csv", b"", "has no rows", "سطری ندارد"),
    ("old.xlsx", b"\xd0\xcf\x11\xe0", "old .xls", "قالب قدیمی"),
    ("no.json", b"words", "no JSON object", "شیء JSON نیست"),
    ("wide.csv", ",".join(map(str, range(600))).encode(), "has 600 columns", "۶۰۰ ستون دارد"),
]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_traps_are_told(imports_page: Open, tmp_path: Path, language: str) -> None:
    at = imports_page(language)
    for name, data, english, persian in TRAPS:
        (tmp_path / name).write_bytes(data)
        drop(at, tmp_path / name)
        assert (english if language == "en" else persian) in html(at), name
        assert "import_try" not in [button.key for button in at.button]


def test_a_key_is_shown_once_and_revoked(imports_page: Open) -> None:
    at = imports_page()
    at.text_input(key="import_key_source").set_value("crm").run()
    at.button(key="import_key_make").click().run()
    secret = at.code[0].value
    key = push.find(secret)
    assert key is not None
    assert (key.source, key.person) == ("crm", "Nazanin Moradi")
    at.run()
    assert not at.code
    at.button(key=f"import_revoke_{key.id}").click().run()
    assert push.find(secret) is None


REASONS = {
    "surveys": "csat,nps,ces,scale,answered\n9,,,,2026-01-05\n,11,,,2026-01-05\nx,,,,2026-01-05\n"
    "4,,,99,2026-01-05\n4,,,,\n4,,,x,2026-01-05\n4,,,,yesterday\n1,2\n",
    "comments": "id,text,stars\n1,,3\n2,a,9\n3,a,x\n3,b,\n",
    "orders": "customer,time,amount\n,2026-01-05,1\nc,,1\nc,2026-01-05,x\n",
    "queue-log": "1767603600|1|q|NONE|\n17676x3600|1|q|NONE|CONNECT|12\n1767603600|1|q|NONE|CONNECT|12\n",
    "cdr": "call,time,outcome,waited\n,2026-01-05,BUSY,\nx,,BUSY,1\ny,2026-01-05,what,1\nz,2026-01-05,BUSY,x",
}


def test_every_reason_is_said_in_persian(desk_site: Site, tmp_path: Path) -> None:
    met = set()
    for importer in IMPORTERS:
        path = tmp_path / f"{importer.kind.value}.csv"
        path.write_text(REASONS[importer.kind.value], encoding="utf-8")
        with path.open("rb") as file:
            seen = imports.look(Scope.all(), importer.kind, "s", imports.Upload("1", path.name, file))
        prepared = imports.ready(Scope.all(), seen, importer.kind, "s", imports.Choices(seen.guess))
        met |= {why for why, _, _ in imports.tried(prepared).rejected.reasons}
    assert len(met) >= 17, sorted(met)
    with speaking("fa"):
        assert [why for why in met if reason(why) == why] == []
        assert [why for why in met if "--" in reason(why)] == []
    with speaking("en"):
        assert [why for why in met if "--" in reason(why)] == []  # no option of the command
    assert {field.name for one in IMPORTERS for field in one.fields} <= set(FIELDS)
