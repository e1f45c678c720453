"""Reads the tensors of a ``.safetensors`` file without the package of that name.

The layout is Hugging Face's: u64 length (little-endian) of a JSON header, the header with type, shape and
bounds of every tensor, then the data. The file is mapped, not read: weights stay on disk until used.
"""

import json
import math
import mmap
import struct
from pathlib import Path
from typing import Any

import torch

from qa.errors import ModelMissing

_TYPES = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
_LENGTH = 8


def read_safetensors(path: Path) -> dict[str, torch.Tensor]:
    """Every tensor of a file by its name, in its own number type.

    Raises:
        ModelMissing: the file is damaged, cut short, or holds a number type that weights never have.
    """
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        header, start = _header(data)
        return {name: _tensor(data, start, entry) for name, entry in header.items()}
    except (OSError, ValueError, KeyError, TypeError, struct.error, OverflowError) as error:
        raise ModelMissing(
            f"The file {path} is damaged or is no safetensors file: copy it again from where it came from."
        ) from error


def _header(data: mmap.mmap) -> tuple[dict[str, Any], int]:
    """What the file says of its tensors, and where their data begin."""
    (length,) = struct.unpack("<Q", data[:_LENGTH])
    if length > len(data):
        raise ValueError("a header longer than the file")
    header: dict[str, Any] = json.loads(data[_LENGTH : _LENGTH + length])
    header.pop("__metadata__", None)
    return header, _LENGTH + length


def _tensor(data: mmap.mmap, start: int, entry: dict[str, Any]) -> torch.Tensor:
    kind, shape = _TYPES[entry["dtype"]], [int(size) for size in entry["shape"]]
    first, last = (int(bound) for bound in entry["data_offsets"])
    count = math.prod(shape)
    if (last - first) != count * kind.itemsize or start + last > len(data):
        raise ValueError("bounds that do not fit")
    return torch.frombuffer(data, dtype=kind, count=count, offset=start + first).view(shape)
