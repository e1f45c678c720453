"""CTranslate2's binary read, and turned into OpenAI's checkpoint."""

from collections.abc import Callable

import numpy as np
import pytest
import torch
from whisper.model import ModelDimensions

from qa.errors import ModelMissing
from qa.transcribe.checkpoint import to_checkpoint
from qa.transcribe.ct2 import read_tensors
from tests.transcribe.ct2_writer import DIMS, HEADS, binary, tensors_of, tiny_model


def test_the_model_comes_back_exactly() -> None:
    model = tiny_model()
    checkpoint = to_checkpoint(read_tensors(binary(tensors_of(model)), "tiny"), HEADS, "tiny")
    assert ModelDimensions(**checkpoint["dims"]) == DIMS
    assert checkpoint["alignment_heads"] == HEADS
    state = model.state_dict()
    assert checkpoint["model_state_dict"].keys() == state.keys()
    for key, value in checkpoint["model_state_dict"].items():
        torch.testing.assert_close(value.float(), state[key], rtol=0, atol=0, msg=key)


def test_an_alias_is_the_same_tensor() -> None:
    tensors = read_tensors(binary(tensors_of(tiny_model())), "tiny")
    assert tensors["decoder/projection/weight"] is tensors["decoder/embeddings/weight"]


@pytest.mark.parametrize("kind", [np.int8, np.int16])
def test_whole_numbers_are_divided_by_their_scale(kind: type[np.integer]) -> None:
    tensors = tensors_of(tiny_model())
    key = "encoder/layer_0/ffn/linear_0/weight"
    weight = tensors[key]
    rows = kind is np.int8
    scale = np.iinfo(kind).max / np.abs(weight).max(axis=1 if rows else None)
    scale = np.asarray(scale, np.float32)
    tensors[key] = np.round(weight * (scale[:, None] if rows else scale)).astype(kind)
    tensors[key + "_scale"] = scale
    state = to_checkpoint(read_tensors(binary(tensors), "tiny"), HEADS, "tiny")["model_state_dict"]
    error = np.abs(state["encoder.blocks.0.mlp.0.weight"].float().numpy() - weight).max()
    assert error < (0.05 if rows else 0.005)


GOOD = binary(tensors_of(tiny_model()))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(GOOD[:-1], "ends too early", id="last byte cut"),
        pytest.param(GOOD[: len(GOOD) // 2], "ends too early", id="half a download"),
        pytest.param(b"", "ends too early", id="empty file"),
        pytest.param(GOOD + b"x", "1 bytes after its end", id="something behind"),
        pytest.param(
            binary({}, "TransformerSpec"), "'TransformerSpec', not a Whisper model", id="a translator"
        ),
        pytest.param(binary({}, version=3), "binary version 3", id="an old converter"),
        pytest.param(binary({}), "names a tensor 'decoder/embeddings/weight'", id="alias to nothing"),
        pytest.param(b"<!DOCTYPE html><html>", "binary version", id="an error page saved as the model"),
    ],
)
def test_a_damaged_file_is_named_with_the_remedy(data: bytes, words: str) -> None:
    with pytest.raises(ModelMissing, match=words) as error:
        read_tensors(data, "model.bin of mine")
    assert "model.bin of mine" in error.value.message
    assert "convert the model anew" in error.value.message
    assert error.value.permanent


def test_a_tensor_with_too_few_numbers_is_refused() -> None:
    value = np.zeros(4, np.float32)
    data = binary({"decoder/embeddings/weight": value})
    damaged = data.replace(b"\x01\x04\x00\x00\x00\x00\x10", b"\x01\x05\x00\x00\x00\x00\x10")
    assert damaged != data
    with pytest.raises(ModelMissing, match="a size that does not fit"):
        read_tensors(damaged, "tiny")


def test_bfloat16_asks_for_another_conversion() -> None:
    value = np.zeros(4, np.float32)
    damaged = binary({"decoder/embeddings/weight": value}).replace(
        b"\x01\x04\x00\x00\x00\x00\x10", b"\x01\x04\x00\x00\x00\x05\x10"
    )
    with pytest.raises(ModelMissing, match=r"number type 5.*--quantization float16"):
        read_tensors(damaged, "tiny")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(
            lambda t: t.pop("encoder/conv2/bias"), "lacks the tensor 'encoder/conv2/bias'", id="missing"
        ),
        pytest.param(
            lambda t: t["decoder/layer_1/self_attention/linear_0/bias"].__setitem__(slice(64, 128), 1.0),
            "has key biases",
            id="key bias",
        ),
    ],
)
def test_tensors_that_are_no_whisper_model(
    change: Callable[[dict[str, np.ndarray]], object], words: str
) -> None:
    tensors = tensors_of(tiny_model())
    change(tensors)
    with pytest.raises(ModelMissing, match=words):
        to_checkpoint(tensors, HEADS, "tiny")
