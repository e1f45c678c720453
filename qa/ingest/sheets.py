"""Text tables as spreadsheets save them: whatever the encoding and the delimiter, or one clear sentence."""

import codecs
import csv
import io
from dataclasses import dataclass
from pathlib import Path

from qa.errors import BadMetadata

LARGEST = 64 << 20  # bytes; a million rows
DELIMITERS = (",", ";", "\t", "|")

ARABIC_WINDOWS = "cp1256"
_PERSIAN = str.maketrans("يى", "یی")  # Windows-1256 has no Persian yeh, so programs write the Arabic one
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods, .xls
_CONTROLS = frozenset(map(chr, range(32))) - set("\t\n\r\x0b\x0c")


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one row; ``line`` counts from 1 and includes the header."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table; ``encoding`` says how the text was read."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str


def read_sheet(path: Path) -> Sheet:
    """The table in a CSV file: UTF-8 with or without a mark, UTF-16, or Windows-1256.

    Raises:
        BadMetadata: the file cannot be read, is no text, is empty, or breaks off inside quotes.
    """
    data = _bytes(path)
    text, encoding = decode_table(data, path)
    text = text.removeprefix("\ufeff")
    text, delimiter = table_delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = [Row(reader.line_num, tuple(cell.strip() for cell in cells)) for cells in reader if any(cells)]
    except csv.Error as error:
        raise BadMetadata(
            f"Line {reader.line_num} of {path.name} is no table row ({error}); correct its quotes."
        ) from error
    if not rows:
        raise BadMetadata(f"{path.name} is empty; its first line must name the columns, one of them 'file'.")
    return Sheet(rows[0].cells, tuple(rows[1:]), encoding)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise BadMetadata(f"{path.name} is larger than {LARGEST >> 20} MiB; split it.")
        data = path.read_bytes()
    except OSError as error:
        raise BadMetadata(
            f"{path.name} cannot be read ({error.strerror}); check its path and rights."
        ) from error
    if data.startswith(_SPREADSHEETS):
        raise BadMetadata(f"{path.name} is a spreadsheet, not text; save it as CSV (UTF-8) first.")
    return data


def decode_table(data: bytes, path: Path) -> tuple[str, str]:
    """The text of a file and the encoding it was read in.

    Raises:
        BadMetadata: it is no text.
    """
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROLS.isdisjoint(text):
            return (text.translate(_PERSIAN) if encoding == ARABIC_WINDOWS else text), encoding
    raise BadMetadata(f"{path.name} is no text table; save it as CSV (UTF-8) and use that file.")


def _encodings(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (encoding,)
    head = data[:512]
    if head[1::2].count(0) > len(head) // 4:
        return ("utf-16-le",)
    if head[0::2].count(0) > len(head) // 4:
        return ("utf-16-be",)
    return ("utf-8", ARABIC_WINDOWS)  # any bytes are Windows-1256, so it comes last


def table_delimiter(text: str) -> tuple[str, str]:
    """The table without a line that names its delimiter, and the delimiter."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:  # a line that Excel writes
        return rest, first.strip()[4]
    bare = "".join(first.split('"')[::2])
    return text, max(DELIMITERS, key=bare.count)
