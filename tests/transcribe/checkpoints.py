"""Checkpoints with random weights that load like real ones, in no time."""

from dataclasses import asdict, replace
from pathlib import Path

import torch
from whisper.model import Whisper

from tests.transcribe.ct2_writer import DIMS


def narrow(folder: Path) -> Path:
    """A model narrower than Whisper medium."""
    return _written(Whisper(DIMS), folder / "narrow.pt")


def wide(folder: Path) -> Path:
    """A model as wide as Whisper medium, without layers."""
    dims = replace(DIMS, n_audio_state=1024, n_text_state=1024, n_audio_layer=0, n_text_layer=0)
    return _written(Whisper(dims), folder / "wide.pt")


def _written(model: Whisper, path: Path) -> Path:
    torch.save({"dims": asdict(model.dims), "model_state_dict": model.state_dict()}, path)
    return path
