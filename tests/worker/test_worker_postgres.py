"""The same worker on PostgreSQL: jobs, engine and results in one database."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from qa.store.kinds import JobState
from qa.worker.dbos_queue import forget_tasks, system_url
from tests.store.postgres import find_programs, private_server, server_user
from tests.worker import fleet
from tests.worker.site import Site, all_ended
from tests.worker.test_worker_words import LATER, engine_holds

pytestmark = pytest.mark.postgres


@pytest.fixture
def url() -> Iterator[str]:
    programs, user = find_programs(), server_user()
    if programs is None or user is None:
        print("PostgreSQL tests are skipped: its programs or its user are not on this machine")
        pytest.skip("PostgreSQL is not on this machine")
    with private_server(programs, user) as server:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE site")
        yield f"{server}/site"


def test_two_workers_one_of_them_killed_do_everything_once(tmp_path: Path, url: str) -> None:
    site = Site(tmp_path, url)
    assert system_url(site.settings).startswith("postgresql+psycopg://")
    outcomes = site.ingest([f"call-{n}.wav" for n in range(8)])
    with site.worker("worker-1", "seconds=0.5"):
        with site.worker("worker-2", "seconds=3"):
            site.wait(
                lambda jobs: any(
                    job.executor == "worker-2" and job.stage is not None for job in jobs.values()
                ),
                120,
            )
        # worker-2 was killed in the middle of a job; it comes back under its own name and goes on
        with site.worker("worker-2", "seconds=0.5"):
            jobs = site.wait(all_ended, 120)
    assert {job.state for job in jobs.values()} == {JobState.DONE}, site.log() + site.log("worker-2")
    assert len(jobs) == len(outcomes) == 8
    begun = [line.split()[0] for line in site.reviewed()]
    assert len(begun) == 9, "only the killed job was begun twice"
    assert not (site.settings.data_dir / "jobs.db").exists()
    held = engine_holds(site, LATER)
    assert held[0] == held[1] > 0
    assert forget_tasks(site.settings, LATER) == held[0]
    assert engine_holds(site, LATER) == (0, 0)


def test_the_job_of_a_host_that_is_cut_off_is_done_once_by_another(tmp_path: Path) -> None:
    """The small form of ``python -m tests.worker.fleet``, which waits as long as a site does."""
    if lacks := fleet.why_not():
        print(f"no host is cut off: {lacks}")
        pytest.skip(lacks)
    seen = fleet.cut_off(tmp_path, 2, (3.0, 10.0), patient=False)
    assert seen.seconds < fleet.LIMIT
    assert (seen.calls, seen.evaluations, seen.begun) == (2, 2, 3)
    assert seen.saved_nothing
