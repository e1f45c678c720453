"""Two tasks at the same time: each gets its own answer."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qa.store.calls import get_facts
from qa.store.recordings import open_recordings
from qa.worker.child import Child
from qa.worker.port import Task
from tests.store.samples import review
from tests.worker.fake_worker import SECONDS, open_fake
from tests.worker.site import Site


class Quiet:
    def __call__(self, stage: str, share: float) -> None:
        pass

    def heard(self, words: object) -> None:
        pass


def test_answers_are_never_those_of_another_recording(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SECONDS, "0.2")
    site = Site(tmp_path)
    site.ingest([f"{n}.wav" for n in range(4)])
    recordings = open_recordings(site.settings)
    with site.database.read() as tx:
        facts = [get_facts(tx, number) for number in range(1, 5)]
    tasks = [
        Task(one.call_id, recordings.file(str(one.media)), None, None, None, None, None, (), ())
        for one in facts
    ]
    child = Child(site.settings, open_fake)
    child.start()
    try:
        with ThreadPoolExecutor(4) as threads:
            found = list(threads.map(lambda task: child.review(task, Quiet(), lambda: False), tasks))
    finally:
        child.stop()
    wanted = [review(int(one.key[:6], 16)).transcript for one in facts]
    assert [one.review.transcript for one in found] == wanted
