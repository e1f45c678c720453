"""How ``auto`` picks an engine, and which device an engine picks."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qa.errors import ModelMissing
from qa.records import Audio, Hearing, Spans
from qa.settings import Settings
from qa.transcribe import ENGINES, choose_engine, ctranslate
from qa.transcribe.choosing import CLIP, machine_key
from qa.transcribe.port import Engine, Transcriber
from tests.transcribe.checkpoints import narrow


class Busy:
    """An engine that works for as many rounds as it is told."""

    model = "base"

    def __init__(self, name: str, rounds: int, heard: list[str]) -> None:
        self.name, self._rounds, self._heard = name, rounds, heard

    def drafts(self, language: str) -> bool:
        return language == "fa"

    def listen(
        self, audio: Audio, speech: tuple[Spans, ...], language: str | None, progress: Callable[[float], None]
    ) -> Hearing:
        self._heard.append(self.name)
        sum(range(self._rounds))
        progress(1.0)
        assert any(speech), "the clip has speech"
        assert audio.duration <= 20.01
        return Hearing(language or "en", 1.0, self.name, self.model, (), ())


def engines(heard: list[str], **rounds: int) -> tuple[Engine, ...]:
    def opener(name: str, count: int) -> Callable[[Settings], Transcriber]:
        return lambda _settings: Busy(name, count, heard)

    return tuple(Engine(name, opener(name, count)) for name, count in rounds.items())


def missing(_settings: Settings) -> Transcriber:
    raise ModelMissing("no weights")


def test_the_cheaper_engine_is_taken_and_remembered(tmp_path: Path) -> None:
    heard: list[str] = []
    settings = Settings(data_dir=tmp_path, engine="auto")
    choice = choose_engine(settings, engines(heard, slow=2_000_000, quick=1000))
    assert choice.engine == "quick"
    assert choice.cost["quick"] < choice.cost["slow"]
    assert set(heard) == {"slow", "quick"}
    again = choose_engine(settings, engines(heard := [], slow=1, quick=1))
    assert (again, heard) == (choice, [])
    assert "quick" in str(choice)


@pytest.mark.parametrize("change", [{"model": "small"}, {"threads": 3}, {"beam": 1}])
def test_another_model_or_machine_is_measured_anew(tmp_path: Path, change: dict[str, object]) -> None:
    settings = Settings(data_dir=tmp_path, threads=1)
    assert machine_key(settings) != machine_key(settings.model_copy(update=change))
    assert machine_key(settings) == machine_key(settings.model_copy())


def test_an_engine_without_weights_is_left_out(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    choice = choose_engine(settings, (Engine("fast", missing), *engines([], openai=1)))
    assert list(choice.cost) == ["openai"]


def test_no_weights_at_all_are_said(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="no weights"):
        choose_engine(Settings(data_dir=tmp_path), (Engine("fast", missing),))


def test_a_damaged_memory_is_measured_anew(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    settings.models_dir.mkdir()
    (settings.models_dir / "engine.json").write_text("[", encoding="utf-8")
    assert choose_engine(settings, engines([], openai=1)).engine == "openai"


def test_the_clip_is_in_the_product() -> None:
    assert CLIP.is_file()
    assert {engine.name for engine in ENGINES} == {"openai", "fast"}


@pytest.mark.parametrize(("cards", "device"), [(0, "cpu"), (1, "cuda"), (4, "cuda")])
def test_a_graphics_card_is_used_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch, cards: int, device: str
) -> None:
    """Selection alone: no machine with a card was at hand to measure on."""
    import ctranslate2
    import torch

    from qa.transcribe import openai

    monkeypatch.setattr(ctranslate2, "get_cuda_device_count", lambda: cards)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cards > 0)
    assert ctranslate.device() == device
    assert openai.device() == device


def test_a_checkpoint_is_not_for_the_fast_engine(tmp_path: Path) -> None:
    assert not ctranslate.available(Settings(data_dir=tmp_path, model_path=narrow(tmp_path)))
    assert not ctranslate.available(Settings(data_dir=tmp_path, model="large-v3"))
