"""Turns a Hugging Face folder of a Whisper model, fine-tuned or not, into a checkpoint of OpenAI's package.

The weights are the same tensors under other names; nothing is transposed. The tied output projection
(``proj_out``) is left out. Needs no package of Hugging Face.
"""

import json
import pickle
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import torch

from qa.errors import ModelMissing
from qa.transcribe.checkpoint import Checkpoint
from qa.transcribe.safetensors import read_safetensors

_RENAMED = (
    (r"^model\.", ""),
    (r"\.layers\.", ".blocks."),
    (r"\.self_attn\.", ".attn."),
    (r"\.encoder_attn\.", ".cross_attn."),
    (r"\.self_attn_layer_norm\.", ".attn_ln."),
    (r"\.encoder_attn_layer_norm\.", ".cross_attn_ln."),
    (r"\.final_layer_norm\.", ".mlp_ln."),
    (r"^encoder\.layer_norm\.", "encoder.ln_post."),
    (r"^decoder\.layer_norm\.", "decoder.ln."),
    (r"\.q_proj\.", ".query."),
    (r"\.k_proj\.", ".key."),
    (r"\.v_proj\.", ".value."),
    (r"\.out_proj\.", ".out."),
    (r"\.fc1\.", ".mlp.0."),
    (r"\.fc2\.", ".mlp.2."),
    (r"\.embed_positions\.weight$", ".positional_embedding"),
    (r"\.embed_tokens\.", ".token_embedding."),
)
_TIED = "proj_out.weight"
SINGLE = ("model.safetensors", "pytorch_model.bin")
INDEXES = ("model.safetensors.index.json", "pytorch_model.bin.index.json")


def read_folder(folder: Path) -> Checkpoint:
    """OpenAI's checkpoint of a Hugging Face folder, weights as float16.

    Raises:
        ModelMissing: a file is missing or damaged, or the model is no Whisper.
    """
    dims = dimensions(folder)
    state = {
        openai_name(name): value.to(torch.float16)
        for file in weight_files(folder)
        for name, value in _tensors(file).items()
        if name != _TIED
    }
    return {"dims": dims, "model_state_dict": state, "alignment_heads": _heads(folder)}


def openai_name(name: str) -> str:
    """The name of a tensor in OpenAI's package."""
    for pattern, new in _RENAMED:
        name = re.sub(pattern, new, name)
    return name


def dimensions(folder: Path) -> dict[str, int]:
    """OpenAI's dimensions from ``config.json``.

    Raises:
        ModelMissing: it is not there, damaged, or describes another kind of model.
    """
    config = _settings(folder / "config.json")
    if config.get("model_type") != "whisper":
        raise ModelMissing(
            f"The folder {folder} holds a {config.get('model_type')!r} model, not Whisper: "
            "point QA_MODEL_PATH to a Whisper model."
        )
    try:
        return {
            "n_mels": int(config["num_mel_bins"]),
            "n_audio_ctx": int(config["max_source_positions"]),
            "n_audio_state": int(config["d_model"]),
            "n_audio_head": int(config["encoder_attention_heads"]),
            "n_audio_layer": int(config["encoder_layers"]),
            "n_vocab": int(config["vocab_size"]),
            "n_text_ctx": int(config["max_target_positions"]),
            "n_text_state": int(config["d_model"]),
            "n_text_head": int(config["decoder_attention_heads"]),
            "n_text_layer": int(config["decoder_layers"]),
        }
    except (KeyError, TypeError, ValueError) as error:
        raise ModelMissing(
            f"The file {folder / 'config.json'} says too little of the model: copy the folder again."
        ) from error


def weight_files(folder: Path) -> tuple[Path, ...]:
    """The files that hold the weights: one, or several that an index names; safetensors first.

    Raises:
        ModelMissing: there are none, or one that the index names is missing.
    """
    for single, index in zip(SINGLE, INDEXES, strict=True):
        if (folder / single).is_file():
            return (folder / single,)
        if (folder / index).is_file():
            names = sorted(set(_settings(folder / index).get("weight_map", {}).values()))
            files = tuple(folder / Path(name).name for name in names)
            missing = [file.name for file in files if not file.is_file()]
            if files and not missing:
                return files
            what = missing[0] if missing else single
            raise ModelMissing(f"The folder {folder} lacks the file {what}: copy the whole model again.")
    hint = "merge the adapter into its base model first" if (folder / "adapter_config.json").is_file() else ""
    raise ModelMissing(
        f"The folder {folder} holds no weights ({' or '.join(SINGLE)}): {hint or 'copy the whole model'}."
    )


def _tensors(path: Path) -> Mapping[str, torch.Tensor]:
    if path.suffix == ".safetensors":
        return read_safetensors(path)
    try:
        found: dict[str, torch.Tensor] = torch.load(path, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, ValueError, EOFError, pickle.UnpicklingError, zipfile.BadZipFile) as error:
        raise ModelMissing(f"The file {path} is damaged or holds no weights: copy it again.") from error
    return found


def _heads(folder: Path) -> list[list[int]]:
    """(layer, head) of the attentions that follow the sound; empty where the folder does not say."""
    found: Iterator[object] = (
        _settings(folder / name).get("alignment_heads")
        for name in ("generation_config.json", "config.json")
        if (folder / name).is_file()
    )
    heads = next((one for one in found if isinstance(one, list) and one), [])
    return [[int(layer), int(head)] for layer, head in heads]


def _settings(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelMissing(f"The file {path} is missing or damaged: copy the whole model again.") from error
    return data if isinstance(data, dict) else {}
