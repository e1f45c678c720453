"""What the worker does when disk, database or weights fail under it: it waits, and no job pays for it."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from dashboard.data import push
from dashboard.identity import COOKIE
from qa.store.kinds import JobState
from qa.store.scope import Scope
from tests.dashboard.desk import Site as Desk
from tests.dashboard.desk import new_client, site_at
from tests.faults.small_disk import small_disk
from tests.store.postgres import find_programs, restartable_server, server_user
from tests.worker.fake_worker import GONE
from tests.worker.site import Site, all_ended

JOBS = 4
SURVEY = {"id": "1", "answered": "2026-01-05T10:00:00+03:30", "csat": 5}


def running(jobs: dict[str, object]) -> bool:
    return any(job.state is JobState.RUNNING and job.stage for job in jobs.values())  # type: ignore[attr-defined]


def all_done_at_once(site: Site) -> None:
    """Each job was done, with one attempt, and no recording was heard twice."""
    jobs = site.wait(all_ended, 90)
    assert {(job.state, job.attempts) for job in jobs.values()} == {(JobState.DONE, 1)}, site.log()
    begun = [line.split()[0] for line in site.reviewed()]
    assert len(begun) == len(set(begun)) == JOBS


def test_a_full_disk_makes_the_worker_wait_and_no_job_fail(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        site = Site(disk.root)
        site.ingest([f"{n}.wav" for n in range(JOBS)])
        with site.worker("worker-1", "seconds=0.3", "retries=1", "pause=0.1") as process:
            site.wait(running)
            disk.fill()
            time.sleep(3)  # longer than the review and all its tries take
            assert process.poll() is None
            assert not all_ended(site.jobs()), "pages read on, and nothing was given up"
            disk.free()
            all_done_at_once(site)
        assert site.integrity() == ["ok"]


@contextmanager
def web_of(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], tuple[int, int, int]]]:
    """A desk of this process in front of the same server; a look gives the answers of a page, of pushed rows
    and of the address that proxies ask. What says that the desk cannot reach its data says it in a sentence.
    """
    with site_at(site.settings.data_dir):
        assert site.url is not None
        monkeypatch.setenv("QA_DATABASE_URL", site.url)
        desk = Desk(site.settings.data_dir)
        desk.add("boss")
        client, key = new_client(), push.make(Scope.all(), "crm", "boss")
        session = {"Cookie": f"{COOKIE}={desk.session('boss')}", "Accept": "text/html"}

        def look() -> tuple[int, int, int]:
            page = client.get("/account", headers=session)
            told = client.post("/qa/api/surveys", json=[SURVEY], headers={"Authorization": f"Bearer {key}"})
            if page.status_code == 503:
                assert "The desk cannot reach its data" in page.text
                assert "psycopg" not in page.text + told.text
            return page.status_code, told.status_code, client.get("/readyz").status_code

        yield look


@pytest.mark.postgres
def test_a_server_that_is_killed_and_comes_back_costs_no_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs, user = find_programs(), server_user()
    if programs is None or user is None:
        print("PostgreSQL tests are skipped: its programs or its user are not on this machine")
        pytest.skip("PostgreSQL is not on this machine")
    with restartable_server(programs, user) as server:
        with psycopg.connect(f"{server.url}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE site")
        site = Site(tmp_path, f"{server.url}/site")
        site.ingest([f"{n}.wav" for n in range(JOBS)])
        with (
            web_of(site, monkeypatch) as look,
            site.worker("worker-1", "seconds=0.6", "retries=1", "pause=0.1") as process,
        ):
            site.wait(running)
            assert look() == (200, 200, 200)
            server.end(signal.SIGQUIT)
            assert look() == (503, 503, 503)
            server.start()
            assert look() == (200, 200, 200), "the web process goes on by itself"
            site.wait(lambda jobs: any(job.state is JobState.DONE for job in jobs.values()))
            server.end()
            server.start()
            all_done_at_once(site)
            assert process.poll() is None


def test_weights_that_vanish_end_the_worker_with_one_sentence_and_cost_no_job(tmp_path: Path) -> None:
    site = Site(tmp_path)
    outcomes = site.ingest([f"{n}.wav" for n in range(JOBS)])
    site.behave(outcomes[0], "kill")  # its process dies, so the reviewer has to be loaded anew
    gone = site.settings.data_dir / GONE
    with site.worker("worker-1", "seconds=0.1", "retries=1", "pause=0.1") as process:
        site.wait(running)
        gone.write_text("")
        assert process.wait(60) == 2
    assert site.log().count("The weights are damaged; restore them.") == 1
    open_states = {job.state for job in site.jobs().values() if job.state is not JobState.DONE}
    assert open_states == {JobState.QUEUED}, "no job was failed for the want of weights"
    with site.worker("worker-1") as process:
        assert process.wait(60) == 2
    (site.settings.data_dir / f"{outcomes[0].call}.behaviour").unlink()
    gone.unlink()
    with site.worker("worker-1", "seconds=0.1"):
        jobs = site.wait(all_ended)
    assert {job.state for job in jobs.values()} == {JobState.DONE}, site.log()
