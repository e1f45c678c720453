"""A workbook as cells of text. It is packed, and a small one can hold more than a machine has room for.

So it is unpacked once without being kept, and counted: what its parts hold, how much text its cells would
be when each holds its shared string, and how many cells lie between the first and the furthest one, since the
reader keeps a place for each (one cell in the last corner would be 550 GB, and end the process).
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import BadMetadata, shown_name

if TYPE_CHECKING:
    import polars as pl

UNPACKED = 1 << 30
"""Bytes of all parts; a million rows of ten columns are about a third of it."""
CELL = 32
"""Bytes that the reader keeps for a cell, empty ones too."""
_SHEET = re.compile(rb"<(?:[\w.\-]+:)?sheetData[\s>]")
_ROW = re.compile(rb"<(?:[\w.\-]+:)?row[\s>]")
# Where only these tags stand, the first two patterns find what the third, slower one would.
_USUAL = (b'<c r="', b"</c>", b"<v>", b"</v>", b'<row r="', b"</row>", b"<is>", b"</is>", b"<t>", b"</t>")
_COLUMN = re.compile(rb'<c r="([A-Za-z]{1,9})')
_NUMBER = re.compile(rb'<c r="[A-Za-z]{1,9}(\d{1,19})')
_PLACES = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{0,9})(\d{1,19})""")
_CELL = re.compile(rb"<(?:[\w.\-]+:)?c[\s/>]")
_SHARED = re.compile(rb'<c [^>]*t="s"[^>]*>\s*<v>(\d{1,9})</v>')
_STRING = re.compile(rb"<si[ >].*?</si>|<si/>", re.DOTALL)
_BLOCK = 1 << 20


def read_workbook(data: bytes, path: Path) -> "pl.DataFrame":
    """The first sheet as text, its first row the names of the columns.

    Raises:
        BadMetadata: it is no workbook, or would take more room than there is.
    """
    import fastexcel

    try:
        weigh(data, path)
        sheet = fastexcel.read_excel(data).load_sheet(0, dtypes="string")
        return sheet.to_polars()
    except (fastexcel.FastExcelError, zipfile.BadZipFile, zlib.error, NotImplementedError) as error:
        raise BadMetadata(
            f"{shown_name(path)} is no spreadsheet that can be read; save it as CSV (UTF-8)."
        ) from error


def weigh(data: bytes, path: Path) -> None:
    """Refuse a workbook whose parts, whose cells together or whose sheet is larger than ``UNPACKED``.

    Raises:
        BadMetadata: it is.
        zipfile.BadZipFile: it is none.
    """
    room = UNPACKED
    strings, sheet = b"", b""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for part in packed.infolist():
            content = _unpacked(data, part, room)
            if content is None:
                raise _too_large(path)
            room -= len(content)
            if part.filename == "xl/sharedStrings.xml":
                strings = content
            elif _SHEET.search(content):  # whatever the part is called
                if _extent(content) * CELL > UNPACKED:
                    raise _too_large(path)
                sheet = max(sheet, content, key=len)
    lengths = [len(found) for found in _STRING.findall(strings)]
    if lengths and max(lengths) * sheet.count(b't="s"') > UNPACKED:
        places = (int(found) for found in _SHARED.findall(sheet))
        if sum(lengths[place] for place in places if place < len(lengths)) > UNPACKED:
            raise _too_large(path)


def _extent(sheet: bytes) -> int:
    """How many cells lie between the first place of a sheet and the furthest row and column."""
    letters: set[bytes] = set()
    numbers: set[bytes] = set()
    placed = True
    for block in _blocks(sheet):
        if sum(map(block.count, _USUAL)) == block.count(b"<"):
            letters.update(_COLUMN.findall(block))
            numbers.update(_NUMBER.findall(block))
            continue
        places = _PLACES.findall(block)
        letters.update(column for column, _ in places if column)
        numbers.update(number for _, number in places)
        placed = placed and sum(1 for column, _ in places if column) == len(_CELL.findall(block))
    columns = max(map(_number_of, letters), default=0)
    rows = max(map(int, numbers), default=0)
    if not placed:  # cells without a place follow one another
        columns = max(columns, *(len(_CELL.findall(row)) for row in _ROW.split(sheet)))
        rows += len(_ROW.findall(sheet))
    return rows * columns


def _blocks(sheet: bytes) -> Iterator[bytes]:
    """The sheet in pieces that cut no tag, so that not all its places are in memory at once."""
    start = 0
    while start < len(sheet):
        end = sheet.rfind(b">", start, start + _BLOCK) + 1 or len(sheet)
        yield sheet[start:end]
        start = end


def _number_of(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _unpacked(data: bytes, part: zipfile.ZipInfo, room: int) -> bytes | None:
    """What a part holds; ``None`` when that is more than ``room``, whatever its header says."""
    start = part.header_offset
    names = int.from_bytes(data[start + 26 : start + 28], "little")
    extra = int.from_bytes(data[start + 28 : start + 30], "little")
    begin = start + 30 + names + extra
    packed = data[begin : begin + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        return packed if len(packed) <= room else None
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError(part.compress_type)
    reader, out, size = zlib.decompressobj(-15), [], 0
    while packed and not reader.eof:
        block = reader.decompress(packed, _BLOCK)
        packed = reader.unconsumed_tail
        size += len(block)
        if size > room:
            return None
        out.append(block)
    return b"".join(out)


def _too_large(path: Path) -> BadMetadata:
    return BadMetadata(
        f"{shown_name(path)} unpacks to more than {UNPACKED >> 30} GiB; save the sheet as CSV, or split it."
    )
