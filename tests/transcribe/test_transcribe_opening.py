"""What the recogniser takes from the settings when it opens: threads, and what its model is too small for."""

import os
from pathlib import Path

import pytest
import torch

from qa.settings import Settings
from qa.transcribe import open_engine
from tests.transcribe.checkpoints import narrow, wide


@pytest.mark.parametrize(
    ("cores", "threads", "used"),
    [
        (1, 0, 1),  # the only core, not none
        (2, 0, 1),
        (8, 0, 7),
        (2, 3, 3),  # a number that is set is taken as it is
        (8, 1, 1),
    ],
)
def test_all_cores_but_one_are_used_unless_a_number_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cores: int, threads: int, used: int
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: set(range(cores)))
    before = torch.get_num_threads()
    try:
        open_engine(Settings(data_dir=tmp_path, model_path=narrow(tmp_path), threads=threads))
        assert torch.get_num_threads() == used
    finally:
        torch.set_num_threads(before)


@pytest.mark.parametrize(("narrowed", "language", "drafts"), [
    (True, "fa", True),
    (True, "en", False),  # small models read English well enough
    (False, "fa", False),
])  # fmt: skip
def test_a_model_below_medium_writes_drafts_of_persian(
    tmp_path: Path, narrowed: bool, language: str, drafts: bool
) -> None:
    path = narrow(tmp_path) if narrowed else wide(tmp_path)
    assert open_engine(Settings(data_dir=tmp_path, model_path=path)).drafts(language) is drafts
