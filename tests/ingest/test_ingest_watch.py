"""A watched folder, and waiting for what was queued."""

import os
from pathlib import Path

import pytest

from qa.errors import BadMetadata
from qa.ingest import Outcome, Waiting, Watch, wait_for
from qa.store.kinds import CallSource, JobState
from qa.store.tables import calls
from qa.store.work import jobs as store_jobs
from qa.store.work.claims import claim
from tests.worker.site import Site, make_wav

NOW = 1_800_000_000.0


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(site: Site, clock: Clock) -> Watch:
    (site.folder / "inbox").mkdir()
    return Watch(site.database, site.settings, site.folder / "inbox", clock)


def arrive(watch: Watch, name: str, seed: int, *, changed: float) -> Path:
    path = make_wav(watch.folder / name, seed)
    os.utime(path, (changed, changed))
    return path


def names(outcomes: tuple[Outcome, ...]) -> list[tuple[str, str]]:
    return [(outcome.path.name, outcome.status) for outcome in outcomes]


def test_a_file_is_taken_in_once_it_has_stopped_growing(watch: Watch, clock: Clock, site: Site) -> None:
    arrive(watch, "old.wav", 1, changed=NOW - 60)
    growing = arrive(watch, "growing.wav", 2, changed=NOW - 1)
    assert names(watch.scan()) == [("old.wav", "queued")]

    clock.now += 4
    os.utime(growing, (clock.now, clock.now))
    assert watch.scan() == ()
    clock.now += 5
    assert names(watch.scan()) == [("growing.wav", "queued")]
    assert watch.scan() == ()
    with site.database.read() as tx:
        assert {row.source for row in tx.execute(calls.select())} == {CallSource.WATCH}


def test_a_sender_whose_clock_runs_ahead_is_waited_for_and_then_believed(watch: Watch, clock: Clock) -> None:
    arrive(watch, "future.wav", 1, changed=NOW + 3600)
    assert watch.scan() == ()
    clock.now += 5
    assert names(watch.scan()) == [("future.wav", "queued")]


def test_a_broken_file_is_refused_once_and_taken_in_when_it_is_mended(watch: Watch, clock: Clock) -> None:
    path = watch.folder / "a.wav"
    path.write_bytes(b"half a file")
    os.utime(path, (NOW - 60, NOW - 60))
    assert names(watch.scan()) == [("a.wav", "rejected")]
    assert watch.scan() == ()
    arrive(watch, "a.wav", 1, changed=NOW - 30)
    assert names(watch.scan()) == [("a.wav", "queued")]


def test_unfinished_copies_are_left_alone(watch: Watch) -> None:
    for name in ("a.wav.part", ".b.wav.Xy12", "c.wav.tmp"):
        arrive(watch, name, 1, changed=NOW - 60)
    assert watch.scan() == ()


def test_the_table_beside_the_files_is_used_and_a_broken_one_stops_nothing_but_the_scan(
    watch: Watch, site: Site
) -> None:
    arrive(watch, "a.wav", 1, changed=NOW - 60)
    table = watch.folder / "metadata.csv"
    table.write_text("agent\nSara\n", encoding="utf-8")
    with pytest.raises(BadMetadata, match="no column 'file'"):
        watch.scan()
    table.write_text("file,direction\na.wav,out\n", encoding="utf-8")
    assert names(watch.scan()) == [("a.wav", "queued")]
    with site.database.read() as tx:
        assert tx.execute(calls.select()).one().direction == "outbound"


def test_a_call_that_failed_is_not_tried_again_by_a_folder(watch: Watch, site: Site) -> None:
    arrive(watch, "a.wav", 1, changed=NOW - 60)
    (first,) = watch.scan()
    with site.database.write() as tx:
        store_jobs.fail(tx, 1, "The recording holds no audio.")
    (again,) = Watch(site.database, site.settings, watch.folder, watch.clock).scan()  # after a restart
    assert (again.status, again.call) == ("already here", first.call)


def test_waiting_ends_when_every_job_has_ended(site: Site) -> None:
    done, failed, waiting = site.ingest(["a.wav", "b.wav", "c.wav"])
    here, refused = (
        Outcome(done.path, done.call, "already here"),
        Outcome(done.path, None, "rejected", "No sound."),
    )
    seen: list[Waiting] = []

    def progress(state: Waiting) -> None:
        seen.append(state)
        with site.database.write() as tx:
            if len(seen) == 1:
                store_jobs.finish(tx, 1)
                claim(tx, 3, "worker-1")
            elif len(seen) == 2:
                store_jobs.fail(tx, 2, "The recording holds no audio.")
                store_jobs.fail(tx, 3, "Given up.", dead=True)

    outcomes = wait_for(site.database, (here, done, failed, waiting, refused), progress)
    assert [(o.status, o.reason) for o in outcomes] == [
        ("already here", None),
        ("done", None),
        ("failed", "The recording holds no audio."),
        ("failed", "Given up."),
        ("rejected", "No sound."),
    ]
    assert [(s.done, s.count, len(s.running)) for s in seen] == [(0, 3, 0), (1, 3, 1), (3, 3, 0)]


def test_waiting_gives_up_when_nobody_works(site: Site) -> None:
    (outcome,) = site.ingest(["a.wav"])
    assert wait_for(site.database, (outcome,), lambda _state: None, alive=lambda: False) == (outcome,)
    assert site.jobs()[str(outcome.call)].state is JobState.QUEUED
