"""Transcripts of other recognisers: paired with their recordings, taken in alone, refused when unreadable."""

import json
import os
from pathlib import Path

import pytest

from qa.ingest import Outcome, Watch, open_desk, plan, take_in
from qa.ingest.desk import clean_orphans
from qa.store.call.calls import get_facts
from qa.store.kinds import JobState
from qa.store.made.bulk import delete_calls
from qa.store.shelf.recordings import open_recordings
from qa.store.tables import calls
from qa.store.work.jobs import finish, get_job
from tests.worker.site import Site, make_wav

SRT = """1
00:00:00,500 --> 00:00:03,100
[کارشناس] سلام، وقت بخیر، شرکت پارسا، بفرمایید.

2
00:00:03,600 --> 00:00:06,000
[مشتری] سلام، سفارش من نرسیده.
"""
VERBOSE = {
    "language": "persian",
    "segments": [{"start": 0.0, "end": 2.0, "text": " سلام، بفرمایید", "avg_logprob": -0.1}],
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def run(site: Site, *paths: Path, metadata: Path | None = None) -> list[Outcome]:
    with open_desk(site.database, site.settings) as desk:
        batch = plan(desk, paths, metadata)
        outcomes = list(take_in(desk, batch))
        assert len(outcomes) == batch.count
    return outcomes


def written(path: Path, content: str = SRT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def row(site: Site, outcome: Outcome) -> object:
    with site.database.read() as tx:
        return tx.execute(calls.select().where(calls.c.key == outcome.call)).one()


def test_a_transcript_beside_its_recording_goes_with_it(site: Site) -> None:
    folder = site.folder / "in"
    make_wav(folder / "one.wav", 1)
    make_wav(folder / "two.wav", 2)
    written(folder / "one.srt")
    written(folder / "two.json", json.dumps(VERBOSE, ensure_ascii=False))
    written(folder / "settings.json", '{"volume": 11}')
    one, two = run(site, folder)
    assert (one.status, two.status) == ("queued", "queued")
    kept = open_recordings(site.settings)
    for outcome, ending in ((one, ".srt"), (two, ".json")):
        found = row(site, outcome)
        assert found.media.endswith(".wav")
        assert found.transcript_file.endswith(ending)
        assert kept.file(found.transcript_file).size()
        assert found.duration == pytest.approx(0.5)
    assert clean_orphans(site.database, site.settings) == 0


def test_the_table_names_the_transcript(site: Site) -> None:
    sound = make_wav(site.folder / "in" / "one.wav", 1)
    written(site.folder / "in" / "texts" / "first.srt")
    table = written(site.folder / "t.csv", "file,transcript\none.wav,texts/first.srt\n")
    (outcome,) = run(site, sound, metadata=table)
    assert row(site, outcome).transcript_file.endswith(".srt")


def test_a_transcript_that_the_table_names_and_nobody_has(site: Site) -> None:
    sound = make_wav(site.folder / "in" / "one.wav", 1)
    table = written(site.folder / "t.csv", "file,transcript\none.wav,gone.srt\n")
    (outcome,) = run(site, sound, metadata=table)
    assert outcome.status == "rejected"
    assert "The transcript gone.srt of one.wav is not there" in str(outcome.reason)


@pytest.mark.parametrize(("name", "seconds"), [("alone.srt", 6.0), ("alone.json", None)])
def test_a_transcript_alone_becomes_a_call(site: Site, name: str, seconds: float | None) -> None:
    untimed = json.dumps({"utterances": [{"speaker": "agent", "text": "hello there"}]})
    path = written(site.folder / "in" / name, SRT if name.endswith("srt") else untimed)
    (outcome,) = run(site, path)
    found = row(site, outcome)
    assert (found.media, found.duration, found.channels, found.codec) == (None, seconds, None, None)
    assert found.transcript_file
    assert run(site, path)[0].status == "already here"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("1\n00:00:09,000 --> 00:00:02,000\nhello\n", "ends before it starts"),
        ("hello", "neither SRT, WebVTT nor JSON"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "holds no words"),
    ],
)
def test_nothing_is_stored_when_the_words_cannot_be_read(site: Site, content: str, reason: str) -> None:
    sound = make_wav(site.folder / "in" / "one.wav", 1)
    text = written(site.folder / "in" / "one.srt", content)
    alone = written(site.folder / "in" / "two.srt", content)
    first, second = run(site, sound, text, alone)
    assert (first.status, second.status) == ("rejected", "rejected")
    assert reason in str(first.reason)
    assert reason in str(second.reason)
    assert not list(site.settings.recordings_dir.rglob("*.*"))


def test_words_that_come_later_have_the_call_done_anew(site: Site) -> None:
    folder = site.folder / "in"
    (first,) = run(site, make_wav(folder / "one.wav", 1))
    call = row(site, first).id
    with site.database.write() as tx:
        finish(tx, call)
    (later,) = run(site, written(folder / "one.srt"))
    assert (later.call, later.status) == (first.call, "queued")
    with site.database.read() as tx:
        assert get_facts(tx, call).transcript_file
        job = get_job(tx, call)
    assert job is not None
    assert job.state is JobState.QUEUED
    assert run(site, folder)[0].status == "already here"


def test_the_watched_folder_takes_both(site: Site) -> None:
    folder = site.folder / "inbox"
    make_wav(folder / "one.wav", 1)
    written(folder / "one.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Agent>hello there\n")
    watch = Watch(site.database, site.settings, folder, lambda: 2e9)
    (outcome,) = watch.scan()
    assert row(site, outcome).transcript_file.endswith(".vtt")
    assert watch.scan() == ()


def test_a_recording_waits_for_its_growing_transcript(site: Site) -> None:
    folder, now = site.folder / "inbox", [2e9]
    sound, text = make_wav(folder / "one.wav", 1), written(folder / "one.srt")
    os.utime(sound, (1e9, 1e9))
    os.utime(text, (2e9, 2e9))
    watch = Watch(site.database, site.settings, folder, lambda: now[0])
    assert watch.scan() == ()
    now[0] += 6
    assert [outcome.path for outcome in watch.scan()] == [sound]


def test_deleting_a_call_gives_both_its_files(site: Site) -> None:
    folder = site.folder / "in"
    make_wav(folder / "one.wav", 1)
    written(folder / "one.srt")
    (outcome,) = run(site, folder)
    with site.database.write() as tx:
        gone = delete_calls(tx, [row(site, outcome).id])
    assert sorted(Path(place).suffix for place in gone) == [".srt", ".wav"]
