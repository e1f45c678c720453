"""Back-ups of a site that works on, and restores that put back all or nothing."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from qa.backup import Made, Wanted, back_up, check_backup, restore
from qa.backup import making as making_module
from qa.backup.folder import LIST, Folder, Keeping, superseded
from qa.backup.seals import twin
from qa.cli import main
from qa.errors import BadBackup, InvalidSetting, KeyMissing, QAError
from qa.ingest import open_desk, plan, take_in
from qa.settings import Settings
from qa.store.call.calls import all_media
from qa.store.database import Database
from qa.store.shelf.recordings import Recordings
from qa.store.shelf.rejections import reject
from qa.store.tables import calls
from qa.vault import Keyring, fresh_key, keyring
from tests.cli.conftest import Run, data_dir, one_sentence, qa
from tests.ingest.test_ingest_kills import IMPORT
from tests.store.crash_writer import CALLS
from tests.store.fresh import fresh
from tests.store.samples import new_call
from tests.store.test_store_crash import round_of
from tests.worker.site import ROOT, make_wav

__all__ = ["data_dir", "qa"]
FILES = 4


def filled(settings: Settings, sounds: Path, files: int = FILES) -> Database:
    """A site with recordings, a report and keys."""
    fresh(settings.url)
    database = Database.open(settings.url)
    for n in range(files):
        make_wav(sounds / f"{n}.wav", n, seconds=0.2)
    plain = settings.model_copy(update={"seal": False})  # whether the back-up is sealed, each test says
    with open_desk(database, plain) as desk:
        assert {one.status for one in take_in(desk, plan(desk, [sounds]))} == {"queued"}
    (settings.data_dir / "reports").mkdir()
    (settings.data_dir / "reports" / "weekly-2026-11-14-fa.html").write_text("گزارش", encoding="utf-8")
    return database


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Settings, Database, Made]]:
    """A site and its back-up; tests copy the back-up before they harm it."""
    folder = tmp_path_factory.mktemp("backup")
    settings = Settings(data_dir=folder / "var", database_url=None, seal=False)
    database = filled(settings, folder / "in")
    yield settings, database, back_up(database, settings, Wanted(folder / "saved"))
    database.close()


def copied(made: Made, to: Path) -> Path:
    """The list of a copy of the back-up folder."""
    shutil.copytree(made.list.parent, to)
    return to / made.list.name


def listed(path: Path) -> dict[str, object]:
    return json.loads(path.read_text(encoding="utf-8"))


def test_what_is_restored_is_what_was_there(made: tuple[Settings, Database, Made], tmp_path: Path) -> None:
    settings, database, saved = made
    back = restore(saved.list.parent, tmp_path / "other")
    again = Settings(data_dir=back.into, database_url=None, seal=False)
    with database.read() as ours, Database.open(again.url).read() as theirs:
        rows = calls.select().order_by(calls.c.id)
        assert theirs.execute(rows).all() == ours.execute(rows).all()
        known = all_media(theirs)
    recordings = Recordings(again.recordings_dir)
    assert (len(known), recordings.missing(known), recordings.orphans(known)) == (FILES, (), ())
    for place in [f"recordings/{one}" for one in known] + ["reports/weekly-2026-11-14-fa.html"]:
        assert (back.into / place).read_bytes() == (settings.data_dir / place).read_bytes()
    assert not (back.into / "keys").exists(), "keys do not travel with the data"
    assert saved.manifest.counts["calls"] == FILES == saved.manifest.counts["jobs"]


def test_a_second_backup_copies_only_what_is_new(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "var", database_url=None, seal=False)
    database = filled(settings, tmp_path / "in", 2)
    first = back_up(database, settings, Wanted(tmp_path / "to"))
    make_wav(tmp_path / "later" / "9.wav", 9, seconds=0.2)
    with open_desk(database, settings) as desk:
        list(take_in(desk, plan(desk, [tmp_path / "later"])))
    second = back_up(database, settings, Wanted(tmp_path / "to"))
    sounds = [one for one in second.manifest.files if one.path.startswith("recordings/")]
    newest = next(one for one in sounds if one not in first.manifest.files)
    copy = next(one for one in second.manifest.files if one.path == "shenava.db")
    assert second.added == newest.size + copy.size
    assert len(sounds) == 3
    for one in (first, second):
        assert check_backup(one.list)[1] == one.manifest


@pytest.mark.parametrize("with_keys", [False, True])
def test_keys_go_along_only_when_asked(tmp_path: Path, with_keys: bool) -> None:
    settings = Settings(data_dir=tmp_path / "var", database_url=None, seal=False)
    database = filled(settings, tmp_path / "in", 1)
    key = (settings.keys_dir / "customer.key").read_bytes()
    back_up(database, settings, Wanted(tmp_path / "to", with_keys=with_keys))
    held = any(key in file.read_bytes() for file in (tmp_path / "to").rglob("*") if file.is_file())
    assert held == with_keys
    back = restore(tmp_path / "to", tmp_path / "new").into / "keys" / "customer.key"
    assert back.exists() == with_keys
    assert not with_keys or (back.read_bytes() == key and back.stat().st_mode & 0o077 == 0)


def test_every_backup_of_a_busy_site_is_one_moment(tmp_path: Path) -> None:
    """One process saves reviews and one takes recordings in while back-ups are made."""
    settings = Settings(data_dir=tmp_path / "var", database_url=None, seal=False)
    database = filled(settings, tmp_path / "in", 1)
    for n in range(100, 200):
        make_wav(tmp_path / "more" / f"{n}.wav", n, seconds=0.2)
    writer = [sys.executable, "-m", "tests.store.crash_writer", settings.url]
    taker = [sys.executable, "-c", IMPORT, str(settings.data_dir), str(tmp_path / "more")]
    busy = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for command in (writer, taker)
    ]
    try:
        for process in busy:
            assert process.stdout is not None
            process.stdout.readline()
        sizes: list[int] = []
        for n in range(20):
            with database.read() as tx:
                stored = len(all_media(tx))
            made = back_up(database, settings, Wanted(tmp_path / "to"))
            assert made.manifest.counts["calls"] >= stored, "what was stored before it is in it"
            sizes.append(made.manifest.counts["jobs"])
            one_moment(made, tmp_path / f"new{n}")
            if n >= 3 and sizes[-1] > sizes[0]:
                break
    finally:
        for process in busy:
            process.kill()
            process.communicate()
    print(f"calls that waited in each back-up: {sizes}")
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[-1], "nothing was taken in meanwhile, so nothing was proved"
    database.close()


def one_moment(made: Made, into: Path) -> None:
    """The copy restores with every review whole, and no recording that it names is missing."""
    assert set(made.manifest.missing) <= {new_call(n).media for n in range(CALLS)}, "others have a file"
    back = restore(made.list, into)
    database = Database.open(f"sqlite:///{back.into / 'shenava.db'}")
    with database.read() as tx:
        for key in tx.scalars(
            calls.select().with_only_columns(calls.c.key).where(calls.c.score.is_not(None))
        ):
            assert round_of(tx, key) > 0
    database.close()


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Made]:
    """A site with a key for files at rest, and its back-up."""
    folder = tmp_path_factory.mktemp("sealed")
    settings = Settings(data_dir=folder / "var", database_url=None, vault_key=fresh_key().text)
    database = filled(settings, folder / "in", 1)
    with database.write() as tx:
        reject(tx, "a-name-to-look-for.wav", "a reason", sha256=None, path=None)
    first = back_up(database, settings, Wanted(folder / "saved"))
    assert back_up(database, settings, Wanted(folder / "saved")).added < 2 * first.manifest.files[0].size
    database.close()
    return settings, first


def test_a_sealed_backup_shows_nothing_and_opens_with_its_key(
    sealed: tuple[Settings, Made], tmp_path: Path
) -> None:
    settings, made = sealed
    inside = b"".join(one.read_bytes() for one in made.list.parent.rglob("*") if one.is_file())
    for secret in (b"SQLite format 3", b"a-name-to-look-for", b"RIFF", "گزارش".encode()):
        assert secret not in inside
    assert not list(settings.data_dir.glob(".part*")), "the plain copy of the database is gone"
    back = restore(made.list, tmp_path / "new", None, keyring(settings))
    (sound,) = (file for file in (back.into / "recordings").rglob("*") if file.is_file())
    place = sound.relative_to(back.into)
    assert sound.read_bytes() == (settings.data_dir / place).read_bytes()
    key = "keys/customer.key"
    assert (back.into / key).read_bytes() == (settings.data_dir / key).read_bytes(), "sealed, it may go along"
    assert b"a-name-to-look-for" in (back.into / "shenava.db").read_bytes()


def test_without_its_key_a_sealed_backup_stays_shut(sealed: tuple[Settings, Made], tmp_path: Path) -> None:
    _, made = sealed
    for keys in (Keyring(), Keyring((fresh_key(),))):
        with pytest.raises(KeyMissing):
            restore(made.list, tmp_path / "new", None, keys)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("what", ["list", "seal", "swapped"])
def test_nobody_without_the_key_changes_a_sealed_backup(
    sealed: tuple[Settings, Made], tmp_path: Path, what: str
) -> None:
    settings, made = sealed
    path = copied(made, tmp_path / "saved")
    if what == "list":
        write(path, listed(path) | {"missing": ["ab/cd.wav"]})
    elif what == "seal":
        twin(path).unlink()
    else:
        twin(path).write_bytes(object_of(path, listed(path), "reports/").read_bytes())
    with pytest.raises(QAError, match=r"changed|no seal"):
        restore(path, tmp_path / "new", None, keyring(settings))
    assert not (tmp_path / "new").exists()


def test_after_a_rotation_nothing_stays_under_the_old_key(tmp_path: Path) -> None:
    old, new = fresh_key(), fresh_key()
    settings = Settings(data_dir=tmp_path / "var", database_url=None, vault_key=old.text)
    database = filled(settings, tmp_path / "in", 1)
    back_up(database, settings, Wanted(tmp_path / "to"))
    turned = settings.model_copy(update={"vault_key": f"{new.text},{old.text}"})
    made = back_up(database, turned, Wanted(tmp_path / "to"))
    assert restore(made.list, tmp_path / "new", None, Keyring((new,))).manifest == made.manifest
    database.close()


HARMS: dict[str, tuple[Callable[[Path, dict[str, object]], None], str]] = {}


def harm(says: str) -> Callable[[Callable[[Path, dict[str, object]], None]], None]:
    def add(done: Callable[[Path, dict[str, object]], None]) -> None:
        HARMS[done.__name__] = done, says

    return add


def object_of(path: Path, told: dict[str, object], start: str) -> Path:
    name = next(one["object"] for one in told["files"] if one["path"].startswith(start))  # type: ignore[attr-defined]
    return path.parent / "objects" / name[:2] / name


def write(path: Path, told: dict[str, object]) -> None:
    path.write_text(json.dumps(told), encoding="utf-8")


@harm("was changed")
def a_bit_of_a_recording(path: Path, told: dict[str, object]) -> None:
    file = object_of(path, told, "recordings/")
    data = bytearray(file.read_bytes())
    data[100] ^= 1
    file.write_bytes(data)


@harm("was changed")
def the_database_cut_off(path: Path, told: dict[str, object]) -> None:
    file = object_of(path, told, "shenava.db")
    file.write_bytes(file.read_bytes()[:-4096])


@harm("cannot be read")
def a_file_missing(path: Path, told: dict[str, object]) -> None:
    object_of(path, told, "reports/").unlink()


@harm("is damaged")
def the_list_cut_off(path: Path, told: dict[str, object]) -> None:
    path.write_text(path.read_text("utf-8")[:-40], encoding="utf-8")


@harm("outside the data folder")
def a_place_above(path: Path, told: dict[str, object]) -> None:
    told["files"][1]["path"] = "recordings/../../etc/cron.d/x"  # type: ignore[index]
    write(path, told)


@harm("outside the data folder")
def a_place_from_the_root(path: Path, told: dict[str, object]) -> None:
    told["files"][1]["path"] = "/tmp/x"  # type: ignore[index]
    write(path, told)


@harm("no SHA-256")
def an_object_elsewhere(path: Path, told: dict[str, object]) -> None:
    told["files"][1]["object"] = "../../../etc/passwd"  # type: ignore[index]
    write(path, told)


@harm("newer version")
def a_newer_schema(path: Path, told: dict[str, object]) -> None:
    write(path, told | {"schema": "9999"})


@harm("format 2")
def a_newer_format(path: Path, told: dict[str, object]) -> None:
    write(path, told | {"format": 2})


@harm("The table calls has 4 rows, its list says 5")
def other_counts(path: Path, told: dict[str, object]) -> None:
    told["counts"]["calls"] = 5  # type: ignore[index]
    write(path, told)


@harm("1 recordings of the rows are not in the back-up")
def a_recording_not_listed(path: Path, told: dict[str, object]) -> None:
    files: list[dict[str, object]] = told["files"]  # type: ignore[assignment]
    files.remove(next(one for one in files if str(one["path"]).startswith("recordings/")))
    write(path, told)


@pytest.mark.parametrize("name", HARMS)
def test_a_harmed_backup_is_refused_and_leaves_nothing(
    made: tuple[Settings, Database, Made], tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    do, says = HARMS[name]
    path = copied(made[2], tmp_path / "saved")
    do(path, listed(path))
    capsys.readouterr()
    assert main(["restore", str(path), "--into", str(tmp_path / "new")]) == 2
    assert says in one_sentence(capsys.readouterr().err)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["saved"]


def test_a_live_site_is_never_overwritten(made: tuple[Settings, Database, Made], tmp_path: Path) -> None:
    settings, _, saved = made
    with pytest.raises(InvalidSetting, match="never overwritten"):
        restore(saved.list, settings.data_dir)
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidSetting, match="never overwritten"):
        restore(saved.list, tmp_path / "file")


@pytest.mark.parametrize("to", ["var/saved", "in"])
def test_a_folder_that_is_no_place_for_backups(made: tuple[Settings, Database, Made], to: str) -> None:
    settings, database, _ = made
    with pytest.raises(InvalidSetting, match=r"folder elsewhere|holds other things"):
        back_up(database, settings, Wanted(settings.data_dir.parent / to))


def test_a_backup_that_broke_off_is_none(
    made: tuple[Settings, Database, Made], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, database, _ = made

    def power_cut(*_: object, **__: object) -> Iterator[str]:
        raise KeyboardInterrupt

    monkeypatch.setattr(making_module, "_others", power_cut)
    with pytest.raises(KeyboardInterrupt):
        back_up(database, settings, Wanted(tmp_path / "to"))
    with pytest.raises(BadBackup, match="no whole back-up"):
        restore(tmp_path / "to", tmp_path / "new")
    monkeypatch.undo()
    whole = back_up(database, settings, Wanted(tmp_path / "to"))
    files = {file.name for file in (tmp_path / "to" / "objects").rglob("*") if file.is_file()}
    assert files == {one.object for one in whole.manifest.files}, "what the first one left is gone"


def test_rotation_keeps_days_and_weeks() -> None:
    start = datetime(2026, 11, 1, 12, tzinfo=UTC)
    lists = tuple(Path(LIST.format(start + timedelta(hours=12 * n))) for n in range(60))
    gone = superseded(lists, Keeping(days=3, weeks=4))
    days = [one.name[7:15] for one in lists if one not in gone]
    assert days == ["20261113", "20261120", "20261127", "20261129", "20261130", "20261201"]
    assert superseded(lists[:1], Keeping(days=1, weeks=0)) == ()


def test_rotation_frees_what_no_list_names(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "var", database_url=None, seal=False)
    database = filled(settings, tmp_path / "in", 1)
    first = back_up(database, settings, Wanted(tmp_path / "to"))
    old = first.list.with_name("backup-20200101T000000000000Z.json")
    first.list.rename(old)
    with database.write() as tx:
        tx.execute(text("UPDATE calls SET language = 'fa'"))
    second = back_up(database, settings, Wanted(tmp_path / "to", keeping=Keeping(1, 1)))
    assert Folder(tmp_path / "to").lists() == (second.list,)
    assert second.freed == next(one.size for one in first.manifest.files if one.path == "shenava.db")
    assert check_backup(second.list)[1] == second.manifest


@pytest.mark.postgres
def test_postgresql_is_dumped_and_loaded_whole(
    tmp_path: Path, postgres_server: str, postgres_template: str
) -> None:
    names = ("live", "other")
    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE live TEMPLATE {postgres_template}")
        for name in names[1:]:
            connection.execute(f"CREATE DATABASE {name}")
    live, other = (f"{postgres_server}/{name}" for name in names)
    settings = Settings(data_dir=tmp_path / "var", database_url=live, seal=False)
    database = filled(settings, tmp_path / "in")
    saved = back_up(database, settings, Wanted(tmp_path / "to"))
    assert saved.manifest.database == "postgresql"
    path = copied(saved, tmp_path / "harmed")
    write(path, listed(path) | {"counts": dict(saved.manifest.counts) | {"calls": 5}})
    with pytest.raises(BadBackup, match="The table calls has 4 rows"):
        restore(path, tmp_path / "new", other)
    back = restore(saved.list, tmp_path / "new", other)
    assert not (back.into / "shenava.dump").exists()
    with database.read() as ours, Database.open(other).read() as theirs:
        rows = calls.select().order_by(calls.c.id)
        assert theirs.execute(rows).all() == ours.execute(rows).all()
        assert Recordings(back.into / "recordings").missing(all_media(theirs)) == ()
    with pytest.raises(InvalidSetting, match="holds tables"):
        restore(saved.list, tmp_path / "third", other)
    with pytest.raises(InvalidSetting, match="name an empty database"):
        restore(saved.list, tmp_path / "third")
    database.close()


def test_lists_are_as_documented(qa: Run, tmp_path: Path) -> None:
    qa("init")
    told = json.loads(qa("backup", tmp_path / "to", "--json").out)
    documented = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    shapes = {
        name: json.loads(re.search(rf"```json {name}\n(.*?)```", documented, re.DOTALL)[1])  # type: ignore[index]
        for name in ("backup", "backup_list")
    }
    assert list(told) == list(shapes["backup"])
    written = listed(Path(told["list"]))
    assert list(written) == list(shapes["backup_list"])
    assert list(written["files"][0]) == list(shapes["backup_list"]["files"][0])  # type: ignore[index]
    checked = json.loads(qa("restore", tmp_path / "to", "--check", "--json").out)
    assert {name: told[name] for name in checked} == checked
    assert set(told) - set(checked) == {"added", "freed"}
