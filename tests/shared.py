"""Where real data by others are; tests that need them skip and say so where they are absent."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared_data(*parts: str) -> Path:
    """A folder or file of the shared data."""
    base = Path(os.environ.get("QA_SHARED_DATA") or ROOT.parent / "shared" / "data")
    path = base.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{Path(*parts)} is not in the shared data (QA_SHARED_DATA)")
    return path
