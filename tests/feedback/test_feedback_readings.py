"""Readings that come along, on small samples made in the format of each export; workbooks that are traps."""

import io
import json
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from qa.errors import BadMetadata
from qa.feedback import COMMENTS, SURVEYS, Choices, House, prepare, read_table, spreadsheets
from qa.feedback.documents import read_objects
from qa.feedback.shipped import readings, shipped_reading
from qa.feedback.signs import look, meanings
from qa.feedback.tables import Table
from qa.store.voice.import_log import Source

HOUSE = House(ZoneInfo("Asia/Tehran"), b"k" * 32, "IR")
PLAY = (
    "Package Name,App Version Code,App Version Name,Reviewer Language,Device,Review Submit Date and Time,"
    "Review Submit Millis Since Epoch,Review Last Update Date and Time,Review Last Update Millis Since Epoch,"
    "Star Rating,Review Title,Review Text,Developer Reply Date and Time,"
    "Developer Reply Millis Since Epoch,Developer Reply Text,Review Link\n"
    "ir.shop,12,1.2,fa,x,2026-11-20T08:15:30Z,1,2026-11-20T08:15:30Z,1,2,,سفارش دیر رسید,"
    "2026-11-20T10:15:30Z,1,پوزش می‌خواهیم,https://play.google.com/apps?reviewId=r1\n"
)
STORE = {"data": [{"type": "customerReviews", "id": "a-1", "attributes": {
    "rating": 5, "title": "Great", "body": "Quick delivery", "reviewerNickname": "Ann",
    "createdDate": "2026-11-15T08:10:34-08:00", "territory": "USA"}}], "links": {"self": "x"}}  # fmt: skip
GRAPH = {"data": [
    {"timestamp": "2026-11-19T18:10:30+0000", "text": "قیمت بالاست", "id": "17", "username": "sara",
     "replies": {"data": [{"timestamp": "2026-11-19T19:00:00+0000", "text": "ممنون از نظر شما", "id": "18",
                           "username": "shop"}]}}]}  # fmt: skip
BAZAAR = {"singleReply": {"reviewReply": {"reviews": [
    {"id": 9, "date": "1405/08/29", "versionCode": 3, "rate": 1, "comment": "باز نمی‌شود"}]}}}  # fmt: skip
MYKET = "تاریخ,ساعت,نظر,امتیاز,کاربر,برنامه\n1405/08/30,10:20,خوب است,۵,علی,ir.shop\n"
FORM = "Timestamp,Name,Phone,Message\n11/20/2026 14:05:00,Sara,09121234567,The courier was late\n"
CHAT = '{"id":5,"content":"پشتیبانی جواب نمی‌دهد","created_at":1763635200,"sender":{"id":3,"name":"Ali"}}\n'
MAIL = (
    'Message-ID,Date,Subject,From,Body\nm1,"Fri, 20 Nov 2026 14:05:00 +0330",Late,Sara <s@a.ir>,No parcel\n'
)

SAMPLES = [
    # reading, file, encoding, text; rows: id, time (UTC), stars, channel, product, reply_to, reply
    ("google-play", "r.csv", "utf-16", PLAY,
     [("https://play.google.com/apps?reviewId=r1", "2026-11-20 08:15:30", 2, "Google Play", "ir.shop", None,
       "پوزش می‌خواهیم")]),
    ("app-store", "r.json", "utf-8", json.dumps(STORE, indent=1),
     [("a-1", "2026-11-15 16:10:34", 5, "App Store", None, None, None)]),
    ("instagram", "r.json", "utf-8", json.dumps(GRAPH),
     [("17", "2026-11-19 18:10:30", None, "Instagram", None, None, None),
      ("18", "2026-11-19 19:00:00", None, "Instagram", None, "17", None)]),
    ("cafe-bazaar", "r.json", "utf-8", json.dumps(BAZAAR),
     [("9", "2026-11-19 20:30:00", 1, "Cafe Bazaar", None, None, None)]),
    ("myket", "r.csv", "utf-8-sig", MYKET,
     [(None, "2026-11-21 06:50:00", 5, "Myket", "ir.shop", None, None)]),
    ("web-form", "r.csv", "utf-8", FORM,
     [(None, "2026-11-20 10:35:00", None, "Web form", None, None, None)]),
    ("chat", "r.jsonl", "utf-8", CHAT,
     [("5", "2025-11-20 10:40:00", None, "Chat", None, None, None)]),
    ("e-mail", "r.csv", "utf-8", MAIL,
     [("m1", "2026-11-20 10:35:00", None, "E-mail", None, None, None)]),
]  # fmt: skip


def test_every_reading_has_a_sample_and_fields_that_are_there() -> None:
    assert {one.name for one in readings()} == {sample[0] for sample in SAMPLES}
    known = {field.name for field in COMMENTS.fields}
    assert {field for one in readings() for field in one.columns.values()} <= known


@pytest.mark.parametrize(("name", "file", "encoding", "text", "rows"), SAMPLES, ids=[s[0] for s in SAMPLES])
def test_samples(tmp_path: Path, name: str, file: str, encoding: str, text: str, rows: list[tuple]) -> None:  # type: ignore[type-arg]
    path = tmp_path / file
    path.write_bytes(text.encode(encoding))
    table = read_table(path)
    got = prepare(COMMENTS, table, Choices({}), shipped_reading(COMMENTS, name), (HOUSE, "s")).rows
    assert got["problem"].to_list() == [None] * len(rows)
    moments = pl.col("posted_at").dt.strftime("%Y-%m-%d %H:%M:%S")
    told = got.select("external_id", moments, "stars", "channel", "product", "reply_to", "reply").rows()
    assert told == rows
    assert all(got["text"])


JSON_FORMS = [
    # one object a line; a row with objects inside is no document
    ('{"a": 1}\n{"a": 2, "tags": [{"x": 1}]}', [{"a": "1"}, {"a": "2", "tags": '[{"x": 1}]'}]),
    ('[{"a": 1},\n {"b": {"c": "x"}}]', [{"a": "1"}, {"b.c": "x"}]),
    ('{"rows": [{"a": null}]}', [{"a": None}]),
    ('{"a": "only"}', [{"a": "only"}]),
    # a reply without a parent's number is a row all the same
    ('[{"text": "t", "replies": [{"text": "r"}]}]', [{"text": "t"}, {"reply_to": None, "text": "r"}]),
    ("[" * 100_000, []),
]


@pytest.mark.parametrize(("text", "rows"), JSON_FORMS)
def test_forms_of_json(text: str, rows: list[dict[str, str]]) -> None:
    found, lost = read_objects(text)
    assert [row for _, row in found] == rows
    assert bool(lost) is not bool(rows)


def workbook(sheet: bytes, strings: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", sheet)
        packed.writestr("xl/sharedStrings.xml", strings)
    return out.getvalue()


# a cell far away, for which the reader would keep all places before it and end with the process
FAR = [
    b'<row r="1"><c r="XFD1048576"><v>1</v></c></row>',
    b"<x:row r = '1'><x:c s='1' r = 'xfd1048576'><v>1</v></x:c></x:row>",
    b'<row r="1048576"><c><v>1</v></c>' + b"<c/>" * 99 + b"</row>",
]


def test_workbooks_that_are_traps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "UNPACKED", 1 << 20)
    long = b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    cells = b'<c r="A1" t="s"><v>0</v></c>' * 100
    lying = bytearray(workbook(b" " * (4 << 20)))
    place = lying.index(b"PK\x01\x02") + 24  # the size that the directory tells
    lying[place : place + 4] = (10).to_bytes(4, "little")
    traps = {
        "bomb": workbook(b" " * (4 << 20)),
        "shared": workbook(b"<sheetData>" + cells, long),
        "lying": bytes(lying),
        **{f"far {n}": workbook(b"<sheetData>" + sheet) for n, sheet in enumerate(FAR)},
    }
    for name, data in traps.items():
        path = tmp_path / f"{name}.xlsx"
        path.write_bytes(data)
        with pytest.raises(BadMetadata, match="unpacks to more than"):
            read_table(path)
    (tmp_path / "no.xlsx").write_bytes(b"PK\x03\x04 and nothing")
    with pytest.raises(BadMetadata, match="is no spreadsheet"):
        read_table(tmp_path / "no.xlsx")
    wide = tmp_path / "wide.csv"
    wide.write_text(",".join(f"c{n}" for n in range(501)) + "\n")
    with pytest.raises(BadMetadata, match="has 501 columns"):
        read_table(wide, ())


SIGNS = [
    (["2026-11-20", "1405/08/29"], "year first", None),
    (["03/04/2026", "13/04/2026"], "shown", "dmy"),
    (["03/04/2026", "04/13/2026"], "shown", "mdy"),
    (["03/04/2026", "05/06/2026"], "open", None),
    (["03/03/2026"], "shown", "dmy"),
    (["13/04/2026", "04/13/2026"], "contradictory", None),
]


@pytest.mark.parametrize(("texts", "standing", "order"), SIGNS)
def test_what_dates_show(texts: list[str], standing: str, order: str | None) -> None:
    found = look(pl.Series("d", texts))
    assert (found.standing, found.order) == (standing, order)
    assert set(found.examples) <= set(texts)


def test_an_open_date_is_told_in_each_order() -> None:
    told = [meanings(["03/04/26"], order, HOUSE.zone)[0] for order in ("dmy", "mdy", "iso")]
    assert [when and when.strftime("%y-%m-%d") for when in told] == ["26-04-02", "26-03-03", "03-04-25"]


def test_a_whole_mapping_is_not_guessed_into() -> None:
    path = {"Survey date": "answered", "Rating": "csat"}
    table = pl.DataFrame({"": [2], "Survey date": ["2026-01-05"], "Rating": ["5"], "Comment": ["x"]})

    made = Table(("Survey date", "Rating", "Comment"), table)

    kept = Source(None, {"Comment": "text"}, None, None)
    for whole, text in ((True, [None]), (False, ["x"])):
        rows = prepare(SURVEYS, made, Choices(path, whole=whole), kept, (HOUSE, "s")).rows
        assert rows["text"].to_list() == text
