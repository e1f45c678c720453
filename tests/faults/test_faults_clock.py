"""A wall clock that jumps by a day in the middle of the work, really made to jump."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from qa.store.kinds import JobState
from qa.store.work.jobs import Job
from qa.worker.watchdog import Silence, Watchdog
from tests.faults.clock import jumping_clock
from tests.store.fresh import fresh
from tests.worker.site import ROOT, Site, all_ended

FAR = timedelta(hours=12)


def sign(site: Site) -> timedelta:
    """How far the worker's last sign of life is from the real time."""
    (job,) = [job for job in site.jobs().values() if job.state is JobState.RUNNING]
    assert job.heartbeat is not None
    return job.heartbeat - datetime.now(UTC)


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 180
    while not holds():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


def measuring(jobs: dict[str, Job]) -> bool:
    return any(job.state is JobState.RUNNING and job.stage == "measure" for job in jobs.values())


def test_a_clock_that_jumps_takes_no_job_and_loses_none(tmp_path: Path) -> None:
    clock = jumping_clock(tmp_path)
    site = Site(tmp_path, around=clock.around)
    (outcome,) = site.ingest(["in-the-middle.wav"])
    site.behave(outcome, "heard")  # it is heard, and waits with its score
    watch = Watchdog(site.database, Silence(20.0))
    with site.worker("worker-1") as process:
        site.wait(measuring, 180)
        for offset, there in (
            ("+1d", lambda: sign(site) > FAR),
            ("-1d", lambda: sign(site) < -FAR),
            ("+0", lambda: abs(sign(site)) < FAR),
        ):
            clock.jump(offset)
            until(lambda there=there: watch.look() == () and there())  # type: ignore[misc]
            assert watch.look() == (), "a worker that lives keeps its job, whatever its clock says"
        clock.jump("-1d")
        site.ingest(["later.wav"], first_seed=7)
        (site.settings.data_dir / f"{outcome.call}.go").write_text("")
        jobs = site.wait(all_ended, 180)
        assert process.poll() is None
    assert {(job.state, job.attempts) for job in jobs.values()} == {(JobState.DONE, 1)}, site.log()
    assert len(site.reviewed()) == len(jobs) == 2
    assert site.integrity() == ["ok"]


def test_a_clock_that_jumps_shuts_nobody_out_and_opens_to_nobody(tmp_path: Path) -> None:
    clock = jumping_clock(tmp_path)
    site = Site(tmp_path, around=clock.around)
    fresh(site.settings.url)
    site.database.close()
    command = [sys.executable, "-m", "tests.faults.clock_signing", str(clock.file)]
    environment = site.environment() | {"QA_DATA_DIR": str(site.settings.data_dir)}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    found = json.loads(ran.stdout)
    assert abs(found["jumped"] - 86400) < 600
    assert not found["ahead, the session"], "forward, sessions end early"
    assert 0 < found["ahead, sara waits"] <= 60
    assert found["back, both sessions"] == [True, True]
    assert found["back, sara waits"] == 0, "what was typed ahead of time shuts nobody out for a day"
    assert found["back, boss waits"] > 0, "a success of tomorrow forgives no wrong password of today"
    assert found["behind, both sessions"] == [True, True], "backward, sessions last longer"
    assert found["behind, boss waits"] == 0
