"""``doctor``: what it says of the model in use, whatever its name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.transcribe.checkpoints import narrow, wide

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
