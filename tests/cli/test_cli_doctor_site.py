"""``doctor``: what it says of the site around the desk; each row is found bad for the reason it names."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qa.cli import health_site
from qa.cli.health_rest import at_rest, encrypted
from qa.errors import QAError
from qa.settings import Settings
from qa.store.audit import Act, by_command, note
from qa.store.database import Database
from qa.store.engine.migrate import upgrade
from qa.store.work.workers import arrive
from tests.store.fresh import fresh
from tests.store.job_rows import queued

Site = Callable[..., Settings]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    def made(**more: object) -> Settings:
        settings = Settings(data_dir=tmp_path, **more)  # type: ignore[arg-type]
        fresh(settings.url)
        return settings

    return made


def with_call(settings: Settings) -> Database:
    database = Database.open(settings.url)
    with database.write() as tx:
        queued(tx)
    return database


def test_keys_that_others_may_read(site: Site) -> None:
    settings = site()
    settings.data_dir.chmod(0o700)
    settings.keys_dir.mkdir(mode=0o700)
    key = settings.keys_dir / "customer.key"
    key.touch(0o600)
    assert "owner's alone" in health_site.rights(settings)
    key.chmod(0o640)
    with pytest.raises(QAError, match=r"Others may open .*customer\.key; run `chmod"):
        health_site.rights(settings)
    key.chmod(0o600)
    settings.data_dir.chmod(0o705)
    with pytest.raises(QAError, match="Others may open"):
        health_site.rights(settings)


def test_a_token_that_is_easy_to_guess(site: Site) -> None:
    assert "no /metrics" in health_site.secrets(site())
    assert "long enough" in health_site.secrets(site(metrics_token="9f8a7b6c5d4e3f2a1b0c"))
    with pytest.raises(QAError, match="easy to guess"):
        health_site.secrets(site(metrics_token="a" * 32))


def test_a_clock_that_is_off(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert health_site.clock(site()) == "+0.0 s from the database's"
    monkeypatch.setattr("qa.store.work.vitals.clock_offset", lambda _tx: -90.0)
    with pytest.raises(QAError, match="-90 s from the database's"):
        health_site.clock(site())


def test_back_ups_that_are_missing_or_old(site: Site) -> None:
    settings = site()
    assert "nothing to back up" in health_site.backups(settings)
    database = with_call(settings)
    with pytest.raises(QAError, match="No back-up was made yet"):
        health_site.backups(settings)
    with database.write() as tx:
        note(tx, by_command(Act.BACKUP_MADE, "folder"), at=datetime.now(UTC) - timedelta(days=3))
    with pytest.raises(QAError, match="3 days old"):
        health_site.backups(settings)
    with database.write() as tx:
        note(tx, by_command(Act.BACKUP_MADE, "folder"))
    assert health_site.backups(settings) == "the last one is 0 hours old; by hand or timer"
    with database.write() as tx:
        note(tx, by_command(Act.BACKUP_MADE, "folder"), at=datetime.now(UTC) + timedelta(days=1))
    with pytest.raises(QAError, match="yet to come; set the clock"):
        health_site.backups(settings)


def test_what_protects_rows_on_the_disk(site: Site, tmp_path: Path) -> None:
    assert "a file that the desk does not seal; " in at_rest(site())
    device = tmp_path.stat().st_dev
    lvm = tmp_path / "blocks" / f"{os.major(device)}:{os.minor(device)}"
    assert not encrypted(tmp_path, tmp_path / "blocks")
    for name, uuid in (("dm-0", "CRYPT-LUKS2-4f"), ("dm-1", "CRYPT-LUKS2-5a")):  # a volume over two disks
        (lvm / "slaves" / name / "dm").mkdir(parents=True)
        (lvm / "slaves" / name / "dm" / "uuid").write_text(uuid)
    assert encrypted(tmp_path, tmp_path / "blocks")
    (lvm / "slaves" / "sda1").mkdir()
    assert not encrypted(tmp_path, tmp_path / "blocks"), "a part of it is not"


def test_jobs_that_nobody_works_on(site: Site) -> None:
    settings = site()
    database = with_call(settings)
    with pytest.raises(QAError, match="1 jobs wait and no worker lives"):
        health_site.workers(settings)
    with database.write() as tx:
        arrive(tx, "worker-1", "host", "0.1.0")
    assert health_site.workers(settings).startswith("1 alive;")


# where people reach the desk, whether it knows of the proxy, what is said
@pytest.mark.parametrize(
    ("url", "trusts", "bad"),
    [
        ("http://qa.example.org", "true", "in the clear"),
        ("https://qa.example.org", "", "slows everybody down"),
        ("https://qa.example.org", "true", ""),
        ("http://localhost:8501", "", ""),
        (None, "", ""),
    ],
)
def test_a_desk_without_tls(
    site: Site, monkeypatch: pytest.MonkeyPatch, url: str | None, trusts: str, bad: str
) -> None:
    monkeypatch.setenv("QA_TRUST_PROXY", trusts)
    if not bad:
        health_site.tls(site(public_url=url))
        return
    with pytest.raises(QAError, match=bad):
        health_site.tls(site(public_url=url))


def test_a_new_data_folder_is_closed_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    upgrade(f"sqlite:///{folder / 'shenava.db'}")
    assert folder.stat().st_mode & 0o007 == 0
