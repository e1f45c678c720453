"""Several workers on one database, and the end of a worker."""

import signal
import time
from pathlib import Path

from qa.store.kinds import JobState
from qa.store.tables import jobs as jobs_table
from qa.worker import worker_runs
from tests.worker.site import Site, all_ended


def has_ended(process: int) -> bool:
    """A process that is gone, or that only waits for its end to be noticed."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_two_workers_share_the_jobs_and_do_none_twice(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.ingest([f"call-{n}.wav" for n in range(12)])
    with site.worker("worker-1", "seconds=0.6"), site.worker("worker-2", "seconds=0.6"):
        jobs = site.wait(all_ended, 120)
    begun = [line.split()[0] for line in site.reviewed()]
    assert sorted(begun) == sorted(jobs), "a job was begun twice"
    assert {job.state for job in jobs.values()} == {JobState.DONE}
    assert {job.executor for job in jobs.values()} == {"worker-1", "worker-2"}


def test_a_second_worker_with_the_same_id_is_refused_with_a_sentence(tmp_path: Path) -> None:
    site = Site(tmp_path)
    assert not worker_runs(site.settings)
    with site.worker():
        site.wait(lambda _jobs: worker_runs(site.settings))
        second = site.start()
        assert second.wait(60) == 2
    assert "A worker with the id 'worker-1' runs already; give this one another QA_EXECUTOR_ID." in site.log()


def test_the_job_of_a_dead_worker_goes_to_another_one(tmp_path: Path) -> None:
    site = Site(tmp_path)
    (outcome,) = site.ingest(["a.wav"])
    with site.worker("worker-1", "seconds=60"):
        site.wait(lambda jobs: jobs[str(outcome.call)].stage is not None)
    with site.worker("worker-2", "silence=2"):
        job = site.wait(all_ended)[str(outcome.call)]
    assert (job.state, job.executor, job.attempts) == (JobState.DONE, "worker-2", 2)


def test_a_worker_that_lost_its_job_saves_nothing(tmp_path: Path) -> None:
    site = Site(tmp_path)
    (outcome,) = site.ingest(["a.wav"])
    with site.worker("worker-1", "seconds=20"):
        site.wait(lambda jobs: jobs[str(outcome.call)].stage is not None)
        with site.database.write() as tx:  # somebody takes the job over
            tx.execute(jobs_table.update().values(executor="worker-9"))
        site.wait(lambda _jobs: "taken over or deleted; nothing was saved" in site.log())
    job = site.jobs()[str(outcome.call)]
    assert (job.state, job.executor) == (JobState.RUNNING, "worker-9")


def test_the_child_ends_at_once_when_the_worker_dies(tmp_path: Path) -> None:
    site = Site(tmp_path)
    (outcome,) = site.ingest(["a.wav"])
    with site.worker("worker-1", "seconds=300"):
        site.wait(lambda jobs: jobs[str(outcome.call)].stage is not None)
    child = int(site.reviewed()[0].split()[1])
    site.wait(lambda _jobs: has_ended(child), seconds=5)


def test_a_polite_end_gives_the_running_job_back_at_once(tmp_path: Path) -> None:
    site = Site(tmp_path)
    (outcome,) = site.ingest(["a.wav"])
    with site.worker("worker-1", "seconds=60") as process:
        site.wait(lambda jobs: jobs[str(outcome.call)].stage is not None)
        asked = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0, site.log()
        assert time.monotonic() - asked < 10
    assert site.jobs()[str(outcome.call)].state is JobState.QUEUED
    with site.worker("worker-2"):
        job = site.wait(all_ended)[str(outcome.call)]
    assert job.state is JobState.DONE


def test_jobs_survive_the_loss_of_the_engine_s_file(tmp_path: Path) -> None:
    site = Site(tmp_path)
    (outcome,) = site.ingest(["a.wav"])
    with site.worker("worker-1", "seconds=60"):
        site.wait(lambda jobs: jobs[str(outcome.call)].stage is not None)
    for file in site.settings.data_dir.glob("jobs.db*"):
        file.unlink()
    with site.worker():
        job = site.wait(all_ended)[str(outcome.call)]
    assert job.state is JobState.DONE
