"""Reads the tensors of a CTranslate2 ``model.bin`` that holds a Whisper model.

The layout is CTranslate2's own (``ModelSpec._serialize``), all integers little-endian: u32 binary version,
string specification, u32 revision, u32 count of variables; for each variable a string name, u8 rank,
rank times u32, u8 type, u32 bytes, the data; then u32 count of aliases, each two strings. A string is a
u16 length (with its closing NUL) and the bytes. Nothing follows.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qa.errors import ModelMissing

Tensors = dict[str, NDArray[np.generic]]

_TYPES: Mapping[int, type[np.generic]] = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
_VERSIONS = range(4, 7)
_REMEDY = "fetch the file again or convert the model anew with ct2-transformers-converter"


@dataclass(slots=True)
class _Reader:
    """A place in the bytes that only moves forward."""

    data: memoryview
    name: str
    place: int = 0

    def number(self, code: str) -> int:
        """The next little-endian number of the ``struct`` type ``code``."""
        return int(struct.unpack("<" + code, self.take(struct.calcsize("<" + code)))[0])

    def string(self) -> str:
        """The next NUL-terminated string."""
        return bytes(self.take(self.number("H")))[:-1].decode("utf-8", "replace")

    def take(self, count: int) -> memoryview:
        """The next ``count`` bytes."""
        if self.place + count > len(self.data):
            size = len(self.data)
            raise ModelMissing(f"The model {self.name} ends too early, after {size} bytes: {_REMEDY}.")
        self.place += count
        return self.data[self.place - count : self.place]


def read_tensors(data: bytes | bytearray | memoryview, name: str) -> Tensors:
    """Every tensor of a CTranslate2 Whisper binary by its name, aliases included.

    Args:
        data: the whole ``model.bin``.
        name: how to call the file in an error.

    Raises:
        ModelMissing: the bytes are damaged, or hold something else.
    """
    reader = _Reader(memoryview(data), name)
    _check_head(reader)
    tensors: Tensors = {}
    for _ in range(reader.number("I")):
        key, value = _variable(reader)
        tensors[key] = value
    for _ in range(reader.number("I")):
        alias, key = reader.string(), reader.string()
        if key not in tensors:
            raise ModelMissing(f"The model {name} names a tensor {key!r} that it does not hold: {_REMEDY}.")
        tensors[alias] = tensors[key]
    if reader.place != len(data):
        extra = len(data) - reader.place
        raise ModelMissing(f"The model {name} has {extra} bytes after its end: {_REMEDY}.")
    return tensors


def _check_head(reader: _Reader) -> None:
    version = reader.number("I")
    if version not in _VERSIONS:
        raise ModelMissing(
            f"The model {reader.name} has binary version {version}, readable are "
            f"{_VERSIONS.start} to {_VERSIONS.stop - 1}: {_REMEDY}."
        )
    specification = reader.string()
    if specification != "WhisperSpec":
        raise ModelMissing(f"The model {reader.name} is a {specification!r}, not a Whisper model: {_REMEDY}.")
    reader.number("I")


def _variable(reader: _Reader) -> tuple[str, NDArray[np.generic]]:
    key = reader.string()
    shape = tuple(reader.number("I") for _ in range(reader.number("B")))
    code = reader.number("B")
    if code not in _TYPES:
        raise ModelMissing(
            f"The model {reader.name} stores {key!r} as number type {code}, which cannot be read: "
            "convert the model anew with --quantization float16."
        )
    raw = reader.take(reader.number("I"))
    kind = np.dtype(_TYPES[code])
    if len(raw) != kind.itemsize * int(np.prod(shape, dtype=np.int64)):
        raise ModelMissing(f"The model {reader.name} gives {key!r} a size that does not fit: {_REMEDY}.")
    return key, np.frombuffer(raw, kind).reshape(shape)
