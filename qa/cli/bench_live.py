"""``bench live``: how long a person waits from handing in a recording to its words and its score."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import print_json, print_line
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.settings import Settings
    from qa.store.database import Database

Files = Annotated[list[Path], typer.Argument(help="Recordings; each is handed in when the last one is done.")]
Engine = Annotated[str, typer.Option(help="Recogniser: openai, fast or auto.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
LOOK = 0.1
"""Seconds between two looks at the database, which is how exact the times are."""
LONGEST = 1800.0


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds from handing in a recording of so many ``seconds`` of sound."""

    seconds: float
    words: float
    score: float


def live(files: Files, engine: Engine = "fast", as_json: AsJson = False) -> None:
    """Seconds from handing in a recording to its words and to its score, with a worker that runs already.

    A site of its own in a folder that is removed after. Prints the worker's CPU-seconds and the highest
    memory of its largest process too.
    """
    import resource

    with tempfile.TemporaryDirectory(prefix="qa-bench-") as folder:
        changes = {"data_dir": Path(folder), "database_url": None, "engine": engine}
        settings = setup.site().model_copy(update=changes)
        database = setup.ready(settings)
        with _worker(settings):
            waits = [_handed_in(database, settings, path) for path in files]
        database.close()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    shape = bench_shape(waits, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)
    if as_json:
        print_json(shape)
        return
    for wait in waits:
        print_line(
            f"{wait.seconds:.0f} s of sound: words after {wait.words:.1f} s, score after {wait.score:.1f} s"
        )
    print_line(f"worker: {shape['cpu_seconds']} CPU-seconds, {shape['peak_bytes'] / 2**20:.0f} MiB at most")


def bench_shape(waits: list[Wait], cpu: float, peak: int) -> dict[str, Any]:
    """What ``bench live --json`` prints. ``cpu`` is that of the worker with its start, ``peak`` in bytes."""
    calls = [
        {
            "sound_seconds": round(wait.seconds, 1),
            "words_after": round(wait.words, 1),
            "score_after": round(wait.score, 1),
        }
        for wait in waits
    ]
    return {"calls": calls, "cpu_seconds": round(cpu, 1), "peak_bytes": peak}


@contextmanager
def _worker(settings: "Settings") -> Iterator[None]:
    """A worker of that site that has loaded its model; ended as a service manager ends it."""
    environment = os.environ | {"QA_DATA_DIR": str(settings.data_dir), "QA_ENGINE": settings.engine}
    environment.pop("QA_DATABASE_URL", None)
    command = (sys.executable, "-m", "qa", "work")
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603 (our own)
    try:
        _until_ready(process, settings)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _until_ready(process: "subprocess.Popen[bytes]", settings: "Settings") -> None:
    """Until the worker asks its queue for work, which it does when the model is loaded.

    Raises:
        QAError: it ended.
    """
    queue = settings.data_dir / "jobs.db"
    while not queue.exists():
        if process.poll() is not None:
            raise QAError("The worker did not start; the lines above say why.")
        time.sleep(LOOK)


def _handed_in(database: "Database", settings: "Settings", path: Path) -> Wait:
    """Take one recording in and wait for it.

    Raises:
        QAError: it was refused, failed, or was heard of in this run before.
    """
    from qa.ingest import open_desk, plan, take_in
    from qa.store.call.detail import load_head
    from qa.store.call.findings import load_words
    from qa.store.kinds import JobState
    from qa.store.scope import Scope
    from qa.store.work.jobs import get_job

    begun, words = time.monotonic(), None
    with open_desk(database, settings) as desk:
        (outcome,) = take_in(desk, plan(desk, [path]))
    if outcome.status != "queued" or outcome.call is None:
        raise QAError(f"{path.name} was not taken in ({outcome.reason or outcome.status}); give a recording.")
    while (waited := time.monotonic() - begun) < LONGEST:
        with database.read() as tx:
            head = load_head(tx, outcome.call, Scope.all())
            job, heard = get_job(tx, head.id), load_words(tx, head.id)
        if words is None and heard is not None:
            words = waited
        if job is not None and job.state is JobState.DONE:
            return Wait(head.duration or 0.0, words or waited, waited)
        if job is not None and job.state in (JobState.FAILED, JobState.DEAD):
            raise QAError(f"{path.name} could not be reviewed: {job.reason}")
        time.sleep(LOOK)
    raise QAError(f"{path.name} was not done after {LONGEST:.0f} s; give a shorter recording.")
