"""``doctor``: what it says of the model in use, whatever its name."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from whisper.model import ModelDimensions

from tests.cli.conftest import Run
from tests.transcribe.checkpoints import narrow, wide
from tests.transcribe.ct2_writer import tiny_model
from tests.transcribe.hf_writer import hugging_face
from tests.transcribe.test_transcribe_local import LARGE_V3

Make = Callable[[Path], Path]


@pytest.mark.parametrize(
    ("make", "too_small"), [(narrow, True), (wide, False)], ids=["narrower than medium", "medium"]
)
def test_a_checkpoint_of_ones_own_is_judged_by_its_size(
    qa: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Make, too_small: bool
) -> None:
    path = make(tmp_path)
    monkeypatch.setenv("QA_MODEL_PATH", str(path))
    (model,) = [row for row in qa("doctor", "--json").rows if row["name"] == "model"]
    assert model["ok"]
    assert path.name in model["says"]
    assert ("too small for Persian" in model["says"]) is too_small


@pytest.mark.parametrize(
    ("dims", "says"),
    [
        (LARGE_V3, "Hugging Face folder), of a size of its own, width 64, 100 languages, Persian"),
        (replace(LARGE_V3, n_vocab=51864), "English alone, no Persian"),
    ],
)
def test_what_lies_at_the_path_is_said(
    qa: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dims: ModelDimensions, says: str
) -> None:
    monkeypatch.setenv(
        "QA_MODEL_PATH", str(hugging_face(tmp_path / "tuned", tiny_model(dims=dims), "safetensors"))
    )
    (weights,) = [row for row in qa("doctor", "--json").rows if row["name"] == "weights"]
    assert weights["ok"]
    assert says in weights["says"]


def test_a_folder_without_weights_is_bad(qa: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_MODEL_PATH", str(tmp_path))
    (weights,) = [row for row in qa("doctor", "--json").rows if row["name"] == "weights"]
    assert not weights["ok"]
    assert "neither model.bin" in weights["says"]
