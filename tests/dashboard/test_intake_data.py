"""The door to ``qa.ingest``: what is told, what is stored, what stays on the disk, and for whom."""

import os
import time
from pathlib import Path

import pytest

from dashboard.data import intake, site, uploads, work
from dashboard.data.intake import Report, Upload
from dashboard.data.site import Scope
from qa.errors import KeyMissing
from qa.store.kinds import JobState
from qa.store.work import jobs
from qa.vault import Keyring, fresh_key, passing
from tests.dashboard.desk import Site
from tests.dashboard.intake_files import NAMED, SHOWN, job, left_on_disk, queued, sound, upload
from tests.store.job_rows import claimed

ALL = Scope.all()


def checked(*uploads: Upload, table: str | None = None) -> Report:
    sheet = None if table is None else upload("metadata.csv", table.encode())
    return intake.check(ALL, uploads, sheet, {}, lambda _done: None)


def taken(*uploads: Upload) -> tuple[intake.Outcome, ...]:
    return intake.take_in(ALL, uploads, None, lambda _done: None)


def test_telling_stores_nothing_and_leaves_nothing(desk_site: Site) -> None:
    report = checked(upload(NAMED, sound(1)), upload("words.mp3", b"only words\n" * 20))
    good, bad = report.files
    assert (good.standing, good.name, good.facts.queue) == ("new", SHOWN, "support")
    assert (bad.standing, bad.wanted) == ("refused", False)
    assert "holds text" in str(bad.problem)
    assert queued() == []
    assert left_on_disk(desk_site.folder) == []
    assert not site.settings().recordings_dir.exists()
    assert (desk_site.folder / "uploads").stat().st_mode & 0o077 == 0  # the owner alone may look


def test_what_lies_on_the_disk_meanwhile_is_sealed_for_this_process_alone(
    desk_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = sound(1)
    batch = [upload(NAMED, data), upload("table.csv", b"file,agent\nx,Sara Karimi\n")]
    with uploads.on_disk(batch[:1], batch[1], frozenset()) as place:
        (path,) = place.files.values()
        assert path.read_bytes() == data
        found = (desk_site.folder / "uploads").rglob("*")
        lying = b"".join(file.read_bytes() for file in found if file.is_file())
        assert len(lying) > len(data)
        assert data[44:200] not in lying
        assert b"Karimi" not in lying
        monkeypatch.setattr(passing, "_ring", lambda: Keyring((fresh_key(),)))  # another process
        with pytest.raises(KeyMissing):
            path.read_bytes()


def test_taking_in_queues_and_leaves_nothing(desk_site: Site) -> None:
    outcome = taken(upload(NAMED, sound(1)))[0]
    assert outcome.status == "queued"
    assert queued() == [SHOWN]
    assert left_on_disk(desk_site.folder) == []
    assert [file.standing for file in checked(upload("other.wav", sound(1))).files] == ["already here"]


def test_two_files_of_one_name_stay_two(desk_site: Site) -> None:
    report = checked(upload("call.wav", sound(1)), upload("call.wav", sound(2)), upload("c.wav", sound(2)))
    assert [file.standing for file in report.files] == ["new", "new", "twice"]
    assert len(taken(upload("call.wav", sound(1)), upload("call.wav", sound(2)))) == 2
    assert queued() == ["call.wav", "call.wav"]


def test_a_transcript_goes_with_the_recording_of_its_name(desk_site: Site) -> None:
    words = b"WEBVTT\n\n00:00.100 --> 00:00.400\n<v Agent>hello there\n"
    batch = (upload("call.vtt", words), upload("call.wav", sound(1)), upload("alone.vtt", words + b"\n"))
    report = checked(*batch)
    assert [(file.name, file.words, file.standing) for file in report.files] == [
        ("call.wav", "call.vtt", "new"),
        ("alone.vtt", None, "new"),
    ]
    assert report.companions == {batch[0].id}
    assert [outcome.status for outcome in taken(*batch)] == ["queued", "queued"]
    assert left_on_disk(desk_site.folder) == []
    (bad,) = checked(upload("b.srt", b"hello"), upload("b.wav", sound(2))).files
    assert "neither SRT" in str(bad.problem)


def test_what_failed_before_is_tried_again(desk_site: Site) -> None:
    key = str(taken(upload("call.wav", sound(1)))[0].call)
    with job(key) as (tx, call_id):
        jobs.fail(tx, call_id, "It broke.")
    file = checked(upload("call.wav", sound(1))).files[0]
    assert (file.standing, file.call, file.wanted) == ("again", key, True)


def test_a_table_tells_and_refuses(desk_site: Site) -> None:
    table = "file,agent_name,time\na.wav,Sara Ahmadi,2026-11-20 09:30\nb.wav,Reza,soon\nlost.wav,X,\n"
    report = checked(upload("a.wav", sound(1)), upload("b.wav", sound(2)), table=table)
    good, bad = report.files
    assert (good.facts.agent_name, good.standing) == ("Sara Ahmadi", "new")
    assert "agent_name" in good.from_table
    assert bad.standing == "refused"
    assert any("lost.wav" in note for note in report.notes)
    assert checked(upload("a.wav", sound(1)), table="name\nx\n").table_problem is not None


def test_what_was_heard_is_not_heard_again(desk_site: Site) -> None:
    one, heard = upload("a.wav", sound(1)), {}
    intake.check(ALL, [one], None, heard, lambda _done: None)
    silent = Upload(one.id, one.name, upload("a.wav", b"").data)  # the content is gone, the memory is not
    assert intake.check(ALL, [silent], None, heard, lambda _done: None).files[0].standing == "new"


@pytest.mark.parametrize("scope", [Scope.of_teams([1]), Scope.of_agent(1), Scope()])
def test_only_those_who_see_everything_bring_recordings(desk_site: Site, scope: Scope) -> None:
    with pytest.raises(PermissionError):
        intake.check(scope, [upload("a.wav", sound(1))], None, {}, lambda _done: None)
    with pytest.raises(PermissionError):
        intake.take_in(scope, [upload("a.wav", sound(1))], None, lambda _done: None)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("call.wav", "call.wav"),
        ("../../etc/passwd", "passwd"),  # a path leads nowhere
        ("C:\\calls\\a.wav", "a.wav"),
        ("a\x00b\n.wav", "a_b_.wav"),
        ("..", "_"),
        ("", "_"),
        ("س" * 200 + ".wav", "س" * 88 + ".wav"),  # 180 bytes at most, the ending stays
    ],
)
def test_names_from_a_browser(name: str, safe: str) -> None:
    assert uploads.safe_name(name) == safe


def test_what_a_dead_process_left_is_swept(desk_site: Site) -> None:
    root = desk_site.folder / "uploads"
    old, young = root / "batch-old", root / "batch-young"
    for folder in (old, young):
        folder.mkdir(parents=True)
        (folder / "call.wav").write_bytes(b"x")
    os.utime(old, (time.time() - 7 * 3600,) * 2)
    checked(upload("a.wav", sound(1)))
    assert left_on_disk(desk_site.folder) == [young]


def test_the_watched_folder_counts_what_is_no_call_yet(
    desk_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "watched"
    assert work.watched() is None
    monkeypatch.setenv("QA_WATCH_FOLDER", str(folder))
    site.settings.cache_clear()
    found = work.watched()
    assert found is not None
    assert not found.there
    folder.mkdir()
    (folder / "a.wav").write_bytes(sound(1))
    (folder / "b.wav").write_bytes(sound(2))
    (folder / "metadata.csv").write_text("file\n")
    taken(upload("elsewhere.wav", sound(1)))
    work._look.clear()
    found = work.watched()
    assert found is not None
    assert (found.there, found.waiting) == (True, 1)


def test_the_worker_gives_signs(desk_site: Site) -> None:
    assert work.worker() == work.Worker(runs=False, last_sign=None)
    key = str(taken(upload("a.wav", sound(1)))[0].call)
    with job(key) as (tx, call_id):
        claimed(tx, call_id, "elsewhere")
    assert work.worker().runs  # on another machine, but its sign is fresh
    with job(key) as (tx, call_id):
        jobs.fail(tx, call_id, "It broke.")
    assert not work.worker().runs
    assert work.worker().last_sign is not None


def test_retry_asks_for_the_scope(desk_site: Site) -> None:
    key = str(taken(upload("a.wav", sound(1)))[0].call)
    assert not work.retry(ALL, key)  # it waits already
    with job(key) as (tx, call_id):
        jobs.fail(tx, call_id, "It broke.")
    with pytest.raises(PermissionError):  # a supervisor tries nothing again
        work.retry(Scope.of_teams([1]), key)
    assert work.retry(ALL, key)
    assert work.board(ALL).counts[JobState.QUEUED] == 1
