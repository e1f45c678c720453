"""The life of a job, as people see it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from qa.errors import NotFound
from qa.store import jobs
from qa.store.calls import register
from qa.store.database import Database, Transaction
from qa.store.kinds import CallStatus, JobState
from qa.store.people import team_id
from qa.store.scope import Scope
from qa.store.tables import calls
from qa.store.types import utc_now
from tests.store.samples import new_call


def queued(tx: Transaction, seed: int = 1, **changes: object) -> int:
    call_id = register(tx, new_call(seed, **changes)).call_id
    jobs.enqueue(tx, call_id)
    return call_id


def call_state(tx: Transaction) -> tuple[CallStatus, str | None]:
    row = tx.execute(select(calls.c.status, calls.c.reason)).one()
    return row.status, row.reason


def job(tx: Transaction, call_id: int) -> jobs.Job:
    found = jobs.get_job(tx, call_id)
    assert found is not None
    return found


def test_a_call_has_one_job(database: Database) -> None:
    with database.write() as tx:
        call_id = queued(tx)
        jobs.start(tx, call_id, "worker-1")
        assert not jobs.enqueue(tx, call_id)
        assert job(tx, call_id).state is JobState.RUNNING


def test_a_job_that_goes_well(database: Database) -> None:
    with database.write() as tx:
        call_id = queued(tx)
        assert jobs.waiting(tx) == (call_id,)
        assert jobs.start(tx, call_id, "worker-1") == 1
        assert call_state(tx) == (CallStatus.RUNNING, None)
        jobs.progress(tx, call_id, "transcribe", 0.4)
        found = job(tx, call_id)
        assert (found.stage, found.share, found.executor, found.attempts) == (
            "transcribe",
            0.4,
            "worker-1",
            1,
        )
        assert found.heartbeat is not None
        jobs.finish(tx, call_id)
        found = job(tx, call_id)
        assert (found.state, found.share) == (JobState.DONE, 1.0)
        assert found.finished_at is not None
        jobs.progress(tx, call_id, "late", 0.1)
        assert job(tx, call_id).stage == "transcribe"  # a late word of a finished job changes nothing


@pytest.mark.parametrize(("share", "kept"), [(-0.1, 0.0), (1.0001, 1.0), (0.5, 0.5)])
def test_a_share_stays_between_0_and_1(database: Database, share: float, kept: float) -> None:
    with database.write() as tx:
        call_id = queued(tx)
        jobs.start(tx, call_id, "w")
        jobs.progress(tx, call_id, "score", share)
        assert job(tx, call_id).share == kept


@pytest.mark.parametrize(("dead", "state"), [(False, JobState.FAILED), (True, JobState.DEAD)])
def test_a_failed_job_can_be_tried_again_by_a_person(database: Database, dead: bool, state: JobState) -> None:
    with database.write() as tx:
        call_id = queued(tx)
        assert not jobs.requeue(tx, call_id)  # it has not failed
        jobs.start(tx, call_id, "w")
        jobs.wait_again(tx, call_id, "The disk is full.")
        assert (job(tx, call_id).state, job(tx, call_id).reason) == (JobState.QUEUED, "The disk is full.")
        assert call_state(tx) == (CallStatus.WAITING, None)
        assert jobs.start(tx, call_id, "w") == 2
        jobs.fail(tx, call_id, "The file is cut off.", dead=dead)
        assert (job(tx, call_id).state, job(tx, call_id).reason) == (state, "The file is cut off.")
        assert call_state(tx) == (CallStatus.FAILED, "The file is cut off.")
        assert jobs.requeue(tx, call_id)
        assert call_state(tx) == (CallStatus.WAITING, None)
        again = job(tx, call_id)
        assert (again.state, again.attempts, again.reason, again.finished_at) == (
            JobState.QUEUED,
            0,
            None,
            None,
        )


def test_counts_and_lists(database: Database) -> None:
    with database.write() as tx:
        team = team_id(tx, "one")
        ids = [queued(tx, seed, team_id=team if seed == 2 else None) for seed in range(4)]
        jobs.start(tx, ids[0], "w")
        jobs.fail(tx, ids[1], "no")
        assert jobs.counts(tx) == {
            JobState.QUEUED: 2, JobState.RUNNING: 1, JobState.DONE: 0, JobState.FAILED: 1, JobState.DEAD: 0,
        }  # fmt: skip
        assert [one.call_id for one in jobs.list_jobs(tx, Scope.all())] == [ids[0], ids[3], ids[2], ids[1]]
        assert [one.call_id for one in jobs.list_jobs(tx, Scope.all(), jobs.MENDABLE)] == [ids[1]]
        assert [one.call_id for one in jobs.list_jobs(tx, Scope.of_teams([team]))] == [ids[2]]
        assert jobs.list_jobs(tx, Scope()) == ()
        assert len(jobs.list_jobs(tx, Scope.all(), limit=2)) == 2


def test_a_job_whose_worker_is_gone_is_found_by_its_silence(database: Database) -> None:
    with database.write() as tx:
        first, second = queued(tx, 1), queued(tx, 2)
        jobs.start(tx, first, "gone")
        assert jobs.silent(tx, utc_now() - timedelta(minutes=1)) == ()
        assert [one.call_id for one in jobs.silent(tx, utc_now() + timedelta(minutes=1))] == [first]
        assert job(tx, second).heartbeat is None


def test_a_call_without_a_job_cannot_start(database: Database) -> None:
    with pytest.raises(NotFound, match="has no job"), database.write() as tx:
        jobs.start(tx, register(tx, new_call(1)).call_id, "w")
