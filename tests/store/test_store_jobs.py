"""The life of a job, as people see it."""

import pytest

from qa.store.database import Database
from qa.store.kinds import CallStatus, JobState
from qa.store.people import team_id
from qa.store.scope import Scope
from qa.store.work import claims, jobs
from tests.store.job_rows import call_state, claimed, job, queued


def test_a_call_has_one_job(database: Database) -> None:
    with database.write() as tx:
        call_id = queued(tx)
        claimed(tx, call_id)
        assert not jobs.enqueue(tx, call_id)
        assert job(tx, call_id).state is JobState.RUNNING


def test_a_job_that_goes_well(database: Database) -> None:
    with database.write() as tx:
        call_id = queued(tx)
        assert jobs.waiting(tx) == (call_id,)
        lease = claimed(tx, call_id, "worker-1")
        assert claims.beat(tx, lease, "transcribe", 0.4)
        found = job(tx, call_id)
        assert (found.stage, found.share) == ("transcribe", 0.4)
        assert (found.executor, found.attempts) == ("worker-1", 1)
        assert found.heartbeat is not None
        jobs.finish(tx, call_id)
        found = job(tx, call_id)
        assert (found.state, found.share) == (JobState.DONE, 1.0)
        assert found.finished_at is not None


@pytest.mark.parametrize(("dead", "state"), [(False, JobState.FAILED), (True, JobState.DEAD)])
def test_a_failed_job_can_be_tried_again_by_a_person(database: Database, dead: bool, state: JobState) -> None:
    with database.write() as tx:
        call_id = queued(tx)
        assert not jobs.requeue(tx, call_id)  # it has not failed
        claimed(tx, call_id)
        jobs.fail(tx, call_id, "The file is cut off.", dead=dead)
        assert (job(tx, call_id).state, job(tx, call_id).reason) == (state, "The file is cut off.")
        assert call_state(tx) == (CallStatus.FAILED, "The file is cut off.")
        assert jobs.requeue(tx, call_id)
        assert call_state(tx) == (CallStatus.WAITING, None)
        again = job(tx, call_id)
        assert (again.state, again.attempts) == (JobState.QUEUED, 0)
        assert (again.reason, again.finished_at) == (None, None)


def test_counts_and_lists(database: Database) -> None:
    with database.write() as tx:
        team = team_id(tx, "one")
        ids = [queued(tx, seed, team_id=team if seed == 2 else None) for seed in range(4)]
        claimed(tx, ids[0])
        jobs.fail(tx, ids[1], "no")
        assert jobs.counts(tx) == {
            JobState.QUEUED: 2, JobState.RUNNING: 1, JobState.DONE: 0, JobState.FAILED: 1, JobState.DEAD: 0,
        }  # fmt: skip
        assert [one.call_id for one in jobs.list_jobs(tx, Scope.all())] == [ids[0], ids[3], ids[2], ids[1]]
        assert [one.call_id for one in jobs.list_jobs(tx, Scope.all(), jobs.MENDABLE)] == [ids[1]]
        assert [one.call_id for one in jobs.list_jobs(tx, Scope.of_teams([team]))] == [ids[2]]
        assert jobs.list_jobs(tx, Scope()) == ()
        assert len(jobs.list_jobs(tx, Scope.all(), limit=2)) == 2


def test_a_job_that_a_worker_holds_shows_its_sign_of_life(database: Database) -> None:
    with database.write() as tx:
        first, second = queued(tx, 1), queued(tx, 2)
        assert jobs.last_sign(tx) is None
        claimed(tx, first, "gone")
        assert [one.call_id for one in jobs.running(tx)] == [first]
        assert job(tx, second).heartbeat is None
        assert jobs.last_sign(tx) == job(tx, first).heartbeat
