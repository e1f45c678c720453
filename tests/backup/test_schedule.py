"""Back-ups that the worker makes on schedule, back-ups as one file, and recordings that stand far away."""

import io
import tarfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qa.backup import Made, Wanted, back_up, check_backup, pack, restore
from qa.backup import objects as objects_module
from qa.backup.errand import AGAIN, BackupErrand
from qa.backup.folder import LIST, Folder, Keeping
from qa.cli import health_site
from qa.cli.errands import errands
from qa.errors import BadBackup, InvalidSetting, QAError, WriteFailed
from qa.ingest import open_desk, plan, take_in
from qa.settings import Settings
from qa.store.call.calls import all_media
from qa.store.database import Database
from qa.store.shelf.recordings import open_recordings
from qa.vault import fresh_key, keyring
from tests.store.fresh import fresh
from tests.worker.site import make_wav

HOUR = 3600.0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Settings, Database]]:
    """A site whose recordings stand in a store far away, sealed; its back-ups are sealed too."""
    folder = tmp_path_factory.mktemp("scheduled")
    settings = Settings(
        data_dir=folder / "var",
        database_url=None,
        vault_key=fresh_key().text,
        recordings_url=f"memory://calls/{folder.name}",
    )
    fresh(settings.url)
    database = Database.open(settings.url)
    for n in range(2):
        make_wav(folder / "in" / f"{n}.wav", n, seconds=0.2)
    with open_desk(database, settings) as desk:
        assert {one.status for one in take_in(desk, plan(desk, [folder / "in"]))} == {"queued"}
    yield settings, database
    database.close()


@dataclass
class Clock:
    """A process's own clock."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def errand_of(site: tuple[Settings, Database], to: Path, clock: Clock) -> BackupErrand:
    settings, database = site
    return BackupErrand(database, settings.model_copy(update={"backup_dir": to}), clock)


def looked(errand: BackupErrand) -> bool:
    """One look, and the back-up that it began is over; True when there was one."""
    began = errand.look()
    if errand._thread is not None:
        errand._thread.join(60)
    return began


def placed(folder: Path, made: datetime) -> Path:
    """The one back-up of a folder, as one of another moment."""
    (path,) = Folder(folder).lists()
    target = folder / LIST.format(made)
    for ending in ("", ".sealed"):
        path.with_name(path.name + ending).rename(f"{target}{ending}")
    return target


def test_the_worker_backs_up_when_it_is_due_and_keeps_what_it_should(
    site: tuple[Settings, Database], tmp_path: Path
) -> None:
    clock, to = Clock(), tmp_path / "to"
    errand = errand_of(site, to, clock)
    assert looked(errand)
    first = placed(to, datetime.now(UTC) - timedelta(days=400))
    clock.now += 60
    assert looked(errand), "the last one is more than a year old"
    second = Folder(to).lists()[-1]
    assert Folder(to).lists() == (first, second), "one stays for a week that has no other"
    assert check_backup(second, keyring(site[0]))[1].counts["calls"] == 2
    clock.now += 60
    assert not looked(errand), "not before 24 hours are over"
    clock.now += 24 * HOUR
    assert looked(errand), "by the process's own clock"


def test_the_worker_has_this_errand_where_the_site_has_a_schedule(tmp_path: Path) -> None:
    plain = Settings(data_dir=tmp_path / "var", database_url=None)
    fresh(plain.url)
    database, to = Database.open(plain.url), tmp_path / "to"
    assert BackupErrand(database, plain).look() is False
    for look in errands(database, plain.model_copy(update={"backup_dir": to})).looks:
        look()
    for thread in threading.enumerate():
        if thread.name == "back-up":
            thread.join(60)
    assert len(Folder(to).lists()) == 1
    database.close()


def test_a_backup_that_reads_differently_is_none_and_no_older_one_goes(
    site: tuple[Settings, Database], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that gives back other bytes than were written to it."""
    clock, to = Clock(), tmp_path / "to"
    errand = errand_of(site, to, clock)
    errand.settings = errand.settings.model_copy(update={"backup_keep_days": 1, "backup_keep_weeks": 0})
    looked(errand)
    old = placed(to, datetime.now(UTC) - timedelta(days=40))
    synced = objects_module.sync_folder

    def flip(folder: Path) -> None:
        for file in folder.glob("[0-9a-f]*"):
            data = bytearray(file.read_bytes())
            data[-1] ^= 1
            file.write_bytes(data)
        synced(folder)

    with monkeypatch.context() as patch:
        patch.setattr(objects_module, "sync_folder", flip)
        clock.now += 60
        looked(errand)
        with pytest.raises(WriteFailed, match="was changed") as told:
            errand.look()
    assert not told.value.permanent, "the worker says it and goes on"
    assert Folder(to).lists() == (old,)
    clock.now += AGAIN
    assert looked(errand)
    (new,) = Folder(to).lists()
    assert new != old
    assert check_backup(new, keyring(site[0]))[1].counts["calls"] == 2


def test_a_clock_that_was_ahead_does_not_stop_backups_and_the_newest_stays_the_newest(
    site: tuple[Settings, Database], tmp_path: Path
) -> None:
    clock, to = Clock(), tmp_path / "to"
    errand = errand_of(site, to, clock)
    looked(errand)
    ahead = placed(to, datetime.now(UTC) + timedelta(days=30))
    clock.now += 60
    assert not looked(errand), "a new newest one: its hours begin now"
    clock.now += 24 * HOUR
    assert looked(errand)
    (newest,) = Folder(to).lists()
    assert newest.name > ahead.name, "it stands for its day, the older one of that day is gone"
    assert check_backup(to, keyring(site[0]))[0] == newest


def test_doctor_says_when_the_schedule_fails(site: tuple[Settings, Database], tmp_path: Path) -> None:
    settings, database = site
    planned = settings.model_copy(update={"backup_dir": tmp_path / "to", "backup_hours": 12.0})
    back_up(database, settings, Wanted(tmp_path / "to", keeping=Keeping(1, 0)))
    assert f"every 12 hours into {tmp_path / 'to'}" in health_site.backups(planned)
    for file in Folder(tmp_path / "to").lists():
        file.unlink()
    with pytest.raises(QAError, match="holds no back-up any more"):
        health_site.backups(planned)


def test_recordings_far_away_are_in_the_backup_and_read_once(
    site: tuple[Settings, Database], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, database = site
    shelf = open_recordings(settings).shelf
    first = back_up(database, settings, Wanted(tmp_path / "to"))
    assert first.manifest.missing == ()
    asked: list[str] = []
    opened = type(shelf).open
    monkeypatch.setattr(type(shelf), "open", lambda self, at: (asked.append(at), opened(self, at))[1])
    second = back_up(database, settings, Wanted(tmp_path / "to"))
    assert asked == [], "what has not changed is not fetched again"
    into = restore(second.list, tmp_path / "new", None, keyring(settings)).into
    with database.read() as tx:
        known = all_media(tx)
    assert len(known) == 2
    for place in known:
        with opened(shelf, place) as stored:
            assert (into / "recordings" / place).read_bytes() == stored.read()


@pytest.fixture(scope="module")
def packed(site: tuple[Settings, Database], tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A back-up of the site as one file."""
    return pack(site[1], site[0], Wanted(tmp_path_factory.mktemp("packed") / "site.tar"))


def test_one_file_holds_the_site(site: tuple[Settings, Database], packed: Made, tmp_path: Path) -> None:
    settings, database = site
    assert [one.name for one in packed.list.parent.iterdir()] == ["site.tar"], "nothing is left beside it"
    assert b"SQLite format 3" not in packed.list.read_bytes()
    assert packed.list.stat().st_mode & 0o077 == 0
    done = restore(packed.list, tmp_path / "new", None, keyring(settings))
    assert done.manifest == packed.manifest
    assert done.manifest.counts["calls"] == 2
    assert len([one for one in (done.into / "recordings").rglob("*") if one.is_file()]) == 2
    with pytest.raises(InvalidSetting, match="never overwritten"):
        pack(database, settings, Wanted(packed.list))
    with pytest.raises(InvalidSetting, match="would be lost with it"):
        pack(database, settings, Wanted(settings.data_dir / "site.tar"))


def members(path: Path) -> list[tuple[tarfile.TarInfo, bytes]]:
    with tarfile.open(path) as tar:
        return [(one, tar.extractfile(one).read()) for one in tar.getmembers()]  # type: ignore[union-attr]


Member = tuple[tarfile.TarInfo, bytes]


def rewritten(path: Path, change: Callable[[tarfile.TarInfo, bytes], Member | None]) -> None:
    kept = [found for one in members(path) if (found := change(*one)) is not None]
    with tarfile.open(path, "w") as tar:
        for info, data in kept:
            info.size = len(data) if info.isreg() else 0
            tar.addfile(info, io.BytesIO(data))


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def a_bit(path: Path) -> None:
    def flip(info: tarfile.TarInfo, data: bytes) -> Member:
        return info, bytes([data[0] ^ 1]) + data[1:] if "objects" in info.name else data

    rewritten(path, flip)


def no_list(path: Path) -> None:
    rewritten(path, lambda info, data: None if info.name.endswith(".json") else (info, data))


def no_seal(path: Path) -> None:
    rewritten(path, lambda info, data: None if info.name.endswith(".sealed") else (info, data))


def links_to_elsewhere(path: Path) -> None:
    def link(info: tarfile.TarInfo, data: bytes) -> Member:
        if "objects" in info.name:
            info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        return info, data

    rewritten(path, link)


def no_archive(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + bytes(2000))


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (cut_off, "no whole archive"),
        (a_bit, "was changed"),
        (no_list, "no whole archive"),
        (no_seal, "no seal"),
        (links_to_elsewhere, "cannot be read"),
        (no_archive, "no whole archive"),
    ],
)
def test_a_harmed_archive_is_refused_and_leaves_nothing(
    site: tuple[Settings, Database], packed: Made, tmp_path: Path, harm: Callable[[Path], None], says: str
) -> None:
    path = tmp_path / "site.tar"
    path.write_bytes(packed.list.read_bytes())
    harm(path)
    with pytest.raises(BadBackup, match=says):
        restore(path, tmp_path / "new", None, keyring(site[0]))
    assert [one.name for one in tmp_path.iterdir()] == ["site.tar"]
