"""Recordings that kill, fail, or fail for a while; each costs its own job and no other."""

from pathlib import Path

import pytest

from qa.store.kinds import CallStatus, JobState
from qa.store.tables import calls
from tests.worker.site import Site, all_ended


def begun(site: Site, key: str | None) -> int:
    return sum(line.startswith(str(key)) for line in site.reviewed())


def test_each_failure_costs_its_own_job_alone(tmp_path: Path) -> None:
    site = Site(tmp_path)
    killer, bad, bug, unsavable, flaky, hopeless, fine = site.ingest([f"call-{n}.wav" for n in range(7)])
    site.behave(killer, "kill")
    site.behave(bad, "bad")
    site.behave(bug, "bug")
    site.behave(unsavable, "unsavable")
    site.behave(flaky, "flaky 2")
    site.behave(hopeless, "flaky 99")
    with site.worker("worker-1", "retries=2", "pause=0.2"):
        jobs = site.wait(all_ended, 120)

    expected = {  # outcome -> how the job ends, how often it was begun, words of its reason
        killer: (JobState.DEAD, 3, "died (signal 9)"),
        bad: (JobState.FAILED, 1, "The recording holds no audio; export it again."),
        bug: (JobState.FAILED, 1, "KeyError at fake_worker.py"),
        unsavable: (JobState.FAILED, 1, "IntegrityError at"),
        flaky: (JobState.DONE, 3, None),
        hopeless: (JobState.DEAD, 3, "Given up after 3 tries: The disk is full"),
        fine: (JobState.DONE, 1, None),
    }
    for outcome, (state, times, words) in expected.items():
        job = jobs[str(outcome.call)]
        assert (job.state, begun(site, outcome.call), job.attempts) == (state, times, times), job
        assert job.reason is None if words is None else words in str(job.reason), job.reason
    with site.database.read() as tx:
        statuses = {row.key: row.status for row in tx.execute(calls.select())}
    assert statuses[str(killer.call)] is CallStatus.FAILED
    assert statuses[str(flaky.call)] is CallStatus.DONE


def test_no_words_of_a_call_reach_the_log_or_the_reason(tmp_path: Path) -> None:
    site = Site(tmp_path)
    (bug,) = site.ingest(["09121234567.wav"])
    site.behave(bug, "bug")
    with site.worker():
        jobs = site.wait(all_ended)
    for text in (site.log(), str(jobs[str(bug.call)].reason)):
        assert "09121234567" not in text
        assert "سلام" not in text


def test_tries_are_spaced_out_more_and_more(tmp_path: Path) -> None:
    site = Site(tmp_path)
    (flaky,) = site.ingest(["a.wav"])
    site.behave(flaky, "flaky 2")
    seen: list[tuple[int, str | None]] = []

    def watch(jobs: dict) -> bool:
        job = jobs[str(flaky.call)]
        seen.append((job.attempts, job.reason))
        return all_ended(jobs)

    with site.worker("worker-1", "pause=1.0", "seconds=0.1"):
        job = site.wait(watch)[str(flaky.call)]
    waits = [sum(1 for attempts, reason in seen if attempts == n and reason) * 0.1 for n in (1, 2)]
    assert job.state is JobState.DONE
    assert waits[0] >= 0.5, "no pause before the second try"
    assert waits[1] > waits[0] * 1.3, f"the second pause is not longer: {waits}"


def test_a_recording_that_kills_the_whole_worker_is_given_up_and_the_others_are_done(tmp_path: Path) -> None:
    site = Site(tmp_path)
    killer, *others = site.ingest([f"call-{n}.wav" for n in range(3)])
    site.behave(killer, "kill-worker")
    for _ in range(6):
        if all_ended(site.jobs()):
            break
        with site.worker("worker-1", "deaths=2", "seconds=0.1") as process:
            while process.poll() is None and not all_ended(site.jobs()):
                site.wait(lambda jobs: all_ended(jobs) or process.poll() is not None, 60)
    jobs = site.jobs()
    job = jobs[str(killer.call)]
    assert (job.state, begun(site, killer.call)) == (JobState.DEAD, 3), site.log()
    assert "the worker died 3 times over it" in str(job.reason)
    assert {jobs[str(other.call)].state for other in others} == {JobState.DONE}


@pytest.mark.parametrize("state", ["failed", "dead"])
def test_ingesting_a_failed_recording_again_tries_it_again(tmp_path: Path, state: str) -> None:
    site = Site(tmp_path)
    (outcome,) = site.ingest(["a.wav"])
    site.behave(outcome, "bad" if state == "failed" else "flaky 1")
    with site.worker("worker-1", "retries=0"):
        site.wait(all_ended)
        site.behave(outcome, "fine")
        (again,) = site.ingest(["a.wav"])
        assert (again.status, again.call) == ("queued", outcome.call)
        jobs = site.wait(all_ended)
    assert jobs[str(outcome.call)].state is JobState.DONE
