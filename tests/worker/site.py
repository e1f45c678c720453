"""A small site to work on: recordings made of noise, a database, and a worker in a process of its own."""

import os
import subprocess
import sys
import time
import wave
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import text

from qa.ingest import Outcome, open_desk, plan, take_in
from qa.settings import Settings
from qa.store.database import Database
from qa.store.kinds import JobState
from qa.store.scope import Scope
from qa.store.work.jobs import Job, list_jobs
from tests.store.fresh import fresh

ROOT = Path(__file__).resolve().parents[2]
RATE = 8000


def make_wav(path: Path, seed: int, seconds: float = 0.5) -> Path:
    """A real telephone recording in form: 16-bit PCM, 8 kHz, two channels of different noise."""
    rng = np.random.default_rng(seed)
    samples = (rng.normal(0, 3000, (int(seconds * RATE), 2))).astype("<i2")
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return path


@dataclass
class Site:
    """One site under a temporary folder. ``behave`` tells the fake reviewer what a recording does to it."""

    folder: Path
    url: str | None = None
    around: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.settings = self.named("worker-1")
        self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        fresh(self.settings.url)
        self.database = Database.open(self.settings.url)

    def named(self, executor: str, **more: Any) -> Settings:
        return Settings(data_dir=self.folder / "var", database_url=self.url, executor_id=executor, **more)

    def ingest(self, names: list[str], first_seed: int = 0) -> list[Outcome]:
        files = [make_wav(self.folder / "in" / name, first_seed + i) for i, name in enumerate(names)]
        with open_desk(self.database, self.settings) as desk:
            return list(take_in(desk, plan(desk, files)))

    def behave(self, outcome: Outcome, how: str) -> None:
        (self.settings.data_dir / f"{outcome.call}.behaviour").write_text(how, encoding="utf-8")

    def jobs(self) -> dict[str, Job]:
        with self.database.read() as tx:
            return {job.key: job for job in list_jobs(tx, Scope.all(), limit=1000)}

    def integrity(self) -> list[str]:
        """What SQLite says of its pages and links."""
        with self.database.read() as tx:
            said = list(tx.scalars(text("PRAGMA integrity_check")))
            return said + [f"no owner: {row}" for row in tx.execute(text("PRAGMA foreign_key_check"))]

    def reviewed(self) -> list[str]:
        """One line for each review that the fake began: the key of the call and the process."""
        path = self.settings.data_dir / "begun.log"
        return path.read_text(encoding="utf-8").splitlines() if path.exists() else []

    def start(self, executor: str = "worker-1", *arguments: str) -> "subprocess.Popen[bytes]":
        command = [
            sys.executable,
            "-m",
            "tests.worker.fake_worker",
            str(self.settings.data_dir),
            executor,
            *arguments,
        ]
        environment = self.environment()
        log = (self.folder / f"{executor}.log").open("ab")
        with log:
            return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def environment(self) -> dict[str, str]:
        """For a process that works on this site's database."""
        return os.environ | self.around | ({"QA_DATABASE_URL": self.url} if self.url else {})

    def log(self, executor: str = "worker-1") -> str:
        return (self.folder / f"{executor}.log").read_text(encoding="utf-8")

    @contextmanager
    def worker(self, executor: str = "worker-1", *arguments: str):  # noqa: ANN201 (a generator of one process)
        process = self.start(executor, *arguments)
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def wait(self, until: Callable[[dict[str, Job]], bool], seconds: float = 60.0) -> dict[str, Job]:
        """The jobs once they are as wanted; fails with what they are when they never get there."""
        deadline = time.monotonic() + seconds
        while not until(jobs := self.jobs()):
            states = {key: (job.state.value, job.attempts, job.reason) for key, job in jobs.items()}
            if time.monotonic() > deadline:
                raise AssertionError(f"after {seconds} s the jobs are {states}")
            time.sleep(0.1)
        return jobs


def all_ended(jobs: dict[str, Job]) -> bool:
    return all(job.state in (JobState.DONE, JobState.FAILED, JobState.DEAD) for job in jobs.values())
