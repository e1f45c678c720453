"""``vault``: sealing a site that has plain recordings, a new key for all of them, death in the middle."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from qa.cli import main
from qa.settings import Settings
from qa.store.audit import Act
from qa.store.database import Database
from qa.store.shelf.recordings import Recordings, open_recordings
from qa.store.tables.audit import audit_log
from qa.vault import fresh_key, is_sealed, keyring
from tests.shared import ROOT
from tests.store.fresh import fresh

FILES = 40


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A site with plain recordings."""
    for name in [name for name in os.environ if name.startswith("QA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("QA_DATA_DIR", str(tmp_path / "site"))
    (tmp_path / "site").mkdir()
    settings = Settings()
    fresh(settings.url)
    return settings


def fill(settings: Settings, folder: Path, count: int = FILES) -> dict[str, bytes]:
    random_bytes = random.Random(count)
    held = {}
    for number in range(count):
        source = folder / f"{number}.wav"
        source.write_bytes(random_bytes.randbytes(70_000 + number))
        sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
        held[Recordings(settings.recordings_dir).keep(source, sha256)] = source.read_bytes()
        source.unlink()
    return held


def read_all(settings: Settings) -> dict[str, bytes]:
    recordings = open_recordings(settings)
    found = {}
    for place in recordings.whole():
        with recordings.file(place).open() as file:
            found[place] = file.read()
    return found


def keys_of(settings: Settings) -> set[bytes]:
    files = list(settings.recordings_dir.rglob("*.wav"))
    assert all(is_sealed(path.read_bytes()[:8]) for path in files)
    return {path.read_bytes()[9:17] for path in files}


def test_a_site_is_sealed_in_place_and_given_a_new_key(
    here: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = fill(here, tmp_path, 5)
    assert main(["vault", "enable"]) == 0
    said = capsys.readouterr().out
    assert "vault.key" in said
    assert "another disk" in said
    assert "5 were sealed now" in said
    first = keyring(here).keys
    assert keys_of(here) == {first[0].id}
    assert main(["vault", "enable"]) == 0
    assert "0 were sealed now" in capsys.readouterr().out
    assert main(["vault", "rotate"]) == 0
    second = keyring(here).keys
    assert len(second) == 1
    assert second != first
    assert keys_of(here) == {second[0].id}
    assert read_all(here) == held
    capsys.readouterr()
    assert main(["vault", "status", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["files"] == {second[0].name: 5}
    assert told["missing"] == []
    assert all(key.text not in json.dumps(told) for key in (*first, *second))


def test_refused_files_are_sealed_turned_and_opened_to_look(
    here: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.wav"
    bad.write_bytes(b"what a customer said " * 9000)
    assert main(["ingest", str(bad)]) == 2
    (kept,) = here.quarantine_dir.glob("*.wav")
    assert b"customer" not in kept.read_bytes()
    before = kept.read_bytes()
    assert main(["vault", "rotate"]) == 0
    assert kept.read_bytes()[9:17] == keyring(here).keys[0].id != before[9:17]
    assert main(["vault", "open", kept.name, str(tmp_path / "seen.wav")]) == 0
    assert (tmp_path / "seen.wav").read_bytes() == bad.read_bytes()
    capsys.readouterr()
    for name, to in ((kept.name, "seen.wav"), ("../keys/vault.key", "out"), ("gone.wav", "out")):
        assert main(["vault", "open", name, str(tmp_path / to)]) == 2
        assert capsys.readouterr().err.count("\n") == 1
    with Database.open(here.url).read() as tx:
        acts = list(tx.scalars(select(audit_log.c.act)))
    assert acts.count(Act.EXPORTED) == 1


def test_keys_are_changed_in_the_audit_log(here: Settings, tmp_path: Path) -> None:
    fill(here, tmp_path, 1)
    assert main(["vault", "enable"]) == 0
    assert main(["vault", "rotate"]) == 0
    with Database.open(here.url).read() as tx:
        rows = tx.execute(select(audit_log).where(audit_log.c.act == Act.KEYS_ROTATED)).all()
    assert len(rows) == 2
    assert "command" in str(rows[1])


def test_keys_of_the_environment_are_rotated_by_a_person(
    here: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    held, (old, new) = fill(here, tmp_path, 3), (fresh_key(), fresh_key())
    monkeypatch.setenv("QA_VAULT_KEY", old.text)
    assert main(["vault", "enable"]) == 0
    assert keys_of(here) == {old.id}
    assert main(["vault", "rotate"]) == 2
    assert "in front of it" in capsys.readouterr().err
    monkeypatch.setenv("QA_VAULT_KEY", f"{new.text},{old.text}")
    assert main(["vault", "rotate"]) == 0
    assert keys_of(here) == {new.id}
    monkeypatch.setenv("QA_VAULT_KEY", new.text)
    assert read_all(Settings()) == held


def test_a_missing_key_is_one_sentence(
    here: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(here, tmp_path, 2)
    assert main(["vault", "enable"]) == 0
    name = keyring(here).keys[0].name
    (here.keys_dir / "vault.key").write_text(fresh_key().text)
    capsys.readouterr()
    for command in (["vault", "status"], ["vault", "rotate"]):
        assert main(command) == 2
        said = capsys.readouterr().err
        assert name in said
        assert said.count("\n") == 1


def test_without_a_key_there_is_nothing_to_rotate(here: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["vault", "rotate"]) == 2
    assert "vault enable" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["enable", "rotate"])
def test_a_rotation_that_is_killed_goes_on_and_loses_nothing(
    here: Settings, tmp_path: Path, command: str
) -> None:
    held = fill(here, tmp_path)
    if command == "rotate":
        assert main(["vault", "enable"]) == 0
    cut = 0
    for seed in range(3):
        cut += killed(command, here, random.Random(seed).uniform(0.0, 0.12))
        assert read_all(here) == held
    assert main(["vault", command]) == 0
    ring = keyring(here).keys
    assert len(ring) == 1
    assert keys_of(here) == {ring[0].id}
    assert read_all(here) == held
    assert cut > 0, "no kill met the work"


def killed(command: str, here: Settings, after: float) -> bool:
    """Run the command and kill it so long after its first file was written; whether it met the work."""
    times = {path: path.stat().st_mtime_ns for path in here.recordings_dir.rglob("*.wav")}
    process = subprocess.Popen(
        [sys.executable, "-m", "qa", "vault", command],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None and all(path.stat().st_mtime_ns == then for path, then in times.items()):
        time.sleep(0.002)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL
