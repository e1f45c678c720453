"""The encoder gives the numbers of the packages that it stands in for (golden: librosa, Resemblyzer)."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from qa.diarise.encoder import FRAMES, VoiceEncoder, open_encoder, weights_path
from qa.diarise.mel import filterbank, mel_frames
from qa.errors import ModelMissing
from tests.shared import ROOT

GOLDEN = json.loads((ROOT / "tests" / "golden" / "voice_encoder.json").read_text(encoding="utf-8"))


def chirp() -> np.ndarray:
    time = np.arange(32_000) / 16_000
    tone = 0.2 * np.sin(2 * np.pi * (120 * time + 700 * time * time))
    return (tone + 0.05 * np.sin(2 * np.pi * 2900 * time)).astype(np.float32)


@pytest.mark.parametrize("frame", ["0", "1", "80", "200"])
def test_mel_frames_are_librosas(frame: str) -> None:
    wanted = np.array(GOLDEN["frames"][frame])
    assert mel_frames(chirp())[int(frame)] == pytest.approx(wanted, rel=1e-3, abs=1e-5 * wanted.max())


def test_every_band_has_the_same_area() -> None:
    area = filterbank().sum(axis=1) * 40  # bins are 40 Hz wide
    assert area == pytest.approx(np.ones(40), rel=0.2)


def test_the_vector_is_resemblyzers() -> None:
    vector = open_encoder().embed(mel_frames(chirp())[None, :FRAMES])[0]
    assert vector == pytest.approx(np.array(GOLDEN["vector"]), abs=1e-4)
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


def test_the_package_itself_is_not_imported() -> None:
    assert weights_path() is not None
    assert "resemblyzer" not in sys.modules


def test_damaged_weights_are_named(tmp_path: Path) -> None:
    path = tmp_path / "pretrained.pt"
    path.write_bytes(b"no weights")
    with pytest.raises(ModelMissing, match=r"pretrained\.pt .* damaged; install them again"):
        VoiceEncoder(path)
