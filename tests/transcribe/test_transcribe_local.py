"""Models that a site brings as a file or a folder: recognised, described, converted without loss."""

import json
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from whisper.model import ModelDimensions, Whisper

from qa.errors import ModelMissing
from qa.records import Audio, Span
from qa.settings import Settings
from qa.transcribe.installed import find_package, read_package
from qa.transcribe.local import Kind, kind_of, model_facts
from qa.transcribe.model import load_model, too_small_for_persian
from qa.transcribe.openai import OpenAITranscriber
from qa.transcribe.weights import find_weights
from tests.transcribe.checkpoints import narrow
from tests.transcribe.ct2_writer import DIMS, HEADS, binary, tensors_of, tiny_model
from tests.transcribe.hf_writer import hugging_face, safetensors

LARGE_V3 = replace(DIMS, n_mels=128, n_audio_ctx=1500, n_vocab=51866, n_text_ctx=40)
"""The shape that tells large-v3 from the others, without its width and layers."""


def settings(folder: Path, path: Path) -> Settings:
    return Settings(data_dir=folder / "var", model_path=path, threads=1)


def ctranslate2(folder: Path, model: Whisper) -> Path:
    folder.mkdir()
    (folder / "model.bin").write_bytes(binary(tensors_of(model)))
    (folder / "config.json").write_text(json.dumps({"alignment_heads": HEADS}))
    return folder


@pytest.mark.parametrize("form", ["safetensors", "bfloat16", "sharded", "pytorch"])
def test_a_hugging_face_folder_becomes_the_same_model(tmp_path: Path, form: str) -> None:
    model = tiny_model()
    if form == "bfloat16":
        model.load_state_dict({key: value.bfloat16().float() for key, value in model.state_dict().items()})
    folder = hugging_face(tmp_path / "tuned", model, form, heads=HEADS)
    ours = load_model(find_weights(settings(tmp_path, folder)))
    assert ours.dims == model.dims
    for key, value in model.state_dict().items():
        torch.testing.assert_close(ours.state_dict()[key], value, rtol=0, atol=0, msg=key)
    assert ours.alignment_heads.indices().T.tolist() == HEADS


def test_base_under_hugging_face_names_gives_identical_logits(
    engine: OpenAITranscriber, tmp_path: Path
) -> None:
    base = engine._whisper
    folder = hugging_face(tmp_path / "tuned", base, "float16")
    ours = load_model(find_weights(settings(tmp_path, folder)))
    torch.manual_seed(0)
    sound, tokens = torch.randn(1, 80, 3000), torch.randint(0, base.dims.n_vocab, (1, 5))
    with torch.inference_mode():
        assert torch.equal(ours(sound, tokens), base(sound, tokens))


def test_a_ctranslate2_folder_becomes_the_same_model(tmp_path: Path) -> None:
    model = tiny_model()
    ours = load_model(find_weights(settings(tmp_path, ctranslate2(tmp_path / "ct2", model))))
    for key, value in model.state_dict().items():
        torch.testing.assert_close(ours.state_dict()[key], value, rtol=0, atol=0, msg=key)


def test_a_folder_is_converted_once_and_again_when_it_changes(tmp_path: Path) -> None:
    folder = hugging_face(tmp_path / "tuned", tiny_model(0), "safetensors")
    first = find_weights(settings(tmp_path, folder))
    made = first.stat().st_mtime_ns
    assert find_weights(settings(tmp_path, folder)) == first
    assert first.stat().st_mtime_ns == made
    hugging_face(folder, tiny_model(1), "safetensors")
    second = find_weights(settings(tmp_path, folder))
    assert second != first
    assert not torch.equal(
        load_model(first).decoder.token_embedding.weight, load_model(second).decoder.token_embedding.weight
    )


def _dims(width: int, layers: int, mels: int = 80, vocabulary: int = 51865) -> ModelDimensions:
    return ModelDimensions(
        mels, 1500, width, width // 64, layers, vocabulary, 448, width, width // 64, layers
    )


@pytest.mark.parametrize(
    ("dims", "size", "languages", "persian"),
    [
        (_dims(384, 4), "tiny", 99, False),
        (_dims(512, 6), "base", 99, False),
        (_dims(768, 12), "small", 99, False),
        (_dims(1024, 24), "medium", 99, True),
        (_dims(1024, 24, vocabulary=51864), "medium.en", 1, False),
        (_dims(1280, 32), "large-v2", 99, True),
        (_dims(1280, 32, 128, 51866), "large-v3", 100, True),
        (_dims(1280, 4, 128, 51866), "large-v3-turbo", 100, True),
        (_dims(1024, 2), None, 99, True),  # a distilled one that nobody published
    ],
)
def test_what_is_said_of_a_model(
    tmp_path: Path, dims: ModelDimensions, size: str | None, languages: int, persian: bool
) -> None:
    path = tmp_path / "model.pt"
    torch.save({"dims": vars(dims), "model_state_dict": {}}, path)
    facts = model_facts(path)
    assert (facts.kind, facts.size, facts.languages) == (Kind.CHECKPOINT, size, languages)
    assert facts.reads_persian is persian
    assert languages == 1 or persian is not too_small_for_persian(dims)


def test_what_is_said_of_folders(tmp_path: Path) -> None:
    facts = model_facts(hugging_face(tmp_path / "hf", tiny_model(dims=LARGE_V3), "safetensors"))
    assert (facts.kind, facts.mels, facts.languages) == (Kind.HUGGING_FACE, 128, 100)
    folder = ctranslate2(tmp_path / "ct2", tiny_model())
    assert kind_of(folder) is Kind.CTRANSLATE2
    with pytest.raises(ModelMissing, match="has 40 tokens, Whisper has 51865"):
        model_facts(folder)
    if package := find_package("base"):
        (folder / "model.bin").write_bytes(read_package(package)[0])
        facts = model_facts(folder)
        assert (facts.kind, facts.size, facts.mels, facts.languages) == (Kind.CTRANSLATE2, "base", 80, 99)


def test_a_model_of_the_shape_of_large_v3_listens(tmp_path: Path) -> None:
    folder = hugging_face(tmp_path / "v3", tiny_model(dims=LARGE_V3), "safetensors")
    engine = OpenAITranscriber(settings(tmp_path, folder))
    sound = np.random.default_rng(0).normal(0, 0.1, (1, 32_000)).astype(np.float32)
    hearing = engine.listen(Audio(sound, 16_000), ((Span(0, 2),),), None, lambda share: None)
    assert hearing.language in ("fa", "en")
    assert engine.listen(Audio(sound, 16_000), ((Span(0, 2),),), "yue", lambda share: None).language == "yue"


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        pytest.param(lambda f: (f / "config.json").unlink(), "neither model.bin", id="bare"),
        pytest.param(lambda f: (f / "model.safetensors").unlink(), "holds no weights", id="no weights"),
        pytest.param(
            lambda f: ((f / "model.safetensors").unlink(), (f / "adapter_config.json").touch()),
            "merge the adapter",
            id="an adapter alone",
        ),
        pytest.param(
            lambda f: (f / "model.safetensors").write_bytes((f / "model.safetensors").read_bytes()[:-9]),
            "is damaged or is no safetensors file",
            id="cut short",
        ),
        pytest.param(
            lambda f: (f / "model.safetensors").write_bytes(struct.pack("<Q", 1 << 62) + b"{}"),
            "is damaged or is no safetensors file",
            id="a header without end",
        ),
        pytest.param(lambda f: (f / "model.safetensors").write_bytes(b""), "is damaged", id="empty"),
        pytest.param(lambda f: (f / "config.json").write_text("{"), "missing or damaged", id="torn config"),
        pytest.param(
            lambda f: safetensors(f / "model.safetensors", {"model.encoder.conv1.bias": torch.zeros(64)}),
            "do not make a whole Whisper model",
            id="one tensor alone",
        ),
        pytest.param(
            lambda f: (f / "config.json").write_text('{"model_type": "bert"}'),
            "'bert' model",
            id="no Whisper",
        ),
        pytest.param(
            lambda f: (f / "config.json").write_text('{"model_type": "whisper"}'),
            "says too little",
            id="no sizes",
        ),
    ],
)
def test_a_folder_that_is_no_model_is_named_with_the_remedy(
    tmp_path: Path, damage: Callable[[Path], object], words: str
) -> None:
    folder = hugging_face(tmp_path / "tuned", tiny_model(), "safetensors")
    damage(folder)
    with pytest.raises(ModelMissing, match=words) as error:
        find_weights(settings(tmp_path, folder))
    assert str(folder) in error.value.message
    assert not list((tmp_path / "var").glob("models/*.pt"))


def test_a_shard_that_the_index_names_must_be_there(tmp_path: Path) -> None:
    folder = hugging_face(tmp_path / "tuned", tiny_model(), "sharded")
    (folder / "model-00002-of-00002.safetensors").unlink()
    with pytest.raises(ModelMissing, match="lacks the file model-00002-of-00002"):
        find_weights(settings(tmp_path, folder))


def test_a_checkpoint_stays_where_it_is(tmp_path: Path) -> None:
    path = narrow(tmp_path)
    assert find_weights(settings(tmp_path, path)) == path
    assert not (tmp_path / "var").exists()
