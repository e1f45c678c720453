"""``voices``: off unless switched on, learned from the agent's own channel, deleted when asked."""

from pathlib import Path

import numpy as np
import pytest

from qa.diarise.clusters import distance
from qa.diarise.profiles import from_bytes, to_bytes
from qa.settings import Settings
from qa.store.call.voices import load_voice
from qa.store.database import Database
from qa.store.people import agent_id
from tests.cli.conftest import Run, data_dir, one_sentence, qa
from tests.shared import ROOT

__all__ = ["data_dir", "qa"]

CLIPS = ROOT / "data" / "demo" / "audio"


@pytest.fixture
def two_calls(qa: Run, tmp_path: Path) -> tuple[str, str]:
    """Two calls of Sara, in which a synthesised voice is hers; keys."""
    sheet = tmp_path / "facts.csv"
    names = ("en-booking-angry-customer", "en-order-late-parcel")
    sheet.write_text("file,agent\n" + "".join(f"{name}.ogg,Sara\n" for name in names), encoding="utf-8")
    rows = qa("ingest", *(CLIPS / f"{name}.ogg" for name in names), "--metadata", sheet, "--json").rows
    return str(rows[0]["call"]), str(rows[1]["call"])


def voice(data_dir: Path) -> np.ndarray | None:
    database = Database.open(Settings(data_dir=data_dir).url)
    with database.write() as tx:
        stored = load_voice(tx, agent_id(tx, "Sara"))
    database.close()
    return None if stored is None else from_bytes(stored)


def test_it_is_off_unless_switched_on(qa: Run, two_calls: tuple[str, str]) -> None:
    ran = qa("voices", "enrol", "Sara", two_calls[0])
    assert ran.code == 2
    assert "set QA_VOICE_PROFILES=true" in one_sentence(ran.err)


def test_enrolled_and_forgotten(
    qa: Run, data_dir: Path, two_calls: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_VOICE_PROFILES", "true")
    voices = []
    for key in two_calls:
        assert "enrolled from 1 calls" in qa("voices", "enrol", "Sara", key).out
        voices.append(voice(data_dir))
    assert voices[0] is not None
    assert voices[1] is not None
    assert distance(voices[0], voices[1]) < 0.05  # the same synthesiser's voice, other words
    assert [row["agent"] for row in qa("voices", "list", "--json").rows] == ["Sara"]
    assert "deleted" in qa("voices", "forget", "Sara").out
    assert voice(data_dir) is None
    assert "had no enrolled voice" in qa("voices", "forget", "Sara").out


@pytest.mark.parametrize(("name", "said"), [("Nobody", "no agent 'Nobody'"), ("Sara", "no call key")])
def test_wrong_names(
    qa: Run, two_calls: tuple[str, str], monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.setenv("QA_VOICE_PROFILES", "true")
    ran = qa("voices", "enrol", name, "what")
    assert ran.code == 2
    assert said in one_sentence(ran.err)


def test_a_voice_is_stored_whole() -> None:
    made = np.random.default_rng(1).random(256).astype(np.float32)
    assert np.array_equal(from_bytes(to_bytes(made)), made)
    with pytest.raises(ValueError, match="256 numbers, got 3"):
        from_bytes(to_bytes(made[:3]))
