"""``bench jobs``: how fast jobs are queued and worked off, and how soon a killed one runs again."""

import json
import multiprocessing
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.printing import print_json, print_line
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.settings import Settings
    from qa.store.database import Database
    from qa.store.work.jobs import Job
    from qa.worker import Reviewer

Jobs = Annotated[int, typer.Option(help="How many calls with words, without sound.", min=2, max=100_000)]
Url = Annotated[str | None, typer.Option(help="An empty database on PostgreSQL; without it SQLite.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
PATIENCE = 120.0  # seconds


def jobs(number: Jobs = 100, url: Url = None, as_json: AsJson = False) -> None:
    """Queue calls whose words are known, work them off, kill a worker in the middle of one.

    Each job is a whole review but for the listening. Prints jobs a second, and seconds until the killed one
    runs again under the same worker's name.
    """
    from qa.store.database import Database
    from qa.store.engine.migrate import upgrade

    with tempfile.TemporaryDirectory(prefix="qa-jobs-") as folder:
        from qa.settings import Settings

        settings = Settings(data_dir=Path(folder), database_url=url, executor_id="bench")
        upgrade(settings.url)
        database = Database.open(settings.url)
        shape: dict[str, object] = {"database": database.dialect, "jobs": number}
        shape["queued_a_second"] = round(number / _queued(database, settings, number, "a"))
        shape["done_a_second"] = round(_drained(database, settings), 1)
        _queued(database, settings, 1, "b")
        shape["killed_runs_again_after_seconds"] = round(_rerun(database, settings), 1)
        database.close()
    if as_json:
        print_json(shape)
        return
    for name, value in shape.items():
        print_line(f"{name.replace('_', ' ')}: {value}")


def open_slow(settings: "Settings") -> "Reviewer":
    """A reviewer that is still at it when its worker is killed."""
    from qa.worker.reviewing import open_reader

    reader = open_reader(settings)

    def slow(task: object, progress: object) -> object:
        time.sleep(PATIENCE)
        return reader(task, progress)  # type: ignore[arg-type]

    return slow  # type: ignore[return-value]


def _queued(database: "Database", settings: "Settings", number: int, mark: str) -> float:
    """Seconds until all are in the table."""
    from qa.ingest import open_desk, plan, take_in

    files = []
    for place in range(number):
        said = [
            {"speaker": "agent", "start": n * 2.0, "end": n * 2 + 1.5, "text": f"Line {mark} {place} {n}."}
            for n in range(20)
        ]
        path = settings.data_dir / f"{mark}-{place}.json"
        path.write_text(json.dumps({"language": "en", "utterances": said}), encoding="utf-8")
        files.append(path)
    begun = time.monotonic()
    with open_desk(database, settings) as desk:
        took = [outcome.status for outcome in take_in(desk, plan(desk, files))]
    if took.count("queued") != number:
        raise QAError(f"Only {took.count('queued')} of {number} calls were queued; use an empty database.")
    return time.monotonic() - begun


def _drained(database: "Database", settings: "Settings") -> float:
    """Jobs a second, from the first that began to the last that ended."""
    from qa.store.kinds import JobState
    from qa.store.scope import Scope
    from qa.store.work.jobs import list_jobs
    from qa.worker import WorkerOptions, run_worker
    from qa.worker.reviewing import open_reader

    run_worker(settings, WorkerOptions(until_empty=True, opener=open_reader))
    with database.read() as tx:
        done = list_jobs(tx, Scope.all(), (JobState.DONE,), 100_000)
    times = [(job.started_at, job.finished_at) for job in done if job.started_at and job.finished_at]
    first, last = min(begun for begun, _ in times), max(ended for _, ended in times)
    return len(times) / max(1e-3, (last - first).total_seconds())


def _rerun(database: "Database", settings: "Settings") -> float:
    """Seconds from the start of the next worker until the job that was killed runs again."""
    context = multiprocessing.get_context("spawn")
    first = context.Process(target=_slow_worker, args=(settings,))
    first.start()
    _wait(database, lambda job: job.attempts == 1 and job.stage is None)
    first.kill()
    first.join()
    second = context.Process(target=_slow_worker, args=(settings,))
    begun = time.monotonic()
    second.start()
    _wait(database, lambda job: job.attempts >= 2)
    took = time.monotonic() - begun
    second.kill()
    second.join()
    return took


def _slow_worker(settings: "Settings") -> None:
    from qa.worker import WorkerOptions, run_worker

    run_worker(settings, WorkerOptions(opener=open_slow))


def _wait(database: "Database", until: "Callable[[Job], bool]") -> None:
    from qa.store.work.jobs import running

    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        with database.read() as tx:
            if any(until(job) for job in running(tx)):
                return
        time.sleep(0.05)
    raise QAError(f"No job ran within {PATIENCE:.0f} s; try again on a quieter machine.")
