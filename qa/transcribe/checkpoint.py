"""Turns the tensors of a CTranslate2 Whisper model into a checkpoint of OpenAI's package.

CTranslate2 fuses query, key and value of a self-attention in ``linear_0`` and key and value of a
cross-attention in ``linear_1``; it gives keys a bias of zeros that OpenAI's model does not have, and stores
the tied output projection as an alias. Nothing is transposed or scaled.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypedDict

import numpy as np
import torch

from qa.errors import ModelMissing
from qa.transcribe.ct2 import Tensors

_HEAD_WIDTH = 64


class Checkpoint(TypedDict):
    """What OpenAI's loader reads, with the heads that follow word times added."""

    dims: dict[str, int]
    model_state_dict: dict[str, torch.Tensor]
    alignment_heads: list[list[int]]


@dataclass(slots=True)
class _Builder:
    """Collects OpenAI's state from CTranslate2's tensors."""

    tensors: Tensors
    name: str
    state: dict[str, torch.Tensor] = field(default_factory=dict)

    def tensor(self, key: str) -> torch.Tensor:
        """One tensor as float16; 8-bit and 16-bit integers are divided by their scale."""
        if key not in self.tensors:
            raise _lacks(self.name, key)
        value = np.asarray(self.tensors[key])
        if value.dtype in (np.int8, np.int16):
            scale = np.asarray(self.tensors[key + "_scale"], np.float32)
            value = value.astype(np.float32) / scale.reshape((-1,) + (1,) * (value.ndim - 1))
        return torch.from_numpy(value.astype(np.float16))

    def linear(self, target: str, source: str) -> None:
        """A layer with weight and bias."""
        self.state[target + ".weight"] = self.tensor(source + "/weight")
        self.state[target + ".bias"] = self.tensor(source + "/bias")

    def norm(self, target: str, source: str) -> None:
        """A layer norm."""
        self.state[target + ".weight"] = self.tensor(source + "/gamma")
        self.state[target + ".bias"] = self.tensor(source + "/beta")

    def split(self, target: str, source: str, parts: Sequence[str]) -> None:
        """A fused layer cut into its parts, rows in order."""
        weights = self.tensor(source + "/weight").chunk(len(parts))
        biases = self.tensor(source + "/bias").chunk(len(parts))
        for part, weight, bias in zip(parts, weights, biases, strict=True):
            self.state[f"{target}.{part}.weight"] = weight.clone()
            if part != "key":
                self.state[f"{target}.{part}.bias"] = bias.clone()
            elif bool(bias.any()):
                raise ModelMissing(f"The model {self.name} has key biases, so it is no Whisper model.")

    def block(self, side: str, layer: int) -> None:
        """One transformer block of the encoder or the decoder."""
        source, target = f"{side}/layer_{layer}", f"{side}.blocks.{layer}"
        self.norm(target + ".attn_ln", source + "/self_attention/layer_norm")
        self.split(target + ".attn", source + "/self_attention/linear_0", ("query", "key", "value"))
        self.linear(target + ".attn.out", source + "/self_attention/linear_1")
        if side == "decoder":
            self.norm(target + ".cross_attn_ln", source + "/attention/layer_norm")
            self.linear(target + ".cross_attn.query", source + "/attention/linear_0")
            self.split(target + ".cross_attn", source + "/attention/linear_1", ("key", "value"))
            self.linear(target + ".cross_attn.out", source + "/attention/linear_2")
        self.norm(target + ".mlp_ln", source + "/ffn/layer_norm")
        self.linear(target + ".mlp.0", source + "/ffn/linear_0")
        self.linear(target + ".mlp.2", source + "/ffn/linear_1")

    def blocks(self, side: str) -> None:
        """All blocks of one side."""
        for layer in range(_layers(self.tensors, side)):
            self.block(side, layer)


def to_checkpoint(tensors: Tensors, heads: Sequence[Sequence[int]], name: str) -> Checkpoint:
    """OpenAI's checkpoint of a CTranslate2 Whisper model, weights as float16.

    Args:
        tensors: as from ``read_tensors``.
        heads: (layer, head) of the cross-attentions that follow the sound, from the model's ``config.json``.
        name: how to call the file in an error.

    Raises:
        ModelMissing: a tensor is missing.
    """
    builder = _Builder(tensors, name)
    for part in ("conv1", "conv2"):
        builder.linear(f"encoder.{part}", f"encoder/{part}")
    for side in ("encoder", "decoder"):
        builder.blocks(side)
    builder.norm("encoder.ln_post", "encoder/layer_norm")
    builder.norm("decoder.ln", "decoder/layer_norm")
    for side in ("encoder", "decoder"):
        builder.state[f"{side}.positional_embedding"] = builder.tensor(f"{side}/position_encodings/encodings")
    builder.state["decoder.token_embedding.weight"] = builder.tensor("decoder/embeddings/weight")
    return {
        "dims": dimensions(tensors, name),
        "model_state_dict": builder.state,
        "alignment_heads": [[int(layer), int(head)] for layer, head in heads],
    }


def dimensions(tensors: Tensors, name: str) -> dict[str, int]:
    """OpenAI's dimensions of a CTranslate2 Whisper model, from the shapes of its tensors.

    Raises:
        ModelMissing: a tensor is missing.
    """
    wanted = (
        "encoder/conv1/weight",
        "encoder/position_encodings/encodings",
        "decoder/position_encodings/encodings",
        "decoder/embeddings/weight",
    )
    for key in wanted:
        if key not in tensors:
            raise _lacks(name, key)
    (width, mels, *_), (sound, _), (text, _), (vocabulary, _) = (tensors[key].shape for key in wanted)
    return {
        "n_mels": int(mels),
        "n_audio_ctx": int(sound),
        "n_audio_state": int(width),
        "n_audio_head": int(width) // _HEAD_WIDTH,
        "n_audio_layer": _layers(tensors, "encoder"),
        "n_vocab": int(vocabulary),
        "n_text_ctx": int(text),
        "n_text_state": int(width),
        "n_text_head": int(width) // _HEAD_WIDTH,
        "n_text_layer": _layers(tensors, "decoder"),
    }


def _layers(tensors: Tensors, side: str) -> int:
    layer = 0
    while f"{side}/layer_{layer}/ffn/linear_0/weight" in tensors:
        layer += 1
    return layer


def _lacks(name: str, key: str) -> ModelMissing:
    return ModelMissing(
        f"The model {name} lacks the tensor {key!r}: fetch the file again or convert the model anew."
    )
