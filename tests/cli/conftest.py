"""One site in a temporary folder, and commands run in this process."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from qa.cli import main
from qa.settings import Settings
from tests.store.fresh import fresh


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The JSON objects it printed, one a line."""
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of a site as its first command leaves it; no setting of the machine reaches it."""
    for name in ("QA_DATABASE_URL", "QA_LANGUAGE", "QA_ENGINE", "QA_MODEL", "QA_FILE_PATTERNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QA_DATA_DIR", str(tmp_path / "var"))
    fresh(Settings(data_dir=tmp_path / "var").url)
    return tmp_path / "var"


@pytest.fixture
def no_site(data_dir: Path) -> Path:
    """Where the data of a site will be that no command opened yet: the first one makes its tables."""
    shutil.rmtree(data_dir)
    return data_dir


@pytest.fixture
def qa(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command of ``python -m qa`` on that site."""

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


def one_sentence(text: str) -> str:
    """The sentence of a refusal; fails when there is a traceback, a second line or no full stop."""
    sentence = text.removesuffix("\n")
    assert sentence, "nothing was said"
    assert "\n" not in sentence, sentence
    assert "Traceback" not in sentence
    assert sentence.endswith((".", "`.")), sentence
    return sentence
