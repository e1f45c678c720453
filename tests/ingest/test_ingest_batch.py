"""A whole batch: good files become calls with jobs, broken ones are refused with a reason and kept."""

import os
import tempfile
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qa.calendar import local_day
from qa.errors import BadMetadata
from qa.ingest import Outcome, open_desk, plan, take_in
from qa.ingest.desk import clean_orphans
from qa.ingest.walk import find_files
from qa.store.kinds import CallSource, CallStatus, JobState
from qa.store.people import list_agents, list_queues, list_teams
from qa.store.scope import Scope
from qa.store.shelf.quarantine import refused_files
from qa.store.shelf.recordings import open_recordings
from qa.store.shelf.rejections import list_rejections
from qa.store.tables import calls
from qa.store.work.jobs import list_jobs
from qa.vault import is_sealed
from tests.worker.site import Site, make_wav


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def run(site: Site, *paths: Path, metadata: Path | None = None) -> tuple[list[Outcome], tuple[str, ...]]:
    with open_desk(site.database, site.settings) as desk:
        batch = plan(desk, paths, metadata)
        outcomes = list(take_in(desk, batch))
        assert len(outcomes) == batch.count
    return outcomes, batch.notes


def row(site: Site, outcome: Outcome) -> object:
    with site.database.read() as tx:
        return tx.execute(calls.select().where(calls.c.key == outcome.call)).one()


def broken_files(folder: Path) -> dict[str, Path]:
    """Twelve kinds of trouble would do; these four are what a recorder really leaves behind."""
    whole = make_wav(folder / "whole.wav", 999, seconds=2).read_bytes()
    (folder / "whole.wav").unlink()
    contents = {
        "zero.wav": b"",
        "text.wav": b"The call was recorded on Sunday.\n" * 40,
        "headerless.wav": whole[44:],
        "cut.wav": whole[:20],
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in contents}


def test_eight_good_and_four_broken_files(site: Site) -> None:
    folder = site.folder / "in"
    good = [make_wav(folder / "sub" / f"call-{n}.wav", n) for n in range(8)]
    broken = broken_files(folder)

    outcomes, _ = run(site, folder)

    by_status = {
        status: {o.path for o in outcomes if o.status == status} for status in ("queued", "rejected")
    }
    assert by_status == {"queued": set(good), "rejected": set(broken.values())}
    for outcome in outcomes:
        if outcome.status == "rejected":
            assert outcome.path.name in str(outcome.reason)
            assert str(outcome.reason).count(". ") == 0, "one sentence"
    with site.database.read() as tx:
        jobs = list_jobs(tx, Scope.all())
        refused = list_rejections(tx)
    assert {job.state for job in jobs} == {JobState.QUEUED}
    assert {rejection.reason for rejection in refused} == {o.reason for o in outcomes if o.reason}
    for rejection in refused:
        kept = site.settings.quarantine_dir / str(rejection.path)
        with refused_files(open_recordings(site.settings), kept.parent).file(kept.name).open() as file:
            assert file.read() == broken[rejection.file_name].read_bytes()
        assert is_sealed(kept.read_bytes())
        assert kept.with_name(f"{kept.name}.reason.txt").read_text().strip() == rejection.reason
    assert all(file.exists() for file in (*good, *broken.values())), "nothing is taken away"

    again, _ = run(site, folder)
    assert sorted(o.status for o in again) == ["already here"] * 8 + ["rejected"] * 4
    assert {o.call for o in again if o.call} == {o.call for o in outcomes if o.call}
    with site.database.read() as tx:
        assert len(list_rejections(tx)) == 4, "the same refusal is one row"


def test_the_same_content_under_another_name_is_one_call(site: Site) -> None:
    first = make_wav(site.folder / "a.wav", 1)
    second = make_wav(site.folder / "b.WAV", 1)
    outcomes, _ = run(site, first, second, first)
    assert [o.status for o in outcomes] == ["queued", "already here"]
    assert len(list(site.settings.recordings_dir.rglob("*.*"))) == 1


def test_facts_come_from_the_table_first_and_from_the_name_second(site: Site) -> None:
    path = make_wav(site.folder / "external-201-09121234567-20261122-101530-1795329930.9.wav", 1)
    table = site.folder / "calls.csv"
    table.write_text(f"file,agent_name,team,queue\n{path.name},سارا کیانی,فروش,500\n", encoding="utf-8")
    (outcome,), notes = run(site, path, metadata=table)

    found = row(site, outcome)
    started = datetime(2026, 11, 22, 6, 45, 30, tzinfo=UTC)
    assert (found.started_at, found.local_day) == (started, local_day(started, site.settings.zone))
    assert (found.direction, found.source, found.status) == (
        "inbound",
        CallSource.COMMAND,
        CallStatus.WAITING,
    )
    with site.database.read() as tx:
        (agent,), (team,), (queue,) = list_agents(tx), list_teams(tx), list_queues(tx)
    assert (agent.name, agent.team, team.name, queue.name) == ("سارا کیانی", "فروش", "فروش", "500")
    assert (found.agent_id, found.team_id, found.queue_id) == (agent.id, team.id, queue.id)
    assert outcome.notes == ("the agent 'سارا کیانی' is new here",)
    assert notes == ()


def test_a_name_with_an_extension_belongs_to_the_person_behind_it(site: Site) -> None:
    known = make_wav(site.folder / "known.wav", 1)
    other = make_wav(site.folder / "out-09121234567-201-20261122-101530-1795329930.9.wav", 2)
    table = site.folder / "calls.csv"
    table.write_text("file,agent,agent_name\nknown.wav,201,Sara\n", encoding="utf-8")
    outcomes, _ = run(site, known, other, metadata=table)
    with site.database.read() as tx:
        (sara,) = list_agents(tx)
    assert (sara.name, {row(site, o).agent_id for o in outcomes}) == ("Sara", {sara.id})


def test_no_number_is_stored_anywhere(site: Site) -> None:
    number = "09121234567"
    good = make_wav(site.folder / f"q-500-{number}-20261122-101530-1795329930.9.wav", 1)
    bad = site.folder / f"q-500-{number}-20261122-101630-1795329990.9.wav"
    bad.write_bytes(b"no sound at all" * 9)
    outcomes, _ = run(site, good, bad)
    assert [o.status for o in outcomes] == ["queued", "rejected"]
    site.database.close()
    for file in (f for f in site.settings.data_dir.rglob("*") if f.is_file()):
        assert number not in file.name
        assert number.encode() not in file.read_bytes(), file
    assert number[1:] not in str([o.reason for o in outcomes])


def test_a_mistake_in_a_row_refuses_its_file_and_the_rest_goes_on(site: Site) -> None:
    files = [make_wav(site.folder / f"{n}.wav", n) for n in range(3)]
    table = site.folder / "calls.csv"
    table.write_text(
        "file,time\n0.wav,2026-11-22 10:15\n1.wav,2026-22-22\n9.wav,2026-11-22\n", encoding="utf-8"
    )
    outcomes, notes = run(site, *files, metadata=table)
    assert [o.status for o in outcomes] == ["queued", "rejected", "queued"]
    assert outcomes[1].reason == (
        "Line 3 of calls.csv (1.wav) has the time '2026-22-22', which is a date or a time "
        "that does not exist; correct it."
    )
    assert notes[0].startswith("Line 4 of calls.csv names 9.wav, which is not among the files given")
    assert outcomes[2].notes == ("no start time was given; the file's date was used",)
    table.write_text("file,time\n1.wav,2026-12-22\n", encoding="utf-8")
    (mended,), _ = run(site, files[1], metadata=table)
    assert mended.status == "queued"


def test_a_table_that_cannot_be_used_stops_the_batch_before_anything_is_taken_in(site: Site) -> None:
    path = make_wav(site.folder / "a.wav", 1)
    table = site.folder / "calls.csv"
    table.write_text("agent\nSara\n", encoding="utf-8")
    with pytest.raises(BadMetadata, match="no column 'file'"):
        run(site, path, metadata=table)
    assert site.jobs() == {}


def test_paths_that_are_not_there_and_files_that_are_no_recordings(site: Site) -> None:
    folder = site.folder / "in"
    sound = make_wav(folder / "a.wav", 1)
    for name in (".hidden.wav", "b.wav.part", "notes.txt", "calls.csv", ".git/c.wav"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"x")
    outcomes, notes = run(site, folder, site.folder / "gone")
    assert [(o.path, o.status) for o in outcomes] == [(site.folder / "gone", "rejected"), (sound, "queued")]
    assert outcomes[0].reason == "There is no file or folder gone; check the path."
    assert notes == (
        "2 files in the folders are no recordings by their names and were left out (the first is calls.csv); "
        "name them one by one to try them.",
    )


@contextmanager
def as_nobody() -> Iterator[None]:
    """The superuser may read everything, so a test that runs as one steps down for a moment."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(was)


def test_a_folder_that_may_not_be_read_is_named_and_the_rest_is_found() -> None:
    with tempfile.TemporaryDirectory() as place:  # not under tmp_path, which only its owner may enter
        root = Path(place)
        root.chmod(0o755)
        secret, fine = root / "secret", make_wav(root / "fine" / "a.wav", 1)
        secret.mkdir(mode=0)
        with as_nobody():
            found = find_files([root])
    assert found.files == (fine,)
    sentence = "The folder secret cannot be read (Permission denied); correct its rights."
    assert found.unreadable == ((secret, sentence),)


def test_a_file_without_a_row_is_cleaned_but_not_while_a_batch_runs(site: Site) -> None:
    path = make_wav(site.folder / "a.wav", 1)
    (outcome,), _ = run(site, path)
    recordings = site.settings.recordings_dir
    orphan, unfinished = recordings / "ab" / "abcd.wav", recordings / "ab" / ".part-xyz"
    orphan.parent.mkdir()
    orphan.write_bytes(b"left by a crash")
    unfinished.write_bytes(b"left by a crash")
    with open_desk(site.database, site.settings):
        assert clean_orphans(site.database, site.settings) == 0
    assert clean_orphans(site.database, site.settings) == 2
    assert [file.stem[:12] for file in recordings.rglob("*.wav")] == [outcome.call]


def test_a_lost_recording_is_given_back_by_ingesting_it_again(site: Site) -> None:
    path = make_wav(site.folder / "a.wav", 1)
    (first,), _ = run(site, path)
    (kept,) = site.settings.recordings_dir.rglob("*.wav")
    kept.unlink()
    (again,), _ = run(site, path)
    assert (again.status, again.call) == ("already here", first.call)
    place = kept.relative_to(site.settings.recordings_dir).as_posix()
    with open_recordings(site.settings).file(place).open() as file:
        assert file.read() == path.read_bytes()


def test_wave_files_of_this_test_are_what_they_say(site: Site) -> None:
    with wave.open(str(make_wav(site.folder / "a.wav", 1, seconds=1.5))) as file:
        assert (file.getnchannels(), file.getframerate(), file.getnframes()) == (2, 8000, 12000)
