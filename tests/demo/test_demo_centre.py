"""The centre is made once, marked everywhere, and goes without touching what is the site's own."""

import itertools
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from qa.demo import DemoState, History, create, demo_state, recordings, remove
from qa.demo.dialogues import read_dialogues
from qa.demo.sessions import WRITTEN
from qa.demo.state import demo_lock
from qa.errors import DemoRefused
from qa.ingest import open_desk, plan, take_in
from qa.pipeline import Sound
from qa.records import Review, Transcript
from qa.settings import Settings
from qa.store import tables
from qa.store.call.calls import all_media
from qa.store.database import Database
from qa.store.kinds import JobState
from qa.store.scope import Scope
from qa.store.shelf.recordings import open_recordings
from qa.store.work.jobs import list_jobs
from tests.worker.site import make_wav

Centre = tuple[Database, Settings]
SMALL = History(40, "fa", datetime(2026, 11, 20, 12, tzinfo=UTC))


def counts(database: Database) -> dict[str, int]:
    with database.read() as tx:
        every = {
            t.name: tx.scalar(select(func.count()).select_from(t)) or 0 for t in tables.metadata.sorted_tables
        }
    return {name: count for name, count in every.items() if count}


def take_in_a_real_call(centre: Centre, folder: Path) -> None:
    database, settings = centre
    path = make_wav(folder / "20261119-101500_ext200_q500.wav", 7, 2.0)
    with open_desk(database, settings) as desk:
        (outcome,) = take_in(desk, plan(desk, [path]))
    assert outcome.status == "queued"


def test_all_of_it_is_marked_and_playable(whole: Centre) -> None:
    database, settings = whole
    with database.read() as tx:
        marked = tx.scalar(select(func.count()).where(tables.calls.c.generated))
        assert marked == counts(database)["calls"] == 3012 + len(WRITTEN)
        for table in (tables.agents, tables.queues, tables.teams):
            assert tx.scalar(select(func.count()).where(~table.c.generated)) == 0
        media = all_media(tx)
        jobs = list_jobs(tx, Scope.all())
    assert len(media) == len(read_dialogues()) == 12
    assert open_recordings(settings).missing(media) == ()
    assert [job.state for job in jobs] == [JobState.QUEUED] * 6
    assert all(job.file_name.startswith("en-") for job in jobs)


def test_a_second_one_is_refused_and_changes_nothing(own: Centre) -> None:
    before = counts(own[0])
    with pytest.raises(DemoRefused, match="open already"):
        next(create(*own, SMALL))
    assert counts(own[0]) == before


def test_it_goes_and_a_real_call_stays(own: Centre, tmp_path: Path) -> None:
    database, settings = own
    take_in_a_real_call(own, tmp_path)
    assert remove(database, settings) == 12
    assert demo_state(database, settings) is DemoState.ABSENT
    left = counts(database)
    assert (left["calls"], left["jobs"]) == (1, 1)
    assert not {"evaluations", "transcripts", "measurements", "criterion_results"} & set(left)
    with database.read() as tx:
        media = all_media(tx)
        assert tx.scalar(select(func.count()).where(tables.calls.c.generated)) == 0
    kept = open_recordings(settings)
    assert len(media) == 1
    assert (kept.missing(media), kept.orphans(media)) == ((), ())
    assert remove(database, settings) == 0
    assert counts(database) == left


@pytest.fixture(scope="module")
def known() -> dict[object, Any]:
    return {}


@pytest.fixture
def heard_once(monkeypatch: pytest.MonkeyPatch, known: dict[object, Any]) -> None:
    """A recording is decoded, and reviewed with its transcript, once for all tests here."""
    decode, review = recordings.decode, recordings.review_transcript

    def decoded(path: Path, **limits: float) -> Any:
        if path not in known:
            known[path] = decode(path, **limits)
        return known[path]

    def reviewed(transcript: Transcript, sound: Sound, *rest: Any) -> Review:
        key = (transcript, sound.recording)
        if key not in known:
            known[key] = review(transcript, sound, *rest)
        return known[key]

    monkeypatch.setattr(recordings, "decode", decoded)
    monkeypatch.setattr(recordings, "review_transcript", reviewed)


# How far it came: nothing written yet, history written, some recordings in, all but the last word.
@pytest.mark.parametrize("steps", [1, 2, 7, 14])
@pytest.mark.usefixtures("heard_once")
def test_a_half_made_one_is_made_anew(bare: Centre, steps: int, tmp_path: Path) -> None:
    take_in_a_real_call(bare, tmp_path)
    half = create(*bare, SMALL)
    list(itertools.islice(half, steps))
    assert demo_state(*bare) is DemoState.MAKING
    half.close()  # what a process that dies leaves behind
    assert demo_state(*bare) is DemoState.UNFINISHED
    assert list(create(*bare, SMALL))[-1] == 1.0
    assert demo_state(*bare) is DemoState.READY
    assert counts(bare[0])["calls"] == 40 + 12 + len(WRITTEN) + 1


def test_two_at_a_time_are_refused(bare: Centre) -> None:
    with demo_lock(bare[1]) as alone:
        assert alone
        with pytest.raises(DemoRefused, match="right now"):
            next(create(*bare, SMALL))
        with pytest.raises(DemoRefused, match="right now"):
            remove(*bare)
    assert counts(bare[0]) == {}
