"""``bench live``: a recording handed in to a worker that runs, on a site of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import ROOT

pytestmark = pytest.mark.speech


def test_words_come_before_the_score_and_the_site_stays_as_it_was(tmp_path: Path) -> None:
    clip = ROOT / "data" / "demo" / "audio" / "en-booking-interrupted.ogg"
    ran = subprocess.run(  # in a process of its own: its children's memory must not begin with ours
        [sys.executable, "-m", "qa", "bench", "live", clip, "--json"],
        cwd=ROOT,
        env=os.environ | {"QA_DATA_DIR": str(tmp_path / "var"), "QA_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    shape = json.loads(ran.stdout)
    (call,) = shape["calls"]
    assert 0 < call["words_after"] <= call["score_after"]
    assert call["sound_seconds"] > 10
    assert 1 < shape["cpu_seconds"] < 300
    assert 100e6 < shape["peak_bytes"] < 1.2e9
    assert not (tmp_path / "var" / "shenava.db").exists()
