"""Converts the installed weights packages, or a folder of the site, once."""

from pathlib import Path

import torch

from qa.errors import ModelMissing
from qa.transcribe.checkpoint import to_checkpoint
from qa.transcribe.ct2 import read_tensors
from qa.transcribe.huggingface import read_folder
from qa.transcribe.installed import Package, read_package
from qa.transcribe.local import Kind, alignment_heads, kind_of, mapped
from qa.transcribe.model import load_model


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


def convert_folder(source: Path, folder: Path) -> Path:
    """Writes the checkpoint of a CTranslate2 or Hugging Face folder, in OpenAI's format, into ``folder``.

    Raises:
        ModelMissing: the source is damaged, incomplete, or no Whisper model.
    """
    fresh = folder / "checkpoint.pt"
    if kind_of(source) is Kind.HUGGING_FACE:
        torch.save(read_folder(source), fresh)
    else:
        tensors = read_tensors(mapped(source / "model.bin"), str(source))
        torch.save(to_checkpoint(tensors, alignment_heads(source), str(source)), fresh)
    try:
        load_model(fresh)
    except ModelMissing as error:
        raise ModelMissing(
            f"The weights in {source} do not make a whole Whisper model: copy the folder again."
        ) from error
    return fresh
