"""Cells as bytes: Arrow, compressed, with the columns of their schema."""

import io
import zlib
from collections.abc import Sequence
from itertools import accumulate
from typing import IO

import polars as pl

LARGE = 2**18
"""Bytes from which columns are worth compressing each by itself."""

LAYOUT = 1
"""Counts up when a column comes to mean another thing: cells of another layout are summed anew."""


def layout(schema: pl.Schema, zone: str = "") -> str:
    """What cells must have been kept under to be of use: columns, what they mean, the zone of days."""
    return f"{LAYOUT} {zone} {' '.join(schema)}"


def pack(cells: pl.DataFrame) -> bytes:
    """Bytes for the database; the same cells give the same bytes."""
    whole = io.BytesIO()
    # The buffers of a small table are mostly room, which the second pass takes away by itself.
    cells.rechunk().write_ipc(whole, compression="zstd" if cells.estimated_size() > LARGE else "uncompressed")
    return zlib.compress(whole.getvalue(), 1)


def unpack(content: bytes) -> pl.DataFrame:
    """The cells."""
    return pl.read_ipc(io.BytesIO(zlib.decompress(content)))


def unpack_all(kept: Sequence[tuple[int, bytes]], columns: Sequence[str] = ()) -> list[pl.DataFrame]:
    """Cells of several parts of one layout, each given as how many cells it has and its bytes; these columns
    alone, or all. In one reading: of small parts, beginning to read takes longer than reading.
    """
    files: list[IO[bytes]] = [io.BytesIO(zlib.decompress(content)) for _cells, content in kept]
    found = pl.scan_ipc(files)
    whole = (found.select(columns) if columns else found).collect()
    ends = accumulate((cells for cells, _content in kept), initial=0)
    return [whole.slice(start, cells) for start, (cells, _content) in zip(ends, kept, strict=False)]
