"""Answers with the part of a sound that a browser asks for, read as it is sent and never written anywhere."""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from starlette.responses import Response, StreamingResponse

BLOCK = 1 << 18
_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


def in_part(file: BinaryIO, wanted: str, kind: str, headers: Mapping[str, str]) -> Response:
    """The bytes of a ``Range`` header, or all of them for what is no single range (RFC 9110, 14.2).

    Args:
        file: seekable; closed when all is sent, or the listener has gone.
        wanted: the value of ``Range``, or nothing.
        kind: the media type.
        headers: sent beside those of the range.
    """
    size = file.seek(0, 2)
    said = {**headers, "Accept-Ranges": "bytes"}
    found = _part(wanted, size)
    if found is None:
        file.close()
        return Response(status_code=416, headers=said | {"Content-Range": f"bytes */{size}"})
    first, last = found
    said |= {"Content-Length": str(last - first + 1)}
    status = 206 if _plain(wanted) else 200
    if status == 206:
        said |= {"Content-Range": f"bytes {first}-{last}/{size}"}
    return StreamingResponse(_blocks(file, first, last), status, said, kind)


def _plain(wanted: str) -> re.Match[str] | None:
    found = _RANGE.fullmatch(wanted.strip())
    return found if found and (found[1] or found[2]) else None


def _part(wanted: str, size: int) -> tuple[int, int] | None:
    """First and last byte; ``None`` when there is none of them."""
    found = _plain(wanted)
    if found is None:
        return 0, size - 1
    if not found[1]:
        first, last = max(0, size - int(found[2])), size - 1
    else:
        first, last = int(found[1]), min(int(found[2]) if found[2] else size - 1, size - 1)
    return (first, last) if first <= last else None


def _blocks(file: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (block := file.read(min(BLOCK, left))):
            left -= len(block)
            yield block
