"""Loads a Whisper checkpoint and says what size it is."""

import pickle
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
import whisper
from whisper.model import ModelDimensions, Whisper

from qa.errors import ModelMissing
from qa.transcribe.decoder import TurnedDecoder
from qa.transcribe.encoder import CroppedEncoder
from qa.transcribe.local import MEDIUM_WIDTH


def load_model(path: Path) -> Whisper:
    """The model of a checkpoint in OpenAI's format, in float32, ready to decode.

    Raises:
        ModelMissing: the file is damaged or is no Whisper checkpoint.
    """
    checkpoint = read_checkpoint(path)
    try:
        dims = ModelDimensions(**checkpoint["dims"])
        model = Whisper(dims)
        model.decoder = TurnedDecoder(
            dims.n_vocab, dims.n_text_ctx, dims.n_text_state, dims.n_text_head, dims.n_text_layer
        )
        model.encoder = CroppedEncoder(
            dims.n_mels, dims.n_audio_ctx, dims.n_audio_state, dims.n_audio_head, dims.n_audio_layer
        )
        model.load_state_dict(checkpoint["model_state_dict"])
    except (KeyError, TypeError, RuntimeError) as error:
        raise ModelMissing(
            f"The file {path} is a PyTorch file but no Whisper checkpoint: "
            "a checkpoint of OpenAI's package holds dims and model_state_dict."
        ) from error
    _set_heads(model, checkpoint.get("alignment_heads"))
    return model.eval()


def too_small_for_persian(dims: ModelDimensions) -> bool:
    """Whether a model is below medium: on colloquial Persian clips base gets 93 % of the words wrong, small
    75 %, medium 51 % and large-v3 38 %, so below medium a transcript is only a draft.
    """
    return int(dims.n_audio_state) < MEDIUM_WIDTH


def read_checkpoint(path: Path) -> Mapping[str, Any]:
    """What a PyTorch file holds; its tensors are mapped, not read, where the format allows it.

    Raises:
        ModelMissing: the file is damaged.
    """
    try:
        mapped = zipfile.is_zipfile(path)
        checkpoint = torch.load(path, map_location="cpu", weights_only=True, mmap=mapped)
    except (OSError, RuntimeError, ValueError, EOFError, pickle.UnpicklingError, zipfile.BadZipFile) as error:
        raise ModelMissing(
            f"The file {path} is damaged or is no Whisper checkpoint: delete it, "
            "or copy it again from where it came from."
        ) from error
    return checkpoint if isinstance(checkpoint, Mapping) else {}


def _set_heads(model: Whisper, heads: list[list[int]] | None) -> None:
    """Word times need the heads that follow the sound; a fine-tuned model keeps those of its base."""
    if heads:
        mask = torch.zeros(model.dims.n_text_layer, model.dims.n_text_head, dtype=torch.bool)
        mask[tuple(torch.tensor(heads).T)] = True
        model.register_buffer("alignment_heads", mask.to_sparse(), persistent=False)
    elif (name := _published_name(model.dims)) is not None:
        model.set_alignment_heads(whisper._ALIGNMENT_HEADS[name])


def _published_name(dims: ModelDimensions) -> str | None:
    """The published model with these dimensions."""
    sizes = {(384, 4): "tiny", (512, 6): "base", (768, 12): "small", (1024, 24): "medium"}
    large = {(1280, 32): "large-v3" if dims.n_mels == 128 else "large-v2", (1280, 4): "large-v3-turbo"}
    name = (sizes | large).get((dims.n_audio_state, dims.n_text_layer))
    english = name is not None and dims.n_vocab < 51865
    return f"{name}.en" if english else name
