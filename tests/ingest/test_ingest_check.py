"""What is told before taking in is what taking in does; telling stores nothing."""

from pathlib import Path

import pytest

from qa.audio import content_hash
from qa.ingest import listen, open_desk, plan, preview, take_in
from qa.store.call.calls import get_facts
from qa.store.scope import Scope
from qa.store.shelf.rejections import count_rejections, is_refused
from qa.store.work.jobs import list_jobs
from tests.worker.site import Site, make_wav

TABLE = """file,agent,agent_name,time
call-7.wav,7,,2026-11-20 09:30
other.wav,201,Sara Ahmadi,
bad.wav,1,,soon
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty (0 bytes)"),
        (b"only words\n" * 20, "holds text, not sound"),
        (bytes(range(256)) * 40, "damaged or no sound file"),
    ],
    ids=["empty", "text", "bytes"],
)
def test_a_broken_file_is_told_and_not_kept(site: Site, tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "call.mp3"
    path.write_bytes(content)
    with open_desk(site.database, site.settings) as desk:
        sound = listen(desk, path)
    assert sound.recording is None
    assert sound.problem is not None
    assert said in sound.problem
    with site.database.read() as tx:
        assert count_rejections(tx) == 0
    assert not site.settings.quarantine_dir.exists()


def test_who_says_what(site: Site, tmp_path: Path) -> None:
    """Row first, file name where the row is silent, and a name that the table knows for an extension."""
    names = ("call-7.wav", "q-sales-201-20261120-101500.wav", "bad.wav", "plain.wav")
    files = [make_wav(tmp_path / "in" / name, seed) for seed, name in enumerate(names)]
    table = tmp_path / "metadata.csv"
    table.write_text(TABLE)
    with open_desk(site.database, site.settings) as desk:
        batch = plan(desk, files, table)
        row, named, bad, plain = (preview(desk, batch, file, None) for file in files)
    assert (row.facts.agent, row.from_table >= {"agent", "moment"}) == ("7", True)
    assert (named.facts.queue, "queue" in named.from_table) == ("sales", False)
    assert named.facts.moment is not None
    assert bad.problem is not None
    assert "has the time 'soon'" in bad.problem
    assert (plain.facts.moment, plain.from_table, plain.problem) == (None, frozenset(), None)


def test_the_same_content_is_known_by_its_call(site: Site, tmp_path: Path) -> None:
    first, again = make_wav(tmp_path / "a.wav", 5), make_wav(tmp_path / "b.wav", 5)
    other = make_wav(tmp_path / "c.wav", 6)
    with open_desk(site.database, site.settings) as desk:
        outcome = next(iter(take_in(desk, plan(desk, [first]))))
        batch = plan(desk, [again, other])
        sounds = [listen(desk, path) for path in (again, other)]
        hashes = [sound.recording.sha256 for sound in sounds if sound.recording]
        seen, new = (preview(desk, batch, p, h) for p, h in zip((again, other), hashes, strict=True))
    assert seen.known is not None
    assert seen.known.key == outcome.call
    assert new.known is None
    with site.database.read() as tx:
        jobs = list_jobs(tx, Scope.all())
        assert [job.key for job in jobs] == [outcome.call]  # telling queued nothing
        assert get_facts(tx, jobs[0].call_id).sha256 == hashes[0]


def test_a_refused_file_is_known_by_its_content(site: Site, tmp_path: Path) -> None:
    path = tmp_path / "notes.mp3"
    path.write_text("only words\n" * 20)
    with open_desk(site.database, site.settings) as desk:
        list(take_in(desk, plan(desk, [path])))
    with site.database.read() as tx:
        assert is_refused(tx, content_hash(path))
        assert not is_refused(tx, "0" * 64)
        assert count_rejections(tx) == 1
