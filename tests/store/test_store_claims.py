"""Leases: who may write to a job, and who has lost it."""

from collections.abc import Callable

import pytest

from qa.store.call.calls import register
from qa.store.database import Database, Transaction
from qa.store.kinds import CallStatus, JobState
from qa.store.work import claims, jobs
from qa.store.work.claims import Lease
from tests.store.job_rows import call_state, claimed, job, queued
from tests.store.samples import new_call


def test_a_claim_marks_job_and_call_and_counts_the_attempt(database: Database) -> None:
    with database.write() as tx:
        call_id = queued(tx)
        assert claims.claim(tx, call_id, "worker-1") == Lease(call_id, "worker-1", 1)
        assert call_state(tx) == (CallStatus.RUNNING, None)
        found = job(tx, call_id)
        assert (found.state, found.executor, found.attempts) == (JobState.RUNNING, "worker-1", 1)
        assert found.started_at == found.heartbeat is not None


def test_a_running_job_is_claimed_again_by_its_own_executor_alone(database: Database) -> None:
    with database.write() as tx:
        call_id = queued(tx)
        claimed(tx, call_id, "worker-1")
        assert claims.claim(tx, call_id, "worker-2") is None
        assert claims.claim(tx, call_id, "worker-1") == Lease(call_id, "worker-1", 2)


END: dict[str, Callable[[Transaction, int], object]] = {
    "done": jobs.finish,
    "failed": lambda tx, call_id: jobs.fail(tx, call_id, "The file is cut off."),
    "dead": lambda tx, call_id: jobs.fail(tx, call_id, "Given up.", dead=True),
}


@pytest.mark.parametrize("end", END.values(), ids=END)
def test_a_job_that_ended_is_not_to_be_had_and_hears_no_late_word(
    database: Database, end: Callable[[Transaction, int], object]
) -> None:
    with database.write() as tx:
        call_id = queued(tx)
        lease = claimed(tx, call_id)
        end(tx, call_id)
        before = job(tx, call_id)
        assert claims.claim(tx, call_id, "w") is None
        assert not claims.beat(tx, lease, "late", 0.1)
        assert not claims.note_failure(tx, lease, "late")
        assert not claims.hold(tx, lease)
        assert not claims.release(tx, lease)
        assert not claims.renew(tx, call_id)
        assert job(tx, call_id) == before


def test_a_call_without_a_job_is_not_to_be_had(database: Database) -> None:
    with database.write() as tx:
        assert claims.claim(tx, register(tx, new_call(1)).call_id, "w") is None
        assert call_state(tx) == (CallStatus.WAITING, None)


@pytest.mark.parametrize(
    "lost",
    [
        pytest.param(Lease(1, "worker-1", 1), id="an earlier attempt of the same executor"),
        pytest.param(Lease(1, "worker-2", 2), id="another executor"),
        pytest.param(Lease(2, "worker-1", 2), id="another call"),
    ],
)
def test_a_lease_that_is_lost_changes_nothing(database: Database, lost: Lease) -> None:
    with database.write() as tx:
        call_id = queued(tx)
        assert call_id == 1
        claimed(tx, call_id, "worker-1")
        held = claimed(tx, call_id, "worker-1")
        before = job(tx, call_id)
        for write in (claims.beat, claims.hold, claims.release):
            assert not write(tx, lost)
        assert not claims.note_failure(tx, lost, "The disk is full.")
        assert job(tx, call_id) == before
        assert claims.hold(tx, held)


@pytest.mark.parametrize(("share", "kept"), [(-0.1, 0.0), (1.0001, 1.0), (0.5, 0.5)])
def test_a_share_stays_between_0_and_1(database: Database, share: float, kept: float) -> None:
    with database.write() as tx:
        lease = claimed(tx, queued(tx))
        assert claims.beat(tx, lease, "score", share)
        assert job(tx, lease.call_id).share == kept


def test_a_sign_of_life_alone_keeps_the_stage(database: Database) -> None:
    with database.write() as tx:
        lease = claimed(tx, queued(tx))
        claims.beat(tx, lease, "transcribe", 0.4)
        before = job(tx, lease.call_id)
        assert claims.beat(tx, lease)
        after = job(tx, lease.call_id)
        assert (after.stage, after.share) == ("transcribe", 0.4)
        assert before.heartbeat is not None
        assert after.heartbeat is not None
        assert after.heartbeat > before.heartbeat


def test_a_failure_that_may_pass_is_told_while_the_job_is_held(database: Database) -> None:
    with database.write() as tx:
        lease = claimed(tx, queued(tx))
        claims.beat(tx, lease, "transcribe", 0.4)
        assert claims.note_failure(tx, lease, "The disk is full.")
        found = job(tx, lease.call_id)
        assert (found.state, found.reason) == (JobState.RUNNING, "The disk is full.")
        assert (found.stage, found.share) == (None, 0.0)
        assert claimed(tx, lease.call_id).attempt == 2


def test_a_job_given_back_waits_as_a_new_one(database: Database) -> None:
    with database.write() as tx:
        lease = claimed(tx, queued(tx))
        before = job(tx, lease.call_id)
        assert claims.release(tx, lease)
        found = job(tx, lease.call_id)
        assert (found.state, found.executor, found.heartbeat) == (JobState.QUEUED, None, None)
        assert found.queued_at > before.queued_at
        assert call_state(tx) == (CallStatus.WAITING, None)
        assert claims.renew(tx, lease.call_id)
        assert job(tx, lease.call_id).queued_at > found.queued_at
        assert claimed(tx, lease.call_id, "other").attempt == 2
