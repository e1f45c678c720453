"""The files that a site copies are whole: units, compose file, settings that they name."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from dashboard.settings import DeskSettings
from qa.settings import Settings, read_settings
from tests.shared import ROOT

DEPLOY = ROOT / "docs" / "deploy"
NAMES = {f"QA_{name.upper()}" for form in (Settings, DeskSettings) for name in form.model_fields}
NAMES |= {"QA_HOST"}  # of the proxy alone


@pytest.mark.parametrize("path", sorted(DEPLOY.iterdir()), ids=lambda path: path.name)
def test_only_settings_that_are_there_are_named(path: Path) -> None:
    assert set(re.findall(r"\bQA_[A-Z_]+\b", path.read_text(encoding="utf-8"))) <= NAMES


def test_the_units_are_what_systemd_reads(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        print("units are not verified: systemd-analyze is not on this machine")
        pytest.skip("no systemd-analyze")
    for path in [*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")]:
        text = path.read_text(encoding="utf-8").replace("/opt/shenava/.venv/bin/python", "/bin/true")
        (tmp_path / path.name.replace("@", "@1")).write_text(text, encoding="utf-8")
    units = sorted(str(path) for path in tmp_path.iterdir())
    said = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert [line for line in said.stderr.splitlines() if any(Path(unit).name in line for unit in units)] == []


def test_the_compose_file_holds_together() -> None:
    found = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    services = found["services"]
    for name, service in services.items():
        assert set(service.get("secrets", ())) <= set(found["secrets"]), name
        assert set(service.get("depends_on", ())) <= set(services), name
        named = {volume.split(":")[0] for volume in service.get("volumes", ()) if not volume.startswith(".")}
        assert named <= set(found["volumes"]), name
    workers = [
        one["environment"]["QA_EXECUTOR_ID"] for name, one in services.items() if name.startswith("worker")
    ]
    assert len(workers) == len(set(workers)) >= 2, "every worker needs an id of its own"
    ports = {name for name, service in services.items() if service.get("ports")}
    assert ports == {"proxy"}, "only the proxy is reached from outside"
    proxied = re.search(r"reverse_proxy (.+?) \{", (DEPLOY / "Caddyfile").read_text(encoding="utf-8"))
    assert proxied is not None
    assert {one.split(":")[0] for one in proxied[1].split()} == {n for n in services if n.startswith("web")}


def test_secrets_are_read_from_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "qa_metrics_token").write_text("from-a-file-of-secrets\n", encoding="utf-8")
    monkeypatch.setenv("QA_SECRETS_DIR", str(tmp_path))
    assert read_settings().metrics_token == "from-a-file-of-secrets"
    monkeypatch.setenv("QA_METRICS_TOKEN", "from-the-environment-wins")
    assert read_settings().metrics_token == "from-the-environment-wins"
