"""The real worker with the real recogniser, killed with SIGKILL at random moments while it works.

``python -m tests.cli.kills FOLDER FILES KILLS`` runs it outside the test suite and prints what came of it.
"""

import os
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from qa.ingest import clean_orphans, open_desk, plan, take_in
from qa.settings import Settings
from qa.store.call.calls import all_media
from qa.store.database import Database
from qa.store.kinds import JobState
from qa.store.scope import Scope
from qa.store.shelf.recordings import open_recordings
from qa.store.tables import calls, criterion_results, evaluations, jobs, transcripts
from qa.store.work.jobs import Job, list_jobs
from tests.shared import ROOT, shared_data
from tests.store.fresh import fresh

SHORT = [
    ("A5_small_asr_checks", "stereo_diarization.wav"),
    ("A5_small_asr_checks", "speechmatics_callcentre_stereo.wav"),
    ("B1_fa_shynrdi_utterances", "Shayan12.mp3"),
    ("B1_fa_shynrdi_utterances", "Shayan03.mp3"),
    ("B3_fa_isolated_words", "Dasti.wav"),
    ("B3_fa_isolated_words", "Roshan.wav"),
    ("B3_fa_isolated_words", "Tarik.wav"),
    ("B1_fa_shynrdi_utterances", "Ardalan04.mp3"),
    ("B1_fa_shynrdi_utterances", "Shayan04.mp3"),
    ("A4_datacamp_customer_calls", "sample_customer_call.wav"),
]


@dataclass(frozen=True)
class Result:
    """What was found after the last worker had ended."""

    states: Counter[str]
    rows: dict[str, int]
    orphans: tuple[str, ...]
    missing: tuple[str, ...]
    met: int


def kill_again_and_again(folder: Path, files: int, kills: int, seed: int = 5) -> Result:
    """Ingest short real files, kill ``kills`` workers while jobs are open, then let one worker end."""
    settings = Settings(data_dir=folder / "var", threads=1)
    fresh(settings.url)
    database = Database.open(settings.url)
    with open_desk(database, settings) as desk:
        batch = plan(desk, [shared_data(*parts) for parts in SHORT[:files]])
        assert [outcome.status for outcome in take_in(desk, batch)] == ["queued"] * files
    chance = random.Random(seed)
    met = 0
    for _ in range(kills):
        met += _one_life(settings, database, chance)
        print(dict(_states(database)), f"{met} kills met a running job", flush=True)
    process = _worker(settings, "--until-idle")
    assert process.wait(240) == 0
    clean_orphans(database, settings)
    print("reasons:", [job.reason for job in _jobs(database) if job.reason])
    return _result(database, settings, met)


def _one_life(settings: Settings, database: Database, chance: random.Random) -> bool:
    """Kill a worker while it starts, or soon after a job began to run; True if a job was running then."""
    process = _worker(settings)
    wait = chance.random() > 0.3
    deadline = time.monotonic() + (60 if wait else 0)
    while time.monotonic() < deadline and process.poll() is None:
        now = _states(database)
        if now[JobState.RUNNING] and any(job.stage for job in _jobs(database) if _fresh(job, process)):
            break
        if not now[JobState.QUEUED] and not now[JobState.RUNNING]:
            break
        time.sleep(0.05)
    time.sleep(chance.uniform(0.0, 9.0))
    running = bool(_states(database)[JobState.RUNNING])
    process.kill()
    process.wait()
    return running


def _fresh(job: Job, process: "subprocess.Popen[bytes]") -> bool:
    """A sign of life given by this worker, not by one that was killed before."""
    started = getattr(process, "began", 0.0)
    return job.state is JobState.RUNNING and job.heartbeat is not None and job.heartbeat.timestamp() > started


def _worker(settings: Settings, *arguments: str) -> "subprocess.Popen[bytes]":
    environment = os.environ | {"QA_DATA_DIR": str(settings.data_dir), "QA_THREADS": "1"}
    environment.pop("QA_DATABASE_URL", None)
    with (settings.data_dir / "worker.log").open("ab") as log:
        command = [sys.executable, "-m", "qa", "work", *arguments]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    process.began = time.time()  # type: ignore[attr-defined]
    return process


def _jobs(database: Database) -> tuple[Job, ...]:
    with database.read() as tx:
        return list_jobs(tx, Scope.all())


def _states(database: Database) -> Counter[JobState]:
    return Counter(job.state for job in _jobs(database))


def _result(database: Database, settings: Settings, met: int) -> Result:
    tables = {
        "calls": calls,
        "jobs": jobs,
        "transcripts": transcripts,
        "evaluations": evaluations,
        "verdicts": criterion_results,
    }
    with database.read() as tx:
        rows = {name: len(tx.execute(table.select()).all()) for name, table in tables.items()}
        known = all_media(tx)
    recordings = open_recordings(settings)
    states = Counter(state.value for state in _states(database).elements())
    return Result(states, rows, recordings.orphans(known), recordings.missing(known), met)


if __name__ == "__main__":
    print(kill_again_and_again(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
