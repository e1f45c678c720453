"""Converts the installed weights packages once."""

from pathlib import Path

import torch

from qa.transcribe.checkpoint import to_checkpoint
from qa.transcribe.ct2 import read_tensors
from qa.transcribe.installed import Package, read_package


def convert(package: Package, folder: Path) -> Path:
    """Writes the checkpoint of a package's model, in OpenAI's format, into a folder.

    Raises:
        ModelMissing: the package is damaged.
    """
    data, heads = read_package(package)
    name = " + ".join(part for part, _ in package.parts)
    fresh = folder / "checkpoint.pt"
    torch.save(to_checkpoint(read_tensors(data, name), heads, name), fresh)
    return fresh
