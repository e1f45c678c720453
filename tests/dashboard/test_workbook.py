"""The workbook that we write ourselves says what the table says, to an independent reader."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import fastexcel
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.calls import workbook

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)
FIGURE = st.floats(allow_nan=False, allow_infinity=False, width=32)
ODD = ("", " a ", "a & b < c > d", "=1+1", "_x0041_", "__x000D_", 'say "no"', "نیم‌فاصله", "a\nb", "a\tb")


def read(body: bytes) -> pl.DataFrame:
    return fastexcel.read_excel(body).load_sheet(0, dtypes={"T": "string", "N": "float"}).to_polars()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.none() | TEXT, st.none() | FIGURE), min_size=1, max_size=6))
def test_every_cell_is_read_as_it_was_written(rows: list[tuple[str | None, float | None]]) -> None:
    table = pl.DataFrame(rows, {"T": pl.String(), "N": pl.Float64()}, orient="row")
    found = read(workbook.workbook(table.with_columns(last=pl.lit("end")), "x", mirrored=False))
    assert [text or None for text in found["T"]] == [text or None for text in table["T"]]
    assert found["N"].to_list() == table["N"].to_list()


def test_odd_texts_stay_what_they_are_and_signs_that_no_file_may_hold_are_left_out() -> None:
    table = pl.DataFrame({"T": [*ODD, "a\x00b\x0bc"], "N": [1.5] * (len(ODD) + 1)})
    body = workbook.workbook(table, "x", mirrored=True)
    assert [text or "" for text in read(body)["T"]] == [*ODD, "abc"]
    with zipfile.ZipFile(BytesIO(body)) as book:
        for name in book.namelist():
            ElementTree.fromstring(book.read(name))
        sheet, table_part = book.read(workbook.SHEET), book.read("xl/tables/table1.xml")
    assert b'rightToLeft="1"' in sheet
    assert b"<f>" not in sheet
    assert f'ref="A1:B{len(ODD) + 2}"'.encode() in sheet
    assert f'ref="A1:B{len(ODD) + 2}"'.encode() in table_part
    assert b'<c r="B2" s="1"><v>1.5</v></c>' in sheet


def test_pieces_join_without_a_seam() -> None:
    table = pl.DataFrame({"T": [f"n{n}" for n in range(workbook.PIECE + 3)]})
    found = fastexcel.read_excel(workbook.workbook(table, "x", mirrored=False)).load_sheet(0).to_polars()
    assert found["T"].to_list() == table["T"].to_list()


def test_columns_are_named_as_spreadsheets_name_them() -> None:
    from xlsxwriter.utility import xl_col_to_name

    assert [workbook.column_name(place) for place in range(800)] == [xl_col_to_name(n) for n in range(800)]
