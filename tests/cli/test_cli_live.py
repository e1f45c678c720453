"""``bench live``: a recording handed in to a worker that runs, on a site of its own."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, data_dir, qa
from tests.shared import ROOT

__all__ = ["data_dir", "qa"]

pytestmark = pytest.mark.speech


def test_words_come_before_the_score_and_the_site_stays_as_it_was(qa: Run, data_dir: Path) -> None:
    clip = ROOT / "data" / "demo" / "audio" / "en-booking-interrupted.ogg"
    (shape,) = qa("bench", "live", clip, "--json").rows
    (call,) = shape["calls"]
    assert 0 < call["words_after"] <= call["score_after"]
    assert call["sound_seconds"] > 10
    assert 1 < shape["cpu_seconds"] < 300
    assert shape["peak_bytes"] > 100e6  # no upper bound: it is at least the memory of who starts the worker
    assert not (data_dir / "shenava.db").exists()
