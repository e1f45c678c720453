"""A workbook as cells of text. It is packed, and a small one can hold more than a machine has room for.

So it is unpacked once without being kept, and counted: what its parts hold, and how much text its cells would
be when each holds its shared string.
"""

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import BadMetadata, shown_name

if TYPE_CHECKING:
    import polars as pl

UNPACKED = 1 << 30
"""Bytes of all parts; a million rows of ten columns are about a third of it."""
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
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
    """Refuse a workbook whose parts, or whose cells together, are larger than ``UNPACKED``.

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
            elif SHEET.fullmatch(part.filename) and len(content) > len(sheet):
                sheet = content
    lengths = [len(found) for found in _STRING.findall(strings)]
    if lengths and max(lengths) * sheet.count(b't="s"') > UNPACKED:
        places = (int(found) for found in _SHARED.findall(sheet))
        if sum(lengths[place] for place in places if place < len(lengths)) > UNPACKED:
            raise _too_large(path)


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
