"""The metadata table: encodings, delimiters, headers, and a sentence for each mistake."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from qa.errors import BadMetadata
from qa.ingest.facts import Facts
from qa.ingest.matching import match_files
from qa.ingest.metadata import Metadata, read_metadata

TEHRAN = ZoneInfo("Asia/Tehran")
MORNING = datetime(2026, 11, 22, 6, 45, tzinfo=UTC)

PERSIAN = (
    "file,agent,agent_name,team,queue,time,customer,direction,language\n"
    "a.wav,201,سارا کیانی,فروش,۵۰۰,۱۴۰۵/۰۹/۰۱ ۱۰:۱۵,09121234567,ورودی,fa\n"
)
SARA = Facts("201", "سارا کیانی", "فروش", "۵۰۰", MORNING, "09121234567", "inbound", "fa")
# Windows-1256 has no Persian yeh and no Persian digits: spreadsheets write the Arabic yeh and plain digits.
ARABIC = PERSIAN.replace("ی", "ي").translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))
ARABIC_SARA = Facts("201", "سارا کیانی", "فروش", "500", MORNING, "09121234567", "inbound", "fa")


def table(folder: Path, content: str | bytes, name: str = "calls.csv") -> Metadata:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_metadata(path, TEHRAN)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(PERSIAN.encode(), SARA, id="utf-8"),
        pytest.param(PERSIAN.encode("utf-8-sig"), SARA, id="utf-8 with a mark, as Excel saves it"),
        pytest.param(PERSIAN.encode("utf-16"), SARA, id="utf-16 with a mark"),
        pytest.param(PERSIAN.encode("utf-16-be"), SARA, id="utf-16 without a mark, big end first"),
        pytest.param(PERSIAN.encode("utf-16-le"), SARA, id="utf-16 without a mark, little end first"),
        pytest.param(ARABIC.encode("cp1256"), ARABIC_SARA, id="windows-1256"),
        pytest.param(PERSIAN.replace(",", ";").encode(), SARA, id="semicolons"),
        pytest.param(
            PERSIAN.replace(",", "\t").encode("utf-16"), SARA, id="tabs, as Excel saves Unicode text"
        ),
        pytest.param(PERSIAN.replace(",", "|").encode(), SARA, id="bars"),
        pytest.param(("sep=;\n" + PERSIAN.replace(",", ";")).encode("utf-8-sig"), SARA, id="a sep= line"),
        pytest.param(PERSIAN.replace("\n", "\r\n").encode(), SARA, id="Windows line ends"),
        pytest.param(PERSIAN.replace("\n", "\n\n,,,,,,,,\n").encode(), SARA, id="empty lines"),
    ],
)
def test_every_way_a_spreadsheet_saves_it(tmp_path: Path, content: bytes, expected: Facts) -> None:
    (entry,) = table(tmp_path, content).entries
    assert (entry.file, entry.facts, entry.problem) == ("a.wav", expected, None)


def test_columns_in_any_order_in_persian_or_english(tmp_path: Path) -> None:
    found = table(tmp_path, "زمان,نام فایل,Agent Name,صف,مشتري\n1405/09/01 10:15,a.wav,Sara,500,C-17\n")
    assert found.entries[0].facts == Facts(agent_name="Sara", queue="500", moment=MORNING, customer="C-17")
    assert found.notes == ()


def test_columns_that_are_not_used_are_named(tmp_path: Path) -> None:
    found = table(tmp_path, "file,mood,agent,\na.wav,good,7,\n")
    assert found.notes == ("calls.csv: the columns mood, number 4 are not used.",)
    assert found.entries[0].facts.agent == "7"


def test_windows_1256_is_said(tmp_path: Path) -> None:
    assert table(tmp_path, ARABIC.encode("cp1256")).notes == (
        "calls.csv is not UTF-8 and was read as Windows-1256.",
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(b"", "calls.csv is empty", id="empty"),
        pytest.param(
            b"agent,time\n7,2026-11-22\n",
            "has no column 'file' (its columns: agent, time)",
            id="no file column",
        ),
        pytest.param(
            b"file,agent,Agent_ID\na,1,2\n", "two columns for 'agent': 'agent' and 'Agent_ID'", id="twice"
        ),
        pytest.param(b"PK\x03\x04\x14\x00", "is a spreadsheet", id="xlsx"),
        pytest.param(bytes(range(256)) * 4, "is no text table", id="binary"),
        pytest.param(b'file,agent\n"a.wav,7\n', "is no table row", id="a quote that never ends"),
        pytest.param("file,agent\na.wav,ی\n".encode("utf-16")[:-1], "is no text table", id="half a letter"),
    ],
)
def test_a_table_that_cannot_be_used(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(BadMetadata) as error:
        table(tmp_path, content)
    assert words in error.value.message
    assert "calls.csv" in error.value.message


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadMetadata, match=r"calls\.csv cannot be read \(No such file or directory\)"):
        read_metadata(tmp_path / "calls.csv", TEHRAN)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "a.wav,7,2026-13-45,in",
            "Line 3 of calls.csv (a.wav) has the time '2026-13-45', which is a date or a time "
            "that does not exist; correct it.",
        ),
        (
            "a.wav,7,01/02/2026,in",
            "Line 3 of calls.csv (a.wav) has the time '01/02/2026', which can be read day first "
            "or month first; write the year first, as in 2026-11-22.",
        ),
        (
            "a.wav,7,2026-11-22,sideways",
            "Line 3 of calls.csv (a.wav) has the direction 'sideways'; use inbound, outbound or internal.",
        ),
        (
            "a.wav,7,2026-11-22,in,x,y",
            "Line 3 of calls.csv (a.wav) has 6 cells under 4 columns; quote cells with commas.",
        ),
        (",7,2026-11-22,in", "Line 3 of calls.csv names no file; fill in the column 'file'."),
        (
            "q-500-09121234567-1.wav,7,never,in",
            "Line 3 of calls.csv (q-500-***-1.wav) has the time 'never', which is no date "
            "and time; write it as 2026-11-22 10:15 or 1405/09/01 10:15.",
        ),
    ],
)
def test_a_mistake_in_a_row_costs_that_row_alone(tmp_path: Path, row: str, sentence: str) -> None:
    found = table(tmp_path, f"file,agent,time,direction\nfine.wav,7,2026-11-22 10:15,in\n{row}\n")
    fine, wrong = found.entries
    assert (fine.problem, fine.facts.moment) == (None, MORNING)
    assert wrong.problem == sentence
    assert wrong.facts == Facts()


def test_other_dates_of_the_column_show_the_order(tmp_path: Path) -> None:
    found = table(tmp_path, "file,time\na.wav,01/12/2026\nb.wav,25/12/2026\n")
    assert [entry.facts.moment for entry in found.entries] == [
        datetime(2026, 11, 30, 20, 30, tzinfo=UTC),
        datetime(2026, 12, 24, 20, 30, tzinfo=UTC),
    ]


def matched(folder: Path, rows: str, *files: str) -> tuple[dict[str, object], tuple[str, ...]]:
    paths = [folder / file for file in files]
    found = match_files(table(folder, f"file,agent\n{rows}"), paths)
    shown = {str(p.relative_to(folder)): e.problem or e.facts.agent for p, e in found.rows.items()}
    return shown, found.notes


@pytest.mark.parametrize(
    ("rows", "files", "expected"),
    [
        pytest.param("a.wav,1\n", ("a.wav",), {"a.wav": "1"}, id="by name"),
        pytest.param("A.WAV,1\n", ("a.wav",), {"a.wav": "1"}, id="letters of another case"),
        pytest.param("x\\a.wav,1\n", ("x/a.wav",), {"x/a.wav": "1"}, id="a Windows path"),
        pytest.param(
            "x/a.wav,1\ny/a.wav,2\n", ("x/a.wav", "y/a.wav"), {"x/a.wav": "1", "y/a.wav": "2"}, id="folders"
        ),
        pytest.param(
            "a.wav,1\ny/a.wav,2\n", ("x/a.wav", "y/a.wav"), {"x/a.wav": "1", "y/a.wav": "2"}, id="longest"
        ),
        pytest.param("علي.wav,1\n", ("علی.wav",), {"علی.wav": "1"}, id="the yeh of Windows-1256"),
        pytest.param("a.wav,1\na.wav,1\n", ("a.wav",), {"a.wav": "1"}, id="the same row twice"),
        pytest.param("b.wav,1\n", ("ab.wav",), {}, id="the end of a name is no match"),
    ],
)
def test_rows_find_their_files(tmp_path: Path, rows: str, files: tuple[str, ...], expected: object) -> None:
    assert matched(tmp_path, rows, *files)[0] == expected


def test_two_rows_that_differ_refuse_the_file(tmp_path: Path) -> None:
    rows, notes = matched(tmp_path, "a.wav,1\na.wav,2\n", "a.wav")
    assert rows == {"a.wav": "Lines 2 and 3 of calls.csv say different things about a.wav; keep one of them."}
    assert notes == ()


def test_a_row_that_fits_two_files_refuses_both(tmp_path: Path) -> None:
    sentence = "Line 2 of calls.csv fits 2 files named a.wav; write the folder before the name."
    assert matched(tmp_path, "a.wav,1\n", "x/a.wav", "y/a.wav")[0] == {
        "x/a.wav": sentence,
        "y/a.wav": sentence,
    }


def test_rows_without_a_file_are_named_and_then_counted(tmp_path: Path) -> None:
    rows = "".join(f"09121234{n}67.wav,1\n" for n in range(5))
    _, notes = matched(tmp_path, rows + ",9\n", "a.wav")
    assert notes[0] == (
        "Line 2 of calls.csv names ***.wav, which is not among the files given; "
        "correct the name or add the file."
    )
    assert notes[3:] == ("3 more rows of calls.csv name files that were not given.",)
