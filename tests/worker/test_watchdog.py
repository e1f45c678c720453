"""Who is taken for dead: silence is measured by the clock of who watches."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from qa.store.kinds import JobState
from qa.store.work.jobs import Job
from qa.worker.watchdog import Silence

NOW = datetime(2026, 11, 22, tzinfo=UTC)
JOB = Job(
    1, "0123456789ab", "a.wav", JobState.RUNNING, "transcribe", 0.5, 1, None, "w-1", NOW, NOW, NOW, None
)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_clocks_of_others_take_no_job() -> None:
    clock = Clock()
    silence = Silence(40.0, clock)
    for second in range(0, 300, 5):  # a clock an hour behind, and one that jumps, both giving signs
        clock.now = float(second)
        behind = replace(JOB, heartbeat=NOW - timedelta(hours=1) + timedelta(seconds=second))
        jumping = replace(JOB, call_id=2, heartbeat=NOW + timedelta(days=second % 10))
        assert silence.lost([behind, jumping]) == ()


def test_the_same_sign_for_too_long_is_a_lost_job() -> None:
    clock = Clock()
    silence = Silence(40.0, clock)
    assert silence.lost([JOB]) == ()
    clock.now = 39.9
    assert silence.lost([JOB]) == ()
    clock.now = 40.0
    assert silence.lost([JOB]) == (JOB,)


def test_a_new_sign_worker_or_try_begins_anew() -> None:
    for changed in ({"heartbeat": NOW + timedelta(seconds=1)}, {"executor": "w-2"}, {"attempts": 2}):
        clock = Clock()
        silence = Silence(40.0, clock)
        silence.lost([JOB])
        clock.now = 40.0
        assert silence.lost([replace(JOB, **changed)]) == ()


def test_a_job_that_ended_and_runs_again_is_not_judged_by_the_time_between() -> None:
    clock = Clock()
    silence = Silence(40.0, clock)
    silence.lost([JOB])
    silence.lost([])
    clock.now = 100.0
    assert silence.lost([JOB]) == ()
