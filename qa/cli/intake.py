"""Commands that bring recordings in: ``init``, ``ingest``, ``work``, ``status``."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import file_progress, print_json, print_line, print_table, warn
from qa.errors import QAError

if TYPE_CHECKING:
    from qa.ingest import Outcome, Waiting

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
GRACE = 30.0  # seconds a worker gets to end by itself


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (init, ingest, work, status):
        app.command()(command)


def init() -> None:
    """Make the data folder and the database, publish the scorecards that come along."""
    settings = setup.site()
    database = setup.opened(settings)
    setup.publish(database, setup.scorecard_chooser(None))
    print_line(f"Ready: {database.label}, recordings in {settings.recordings_dir}.")


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Recordings or folders of them.")],
    metadata: Annotated[Path | None, typer.Option(help="CSV with what is known of each file.")] = None,
    wait: Annotated[bool, typer.Option("--wait", help="Work until every file is done.")] = False,
    as_json: AsJson = False,
) -> None:
    """Register recordings by content and queue them; refused ones go to quarantine with the reason."""
    from qa.ingest import open_desk, plan, take_in

    settings = setup.site()
    database = setup.opened(settings)
    setup.publish(database, setup.scorecard_chooser(None))
    with open_desk(database, settings) as desk:
        batch = plan(desk, paths, metadata)
        for note in batch.notes:
            warn(note)
        outcomes = []
        with file_progress(batch.count, "taking in") as bar:
            for outcome in take_in(desk, batch):
                outcomes.append(outcome)
                bar.next()
                if not wait:
                    _print(outcome, as_json=as_json)
    if wait:
        for outcome in _waited(database, tuple(outcomes)):
            _print(outcome, as_json=as_json)
    bad = [outcome for outcome in outcomes if outcome.status in ("rejected", "failed")]
    if bad and len(bad) == len(outcomes):
        raise QAError(bad[0].reason or "The file was refused." if len(bad) == 1 else f"None of {len(bad)} files could be used; each line says why.")


def work(
    until_idle: Annotated[bool, typer.Option("--until-idle", help="End when nothing is queued.")] = False,
) -> None:
    """Run queued jobs, and the watch folder if there is one, until stopped."""
    from qa.ingest import Watch, clean_orphans
    from qa.worker import WorkerOptions, run_worker

    settings = setup.site()
    database = setup.opened(settings)
    setup.publish(database, setup.scorecard_chooser(None))
    clean_orphans(database, settings)
    watched = (Watch(database, settings, settings.watch_folder).scan,) if settings.watch_folder else ()
    options = WorkerOptions(until_empty=until_idle, errands=watched)
    signal.signal(signal.SIGTERM, lambda *_: options.stop.set())
    run_worker(settings, options)


def status(as_json: AsJson = False) -> None:
    """How many jobs are in each state, what runs now, what failed and why."""
    from qa.store.jobs import counts, list_jobs
    from qa.store.kinds import JobState
    from qa.store.scope import Scope

    database = setup.opened(setup.site())
    with database.read() as tx:
        numbers = counts(tx)
        shown = list_jobs(tx, Scope.all(), (JobState.RUNNING, JobState.FAILED, JobState.DEAD), 50)
    jobs = [
        {"call": j.key, "file": j.file_name, "state": j.state.value, "stage": j.stage, "share": round(j.share, 3), "attempts": j.attempts, "reason": j.reason}
        for j in shown
    ]
    if as_json:
        print_json({"counts": {state.value: count for state, count in numbers.items()}, "jobs": jobs})
        return
    print_line(", ".join(f"{count} {state.value}" for state, count in numbers.items()))
    if jobs:
        columns = ("call", "file", "state", "stage", "reason")
        print_table("Not finished", columns, [tuple(job[c] for c in columns) for job in jobs])


def _waited(database: Any, outcomes: "tuple[Outcome, ...]") -> "tuple[Outcome, ...]":
    from qa.ingest import wait_for

    queued = sum(outcome.status == "queued" for outcome in outcomes)
    if not queued:
        return outcomes
    with _worker() as process, file_progress(queued, "waiting") as bar:

        def tell(now: "Waiting") -> None:
            running = now.running[0] if now.running else None
            bar.to(now.done, f"{running.stage or 'starting'}" if running else "waiting")

        return wait_for(database, outcomes, tell, alive=lambda: process.poll() is None)


@contextmanager
def _worker() -> "Iterator[subprocess.Popen[bytes]]":
    """A worker beside this command, as its own process: a crash of it costs no result here."""
    process = subprocess.Popen([sys.executable, "-m", "qa", "work", "--until-idle"], stdout=subprocess.DEVNULL)  # noqa: S603 -- our own interpreter and module
    try:
        yield process
    finally:
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.terminate()
            process.wait()


def _print(outcome: "Outcome", *, as_json: bool) -> None:
    row = {"path": str(outcome.path), "call": outcome.call, "status": outcome.status, "reason": outcome.reason}
    if as_json:
        print_json(row)
    else:
        print_line(f"{outcome.status:<12} {outcome.call or '–':<12} {outcome.path.name}" + (f": {outcome.reason}" if outcome.reason else ""))
