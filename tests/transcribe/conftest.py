"""One recogniser for all tests that listen."""

from pathlib import Path

import pytest

from qa.settings import Settings
from qa.transcribe.installed import find_package
from qa.transcribe.openai import OpenAITranscriber


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> OpenAITranscriber:
    """Whisper base from the installed weights packages."""
    if find_package("base") is None:
        pytest.skip("the weights packages of Whisper base are not installed")
    folder: Path = tmp_path_factory.mktemp("weights")
    return OpenAITranscriber(Settings(data_dir=folder))
