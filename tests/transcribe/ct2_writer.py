"""Writes a Whisper model as CTranslate2 would, so that reading can be tested on a few kilobytes."""

import json
import struct
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from whisper.model import ModelDimensions, Whisper

CODES = {"float32": 0, "int8": 1, "int16": 2, "int32": 3, "float16": 4}
HEADS = [[0, 0], [1, 0]]
DIMS = ModelDimensions(
    n_mels=8,
    n_audio_ctx=12,
    n_audio_state=64,
    n_audio_head=1,
    n_audio_layer=1,
    n_vocab=40,
    n_text_ctx=10,
    n_text_state=64,
    n_text_head=1,
    n_text_layer=2,
)


def tiny_model(seed: int = 0, dims: ModelDimensions = DIMS) -> Whisper:
    """A Whisper of two layers with weights that float16 holds exactly."""
    torch.manual_seed(seed)
    model = Whisper(dims)
    state = {key: torch.randn_like(value).half().float() for key, value in model.state_dict().items()}
    model.load_state_dict(state)
    return model


def tensors_of(model: Whisper) -> dict[str, np.ndarray]:
    """The model under CTranslate2's names, query, key and value fused."""
    state = {key: value.numpy() for key, value in model.state_dict().items()}
    out: dict[str, np.ndarray] = {}

    def linear(target: str, *sources: str) -> None:
        weights = [state[source + ".weight"] for source in sources]
        none = np.zeros(DIMS.n_audio_state, np.float32)
        biases = [state.get(source + ".bias", none) for source in sources]
        out[target + "/weight"], out[target + "/bias"] = np.concatenate(weights), np.concatenate(biases)

    def norm(target: str, source: str) -> None:
        out[target + "/gamma"], out[target + "/beta"] = state[source + ".weight"], state[source + ".bias"]

    for side, layers in (("encoder", DIMS.n_audio_layer), ("decoder", DIMS.n_text_layer)):
        for at in range(layers):
            to, from_ = f"{side}/layer_{at}", f"{side}.blocks.{at}"
            norm(f"{to}/self_attention/layer_norm", f"{from_}.attn_ln")
            linear(f"{to}/self_attention/linear_0", *(f"{from_}.attn.{p}" for p in ("query", "key", "value")))
            linear(f"{to}/self_attention/linear_1", f"{from_}.attn.out")
            if side == "decoder":
                norm(f"{to}/attention/layer_norm", f"{from_}.cross_attn_ln")
                linear(f"{to}/attention/linear_0", f"{from_}.cross_attn.query")
                linear(f"{to}/attention/linear_1", f"{from_}.cross_attn.key", f"{from_}.cross_attn.value")
                linear(f"{to}/attention/linear_2", f"{from_}.cross_attn.out")
            norm(f"{to}/ffn/layer_norm", f"{from_}.mlp_ln")
            linear(f"{to}/ffn/linear_0", f"{from_}.mlp.0")
            linear(f"{to}/ffn/linear_1", f"{from_}.mlp.2")
        out[f"{side}/position_encodings/encodings"] = state[f"{side}.positional_embedding"]
    for part in ("conv1", "conv2"):
        linear(f"encoder/{part}", f"encoder.{part}")
    norm("encoder/layer_norm", "encoder.ln_post")
    norm("decoder/layer_norm", "decoder.ln")
    out["decoder/embeddings/weight"] = state["decoder.token_embedding.weight"]
    return out


def binary(tensors: Mapping[str, np.ndarray], specification: str = "WhisperSpec", version: int = 6) -> bytes:
    """The bytes of a ``model.bin`` with the output projection as an alias."""
    parts = [struct.pack("<I", version), _string(specification), struct.pack("<II", 3, len(tensors))]
    for name, value in tensors.items():
        parts += [_string(name), struct.pack("<B", value.ndim), struct.pack(f"<{value.ndim}I", *value.shape)]
        parts += [struct.pack("<BI", CODES[value.dtype.name], value.nbytes), value.tobytes()]
    alias = [_string("decoder/projection/weight"), _string("decoder/embeddings/weight")]
    return b"".join([*parts, struct.pack("<I", 1), *alias])


def weights_packages(folder: Path, data: bytes) -> None:
    """Two importable packages that hold the halves of a model, laid out as the published ones."""
    half = len(data) // 2
    for name, part in (("tiny_part1", data[:half]), ("tiny_part2", data[half:])):
        (folder / name / "data").mkdir(parents=True)
        (folder / name / "__init__.py").write_text("")
        (folder / name / "data" / f"model.bin.{name[5:]}").write_bytes(part)
    (folder / "tiny_part1" / "data" / "config.json").write_text(json.dumps({"alignment_heads": HEADS}))


def _string(text: str) -> bytes:
    raw = text.encode() + b"\0"
    return struct.pack("<H", len(raw)) + raw
