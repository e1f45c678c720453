"""A file as a table of text: CSV in any usual encoding, XLSX, or JSON lines."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import BadMetadata, shown_name
from qa.feedback.documents import read_objects, rows_of
from qa.feedback.spreadsheets import read_workbook
from qa.ingest.sheets import decode_table, table_delimiter
from qa.text.cells import RISKY

if TYPE_CHECKING:
    import polars as pl

LARGEST = 2 << 30  # bytes; ten million rows
WIDEST = 500  # columns
_TELEPHONE = re.compile(r"\d{9,10}(\.\d+)?")
XLSX, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as trimmed text, an empty cell null; ``lost`` are rows that are none, as number and reason.

    Rows count as a spreadsheet shows them: the header is row 1. The column ``""`` holds the row's number.
    """

    header: tuple[str, ...]
    cells: "pl.DataFrame"
    lost: tuple[tuple[int, str], ...] = ()


def read_table(path: Path, headless: tuple[str, ...] = ()) -> Table:
    """The table in a file; ``headless`` is the header of files that begin with data.

    Raises:
        BadMetadata: the file cannot be read, is no table, or is empty.
    """
    data = _bytes(path)
    if data.startswith(OLE):
        raise BadMetadata(f"{shown_name(path)} is an old .xls spreadsheet; save it as .xlsx or CSV.")
    if data.startswith(XLSX):
        return _tidy(_spreadsheet(data, path), path)
    if path.suffix.lower() in (".jsonl", ".ndjson", ".json"):
        return _tidy(_objects(data, path), path)
    return _tidy(_text_table(data, path, headless), path)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise BadMetadata(f"{shown_name(path)} is larger than {LARGEST >> 30} GiB; split it.")
        return path.read_bytes()
    except OSError as error:
        raise BadMetadata(
            f"{shown_name(path)} cannot be read ({error.strerror}); check its path and rights."
        ) from error


def _tidy(table: Table, path: Path) -> Table:
    import polars as pl

    risky = "".join(RISKY)
    texts = [
        # An apostrophe that an export of ours put before what looks like a formula is none of the text's.
        pl.col(name).str.replace_all("\0", "", literal=True).str.strip_chars()
        .str.replace(f"^'([{re.escape(risky)}])", "${1}")
        for name in table.header
    ]  # fmt: skip
    cells = table.cells.with_columns(
        pl.when(text.str.len_bytes() > 0).then(text).alias(name)
        for name, text in zip(table.header, texts, strict=True)
    )
    cells = cells.filter(pl.any_horizontal(pl.col(list(table.header)).is_not_null()))
    if cells.is_empty() and not table.lost:
        raise BadMetadata(f"{shown_name(path)} has no rows; its first line must name the columns.")
    return replace(table, cells=cells)


def _text_table(data: bytes, path: Path, headless: tuple[str, ...]) -> Table:
    import polars as pl

    text, encoding = decode_table(data, path)
    plain, delimiter = table_delimiter(text.removeprefix("\ufeff"))
    first = next(csv.reader(io.StringIO(plain[:100_000], newline=""), delimiter=delimiter), [])
    named = not _begins_with_data(first, headless)
    _check_width(first, path)
    header = _unique(first if named else [*headless, *first[len(headless) :]])
    whole = data if encoding == "utf-8" and plain is text else plain.encode()
    try:
        cells = pl.read_csv(whole, separator=delimiter, has_header=False, skip_rows=0, infer_schema=False)
    except pl.exceptions.PolarsError:
        return _ragged(plain, delimiter, header, named=named)
    if cells.width != len(header):
        return _ragged(plain, delimiter, header, named=named)
    cells.columns = list(header)
    return Table(header, cells.with_row_index("", 1).slice(1 if named else 0))


def _begins_with_data(first: list[str], headless: tuple[str, ...]) -> bool:
    """True for a first line with an epoch or a unique id: telephone systems write no header."""
    return bool(headless) and any(_TELEPHONE.fullmatch(cell.strip()) for cell in first)


def _ragged(plain: str, delimiter: str, header: tuple[str, ...], *, named: bool) -> Table:
    """Row by row, for tables whose rows do not all have the same number of cells."""
    reader = csv.reader(io.StringIO(plain, newline=""), delimiter=delimiter)
    rows: list[tuple[Any, ...]] = []
    lost: list[tuple[int, str]] = []
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if number == 1 and named:
                continue
            filled = [*cells, *[None] * (len(header) - len(cells))]
            if any(cells[len(header) :]) or 0 < len(cells) < len(header) // 2:
                lost.append((number, f"has another number of cells than the header, which has {len(header)}"))
            elif any(cells):
                rows.append((number, *filled[: len(header)]))
    except csv.Error:
        lost.append((number + 1, "is no table row, and nothing after it can be read; correct its quotes"))
    return Table(header, _frame(header, rows), tuple(lost))


def _spreadsheet(data: bytes, path: Path) -> Table:
    cells = read_workbook(data, path)
    _check_width(cells.columns, path)
    header = _unique(cells.columns)
    cells.columns = list(header)
    return Table(header, cells.with_row_index("", 2))


def _objects(data: bytes, path: Path) -> Table:
    text, _ = decode_table(data, path)
    found, lost = read_objects(text.removeprefix("\ufeff"))
    return _of_rows(found, tuple(lost), path)


def table_of(objects: list[Any], name: Path) -> Table:
    """A table from objects that came over the wire, under the ``name`` that faults are told with.

    Raises:
        BadMetadata: it has no rows, or too many columns.
    """
    return _tidy(_of_rows(list(enumerate(rows_of(objects), 1)), (), name), name)


def _of_rows(
    found: list[tuple[int, dict[str, str | None]]], lost: tuple[tuple[int, str], ...], path: Path
) -> Table:
    header = tuple(dict.fromkeys(name.strip() for _, row in found for name in row if name.strip()))
    if not header:
        raise BadMetadata(f"{shown_name(path)} holds no JSON object; write one on each line.")
    _check_width(header, path)
    stripped = ((number, {name.strip(): value for name, value in row.items()}) for number, row in found)
    rows = [(number, *map(row.get, header)) for number, row in stripped]
    return Table(header, _frame(header, rows), lost)


def _check_width(header: Sequence[str], path: Path) -> None:
    if len(header) > WIDEST:
        raise BadMetadata(
            f"{shown_name(path)} has {len(header)} columns; {WIDEST} can be read, leave the others out."
        )


def _frame(header: tuple[str, ...], rows: list[tuple[Any, ...]]) -> "pl.DataFrame":
    import polars as pl

    schema = {"": pl.UInt32, **dict.fromkeys(header, pl.String)}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _unique(names: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Names of columns; an empty or repeated one gets its place."""
    out: list[str] = []
    for place, name in enumerate(names, 1):
        trimmed = name.strip().strip("\ufeff")
        out.append(trimmed if trimmed and trimmed not in out else f"{trimmed or 'column'} {place}")
    return tuple(out)
