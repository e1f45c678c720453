"""Files of other systems in: real ones with known answers, traps, encodings, and coming a second time."""

import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.feedback import IMPORTERS
from qa.feedback.contract import House
from qa.feedback.private import customer_hashes
from qa.ingest.customers import customer_hash
from tests.cli.conftest import Run, data_dir, one_sentence, qa
from tests.shared import ROOT, shared_data
from tests.test_docs import EXAMPLES, FORMATS

__all__ = ["data_dir", "qa"]

HEAD = "Survey date,Rating,Customer,Comment\n"


def written(folder: Path, text: str, name: str = "file.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def imported(qa: Run, what: str, path: Path, *options: str) -> dict[str, Any]:
    ran = qa("import", what, path, "--json", *options)
    assert ran.code == 0, ran.err
    return ran.rows[0]


def kpis(qa: Run, which: str = "surveys", *options: str) -> dict[str, Any]:
    return qa("kpis", which, "--json", *options).rows[0]


def test_d1_call_centre(qa: Run) -> None:
    folder = shared_data("D1_pwc_call_centre")
    for name in ("call_center.xlsx", "call_center.csv"):
        told = imported(qa, "cdr", folder / name, "--source", "d1")
        assert (told["read"], told["rejected"]) == (2490, 0)
    assert told["already_here"] == 2490, "the workbook and the CSV hold the same calls"
    found = kpis(qa, "contacts")
    assert (found["answered"]["value"], found["speed"]["value"]) == (
        pytest.approx(0.8169, abs=5e-5),
        pytest.approx(67.803, abs=5e-4),
    )
    imported(qa, "surveys", folder / "call_center.csv")
    found = kpis(qa)
    assert found["mean"]["value"] == pytest.approx(3.4326, abs=5e-5)
    assert (found["response"]["n"], found["orphans"]) == (2490, 2034)


def test_d2_days_before_months(qa: Run, tmp_path: Path) -> None:
    path = shared_data("D2_nps_timeseries", "NPStimeseries.csv")
    told = imported(qa, "surveys", path)
    assert (told["dates"], told["rejected"]) == ("dmy", 0)
    assert kpis(qa)["figure"]["value"] == pytest.approx(12.74, abs=5e-3)
    out = tmp_path / "out.csv"
    qa("export", "surveys", "--out", out)
    days = pl.read_csv(out, try_parse_dates=True)["answered_at"].dt.convert_time_zone("Asia/Tehran")
    assert days.dt.month().to_list() == pl.read_csv(path)["Month"].to_list(), (
        "the file names the month beside"
    )
    wrong = imported(qa, "surveys", path, "--source", "wrong", "--dates", "mdy")
    assert wrong["rejected"] > 1000
    assert wrong["reasons"][0]["reason"] == "answered is no date and time in the order of this file"


def test_d3_ratings_of_tickets(qa: Run) -> None:
    path = shared_data("D3_support_tickets_csat", "customer_support_tickets.csv")
    imported(qa, "surveys", path, "--map", "Time to Resolution=answered")
    rated = pl.read_csv(path)["Customer Satisfaction Rating"].drop_nulls()
    found = kpis(qa)
    assert found["figure"]["value"] == pytest.approx((rated >= 4).mean(), abs=1e-6)
    assert (found["figure"]["n"], found["mean"]["value"]) == (
        len(rated),
        pytest.approx(rated.mean(), abs=1e-6),
    )


@pytest.mark.parametrize("name", ["C1_fa_snappfood/dev.csv", "C2_fa_digikala_recommend/comment_test.csv",
                                  "C3_fa_digikala_samsung_stars/samsung_mobiles.csv"])  # fmt: skip
def test_public_comments(qa: Run, tmp_path: Path, name: str) -> None:
    frame = pl.read_csv(shared_data(*name.split("/")), infer_schema=False).head(400)
    part = tmp_path / "part.csv"
    frame.write_csv(part)
    first, again = imported(qa, "comments", part), imported(qa, "comments", part)
    assert first["imported"] + first["rejected"] == first["read"] == frame.height
    assert (again["imported"], again["already_here"]) == (0, first["imported"])


def test_shapes_and_columns_are_the_documented_ones(qa: Run, tmp_path: Path) -> None:
    told = imported(
        qa, "surveys", written(tmp_path, "Survey date,Market,nps\n13/01/26,UK,9\n14/01/26,UK,11\n")
    )
    assert set(told) == set(EXAMPLES["import"])
    assert set(told["reasons"][0]) == set(EXAMPLES["import"]["reasons"][0])
    found = kpis(qa)
    assert set(found) == set(EXAMPLES["surveys"])
    assert set(found["figure"]) == set(EXAMPLES["surveys"]["figure"])
    imported(qa, "cdr", written(tmp_path, "call,time,outcome\nx,2026-01-05 10:00,ANSWERED\n", "b.csv"))
    assert set(kpis(qa, "contacts")) == set(EXAMPLES["contacts"])
    imported(qa, "comments", written(tmp_path, "text\nfine\n", "c.csv"))
    for what in ("surveys", "comments"):
        out = tmp_path / f"{what}.csv"
        qa("export", what, "--out", out)
        row = re.search(rf"^\| `{what}` \|[^|]*\|(.*)\|$", FORMATS, re.MULTILINE)
        assert pl.read_csv(out).columns == re.findall(r"`(\w+)`", row[1])


def test_fields_are_the_documented_ones() -> None:
    table = (ROOT / "docs" / "imports.md").read_text(encoding="utf-8")
    for importer in IMPORTERS:
        row = re.search(rf"^\| `{importer.kind.value}` \|([^|]*)\|", table, re.MULTILINE)[1].replace(
            "`p1` … `p5`", ""
        )
        named = [field.name for field in importer.fields if field.name not in ("p1", "p2", "p3", "p4", "p5")]
        assert re.findall(r"`(\w+)`", row) == named


REFUSED = [
    # 1: nothing shows which is the day
    (HEAD + "03/04/2026,5,1,\n05/06/2026,4,2,\n", "--dates dmy, mdy, jalali or iso"),
    # 2: both orders in one file
    (HEAD + "13/04/2026,5,1,\n05/26/2026,4,2,\n", "contradict one another"),
    # 3: no column of scores
    ("Survey date,Mood\n2026-01-01,5\n", "--map COLUMN=csat"),
    # 4: no column of times
    ("Rating,Mood\n5,5\n", "--map COLUMN=answered"),
    # 5: only a header
    (HEAD, "has no rows"),
]


@pytest.mark.parametrize(("text", "part"), REFUSED)
def test_traps_are_refused_in_one_sentence(qa: Run, tmp_path: Path, text: str, part: str) -> None:
    ran = qa("import", "surveys", written(tmp_path, text))
    assert (ran.code, part in one_sentence(ran.err)) == (2, True), ran.err
    assert qa("kpis", "surveys").code == 2, "nothing was stored"


DATES = [
    # text, option, the moment in UTC
    ("1405/09/01 10:15", None, "2026-11-22T06:45:00Z"),
    ("۱۴۰۵/۰۹/۰۱ ۱۰:۱۵", None, "2026-11-22T06:45:00Z"),
    ("05/09/01", "jalali", "2026-11-21T20:30:00Z"),
    ("01/02/2026 3:05 PM", "dmy", "2026-02-01T11:35:00Z"),
    ("01/02/26 15:05", "mdy", "2026-01-02T11:35:00Z"),
    ("2026-11-22T06:45:00+00:00", None, "2026-11-22T06:45:00Z"),
    # Iran's clocks went forward at this midnight: 00:00 did not exist
    ("2021-03-22", None, "2021-03-21T20:30:00Z"),
    ("30/02/2026", "dmy", None),
    ("2026-11-22", "jalali", None),
    ("yesterday", None, None),
]


@pytest.mark.parametrize(("text", "option", "moment"), DATES)
def test_dates(qa: Run, tmp_path: Path, text: str, option: str | None, moment: str | None) -> None:
    path = written(tmp_path, HEAD + f"{text},5,1,\n1404/10/15 10:00,4,2,\n")
    told = imported(qa, "surveys", path, *(["--dates", option] if option else []))
    out = tmp_path / "out.csv"
    qa("export", "surveys", "--out", out)
    found = pl.read_csv(out, infer_schema=False).filter(pl.col("score") == "5")["answered_at"].to_list()
    assert found == ([moment] if moment else [])
    assert told["rejected"] == (0 if moment else 1), told


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_encodings_and_persian_headers(qa: Run, tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = [["تاریخ پاسخ", "رضایت", "موبايل", "نظر"], ["1405/09/01", "۵", "09121234567", "خوب بود"]]
    text = "\n".join(delimiter.join(line) for line in lines)
    if encoding == "cp1256":  # it has neither the Persian yeh nor Persian digits
        text = text.replace("ی", "ي").replace("۵", "5")
    told = imported(qa, "surveys", written(tmp_path, text, encoding=encoding))
    assert sorted(told["mapping"].values()) == ["answered", "csat", "customer", "text"]
    assert told["imported"] == 1


def test_json_lines_and_rejected_rows(qa: Run, tmp_path: Path) -> None:
    rows = [
        {"answered": "2026-01-05 10:00", "nps": 9},
        {"answered": "2026-01-05 10:00", "nps": 11},
        {"answered": "2026-01-05 10:00", "nps": "3.5"},
        {"answered": None, "nps": 3},
    ]
    path = written(tmp_path, "\n".join(map(json.dumps, rows)) + "\nno json\n", "file.jsonl")
    out = tmp_path / "bad.csv"
    told = imported(qa, "surveys", path, "--rejected", str(out))
    assert (told["read"], told["imported"], told["rejected"]) == (5, 1, 4)
    bad = pl.read_csv(out, infer_schema=False)
    assert bad["row"].to_list() == ["2", "3", "4", "5"]
    assert bad["reason"].to_list()[:2] == ["nps is outside 0 to 10", "nps is no whole number"]


def test_a_row_comes_once_and_gets_its_answer(qa: Run, tmp_path: Path) -> None:
    head = "id,sent,answered,csat\n"
    sent = written(tmp_path, head + "1,2026-01-05,,\n2,2026-01-05,2026-01-06,4\n")
    done = written(
        tmp_path,
        head + "1,2026-01-05,2026-01-07,5\n2,2026-01-05,2026-01-06,4\n2,2026-01-05,2026-01-06,1\n",
        "b.csv",
    )
    assert imported(qa, "surveys", sent)["imported"] == 2
    told = imported(qa, "surveys", done)
    assert (told["imported"], told["updated"], told["already_here"], told["rejected"]) == (0, 1, 1, 1)
    assert imported(qa, "surveys", sent)["already_here"] == 2, "an older export takes nothing away"
    assert kpis(qa)["figure"] == kpis(qa)["response"], "both answered, both satisfied"


def test_same_words_twice_are_two_comments(qa: Run, tmp_path: Path) -> None:
    path = written(tmp_path, "text\nعالی\nعالی\nبد\n")
    assert imported(qa, "comments", path)["imported"] == 3
    assert imported(qa, "comments", path)["already_here"] == 3


def test_nothing_personal_is_stored(qa: Run, data_dir: Path, tmp_path: Path) -> None:
    text = HEAD + "2026-01-05,5,09121234567,my card is 4111 1111 1111 1111\n"
    imported(qa, "surveys", written(tmp_path, text))
    stored = b"".join(path.read_bytes() for path in data_dir.rglob("shenava.db*"))
    assert b"4111" not in stored
    assert b"9121234567" not in stored
    assert b"<CARD_NUMBER>" in stored


def test_mapping_and_scale_are_kept_for_the_source(qa: Run, tmp_path: Path) -> None:
    first = written(tmp_path, "Mood,When\n9,2026-01-05\n")
    told = imported(qa, "surveys", first, "--map", "mood=csat", "--map", "When=answered", "--scale", "10")
    assert told["imported"] == 1
    second = written(tmp_path, "Mood,When\n10,2026-01-06\n5,2026-01-06\n", "b.csv")
    assert imported(qa, "surveys", second)["imported"] == 2
    assert kpis(qa)["figure"]["value"] == pytest.approx(2 / 3, abs=1e-6), "8, 9 and 10 of 10 are satisfied"


def test_queue_log(qa: Run, tmp_path: Path) -> None:
    log = """1767603600|1767603600.1|support|NONE|ENTERQUEUE||09121234567|1
1767603612|1767603600.1|support|SIP/201|CONNECT|12|1767603601.2|4
1767603712|1767603600.1|support|SIP/201|COMPLETECALLER|12|100|1
1767603700|1767603700.3|support|NONE|ENTERQUEUE||09127654321|1
1767603740|1767603700.3|support|NONE|ABANDON|1|1|40
1767603800|1767603800.4|support|NONE|ENTERQUEUE||unknown|1
1767603835|1767603800.4|support|SIP/202|CONNECT|35|1767603801.5|3
1767603895|1767603800.4|support|SIP/202|TRANSFER|300|default|35|60|1
1767603900|NONE|NONE|NONE|CONFIGRELOAD|
"""
    path = written(tmp_path, log, "queue_log")
    told = imported(qa, "queue-log", path)
    assert (told["imported"], told["rejected"]) == (9, 0)
    assert imported(qa, "queue-log", path)["already_here"] == 9
    found = kpis(qa, "contacts")
    assert found["offered"] == 3
    assert found["service_level"]["value"] == pytest.approx(1 / 3, abs=1e-6)
    assert found["abandoned"]["value"] == pytest.approx(1 / 3, abs=1e-6)
    assert (found["speed"]["value"], found["waiting"]["value"], found["handling"]["value"]) == (
        23.5,
        29.0,
        80.0,
    )


def test_cdr_without_a_header(qa: Run, tmp_path: Path) -> None:
    row = (
        '"","09121234567","500","in","","SIP/a","SIP/b","Queue","500","2026-01-05 10:00:00",,"",'
        '"{}","{}","{}","DOCUMENTATION","{}",""'
    )
    lines = [row.format(50, 30, "ANSWERED", "1767603600.1"), row.format(9, 0, "NO ANSWER", "1767603700.2")]
    assert imported(qa, "cdr", written(tmp_path, "\n".join(lines), "Master.csv"))["imported"] == 2
    found = kpis(qa, "contacts")
    assert (found["speed"]["value"], found["handling"]["value"], found["answered"]["value"]) == (
        20.0,
        30.0,
        0.5,
    )


@given(
    st.lists(
        st.from_regex(r"\A(0|\+98|0098)?9[0-9]{9}\Z|\A[a-z]{1,3}[0-9]{1,9}\Z|\A021[0-9]{8}\Z"), max_size=20
    )
)
def test_customers_get_the_hash_that_calls_give_them(numbers: list[str]) -> None:
    house = House(None, b"k" * 32, "IR")  # type: ignore[arg-type]
    found = customer_hashes(pl.Series("c", numbers, pl.String), house).to_list()
    assert found == [customer_hash(number, house.key, "IR") for number in numbers]
