"""Two tasks at the same time: each gets its own answer."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qa.records import Transcript
from qa.store.call.calls import get_facts
from qa.store.shelf.recordings import open_recordings
from qa.worker.child import Child
from qa.worker.port import Task
from qa.worker.signs import LostError
from tests.store.samples import review
from tests.worker.fake_worker import SECONDS, open_fake
from tests.worker.site import ROOT, Site


class Quiet:
    def __call__(self, stage: str, share: float) -> None:
        pass

    def heard(self, words: object) -> None:
        pass


@pytest.fixture
def child(site: Site) -> Iterator[Child]:
    made = Child(site.settings, open_fake)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv(SECONDS, "0.2")
    made = Site(tmp_path)
    made.ingest([f"{n}.wav" for n in range(4)])
    return made


def tasks(site: Site) -> list[tuple[Task, Transcript]]:
    """What is asked, and the words that answer it."""
    recordings = open_recordings(site.settings)
    with site.database.read() as tx:
        facts = [get_facts(tx, number) for number in range(1, 5)]
    return [
        (
            Task(one.call_id, recordings.file(str(one.media)), None, None, None, None, None, (), ()),
            review(int(one.key[:6], 16)).transcript,
        )
        for one in facts
    ]


def test_answers_are_never_those_of_another_recording(site: Site, child: Child) -> None:
    asked = tasks(site)
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda one: child.review(one[0], Quiet(), lambda: False), asked))
    assert [one.review.transcript for one in found] == [words for _task, words in asked]


def test_who_gives_up_waiting_disturbs_nobody(site: Site, child: Child) -> None:
    """A task that loses its job while another has the reviewer must not end the other's work."""
    (first, words), (second, _words), *_rest = tasks(site)
    at_work, lost = threading.Event(), threading.Event()

    class Slow(Quiet):
        def __call__(self, stage: str, share: float) -> None:
            at_work.set()
            lost.wait(60)

    def loses() -> bool:
        lost.set()
        raise LostError

    with ThreadPoolExecutor(1) as threads:
        kept = threads.submit(child.review, first, Slow(), lambda: False)
        assert at_work.wait(60)
        with pytest.raises(LostError):
            child.review(second, Quiet(), loses)
        assert kept.result(60).review.transcript == words


def test_neither_process_loads_what_it_needs_later() -> None:
    """The reviewing one no database; the worker no reports, alerts and figures before its first look."""
    child = "import qa.worker.child, qa.worker.opening"
    worker = "import qa.worker.run\nfrom qa.cli.errands import errands\nerrands(None, Settings())"
    later = {child: {"sqlalchemy", "dbos"}, worker: {"polars", "dbos", "qa.report", "torch"}}
    for code, without in later.items():
        whole = f"import sys\nfrom qa.settings import Settings\n{code}\nprint(*sys.modules)"
        told = subprocess.check_output([sys.executable, "-c", whole], cwd=ROOT, text=True)
        assert without & set(told.split()) == set()
