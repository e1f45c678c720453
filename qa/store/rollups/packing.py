"""Cells as bytes: Arrow, compressed, with the columns of their schema."""

import io
import zlib

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
