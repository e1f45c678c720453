"""Writes a Whisper model as Hugging Face's transformers would save it."""

import json
import struct
from pathlib import Path

import torch
from whisper.model import Whisper

NUMBERS = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16"}
PARTS = {"attn": "self_attn", "cross_attn": "encoder_attn"}
LINEAR = {"query": "q_proj", "key": "k_proj", "value": "v_proj", "out": "out_proj"}
NORMS = {
    "attn_ln": "self_attn_layer_norm",
    "cross_attn_ln": "encoder_attn_layer_norm",
    "mlp_ln": "final_layer_norm",
}


def hf_name(name: str) -> str:
    """Transformers' name of a tensor of OpenAI's package, by its place in the tree."""
    side, *parts = name.split(".")
    if parts[0] == "blocks":
        layer, part, *rest = parts[1:]
        if part in PARTS:
            return f"model.{side}.layers.{layer}.{PARTS[part]}.{LINEAR[rest[0]]}.{rest[1]}"
        if part == "mlp":
            return f"model.{side}.layers.{layer}.{'fc1' if rest[0] == '0' else 'fc2'}.{rest[1]}"
        return f"model.{side}.layers.{layer}.{NORMS[part]}.{rest[0]}"
    own = {
        "positional_embedding": "embed_positions.weight",
        "token_embedding": "embed_tokens",
        "ln_post": "layer_norm",
        "ln": "layer_norm",
    }
    return ".".join(["model", side, own.get(parts[0], parts[0]), *parts[1:]])


def safetensors(path: Path, tensors: dict[str, torch.Tensor]) -> None:
    """A file in the format of the safetensors package."""
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    blobs, place = [], 0
    for name, value in tensors.items():
        blob = value.contiguous().view(torch.uint8).numpy().tobytes()
        bounds = [place, place + len(blob)]
        header[name] = {"dtype": NUMBERS[value.dtype], "shape": list(value.shape), "data_offsets": bounds}
        blobs.append(blob)
        place += len(blob)
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)
    path.write_bytes(struct.pack("<Q", len(head)) + head + b"".join(blobs))


def hugging_face(folder: Path, model: Whisper, form: str, heads: list[list[int]] | None = None) -> Path:
    """A folder as ``save_pretrained`` leaves it; ``form`` is safetensors, float16, bfloat16,
    sharded or pytorch.
    """
    folder.mkdir(exist_ok=True)
    kind = {"bfloat16": torch.bfloat16, "float16": torch.float16}.get(form, torch.float32)
    tensors = {hf_name(key): value.to(kind) for key, value in model.state_dict().items()}
    tensors["proj_out.weight"] = tensors["model.decoder.embed_tokens.weight"].clone()
    if form == "pytorch":
        torch.save(tensors, folder / "pytorch_model.bin")
    elif form == "sharded":
        _sharded(folder, tensors)
    else:
        safetensors(folder / "model.safetensors", tensors)
    (folder / "config.json").write_text(json.dumps(_config(model)))
    if heads:
        (folder / "generation_config.json").write_text(json.dumps({"alignment_heads": heads}))
    return folder


def _sharded(folder: Path, tensors: dict[str, torch.Tensor]) -> None:
    names, where = list(tensors), {}
    half = len(names) // 2
    for number, part in enumerate((names[:half], names[half:]), start=1):
        file = f"model-0000{number}-of-00002.safetensors"
        safetensors(folder / file, {name: tensors[name] for name in part})
        where |= dict.fromkeys(part, file)
    (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": where}))


def _config(model: Whisper) -> dict[str, object]:
    dims = model.dims
    return {
        "model_type": "whisper",
        "architectures": ["WhisperForConditionalGeneration"],
        "num_mel_bins": dims.n_mels,
        "max_source_positions": dims.n_audio_ctx,
        "d_model": dims.n_audio_state,
        "encoder_attention_heads": dims.n_audio_head,
        "encoder_layers": dims.n_audio_layer,
        "vocab_size": dims.n_vocab,
        "max_target_positions": dims.n_text_ctx,
        "decoder_attention_heads": dims.n_text_head,
        "decoder_layers": dims.n_text_layer,
    }
