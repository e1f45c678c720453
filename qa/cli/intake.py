"""Commands that bring recordings in: ``init``, ``ingest``, ``work``, ``status``."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import setup
from qa.cli.printing import file_progress, print_json, print_line, print_table, warn
from qa.errors import QAError, shown_name

if TYPE_CHECKING:
    from qa.ingest import Outcome, Waiting
    from qa.settings import Settings
    from qa.store.database import Database
    from qa.store.work.jobs import Job

Paths = Annotated[
    list[Path], typer.Argument(help="Recordings, transcripts (.json, .srt, .vtt) or folders of them.")
]
Table = Annotated[Path | None, typer.Option(help="CSV with what is known of each file.")]
Wait = Annotated[bool, typer.Option("--wait", help="Work until every file is done.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
UntilIdle = Annotated[bool, typer.Option("--until-idle", help="End when nothing is queued.")]
GRACE = 30.0  # seconds a worker gets to end by itself
BAD = ("rejected", "failed")


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (init, ingest, work, status):
        app.command()(command)


def init() -> None:
    """Make the data folder and the database, publish the scorecards that come along."""
    settings = setup.site()
    database = setup.ready(settings)
    print_line(f"Ready: {database.label}, recordings in {settings.recordings_dir}.")


def ingest(paths: Paths, metadata: Table = None, wait: Wait = False, as_json: AsJson = False) -> None:
    """Register recordings by content and queue them; refused ones go to quarantine with the reason."""
    from qa.ingest import open_desk, plan, take_in

    settings = setup.site()
    database = setup.ready(settings)
    outcomes: list[Outcome] = []
    with open_desk(database, settings) as desk:
        batch = plan(desk, paths, metadata)
        for note in batch.notes:
            warn(note)
        with file_progress(batch.count, "taking in") as bar:
            for outcome in take_in(desk, batch):
                for note in outcome.notes:
                    warn(note)
                if not wait:
                    _print(outcome, as_json=as_json)
                outcomes.append(outcome)
                bar.next()
    setup.audited_alone(database, "imported", "recordings", files=len(outcomes), via="command")
    if wait:
        outcomes = list(_waited(database, settings, tuple(outcomes)))
        for outcome in outcomes:
            _print(outcome, as_json=as_json)
    _check_batch(outcomes, wait=wait)


def work(until_idle: UntilIdle = False) -> None:
    """Run queued jobs, the watch folder if there is one, scoring again and alerts, until stopped."""
    from qa.cli.errands import errands
    from qa.worker import WorkerOptions, run_worker, stop_on_signals

    settings = setup.site()
    database = setup.ready(settings)
    found = errands(database, settings)
    options = WorkerOptions(until_empty=until_idle, errands=found.looks)
    stop_on_signals(options.stop)
    run_worker(settings, options)
    if until_idle:  # the last call may have ended after the last look
        for look in found.last:
            look()


def status(as_json: AsJson = False) -> None:
    """How many jobs are in each state, what runs now, what failed and why."""
    from qa.store.kinds import JobState
    from qa.store.scope import Scope
    from qa.store.work.jobs import counts, list_jobs

    with setup.opened(setup.site()).read() as tx:
        numbers = {state.value: count for state, count in counts(tx).items()}
        open_states = (JobState.RUNNING, JobState.FAILED, JobState.DEAD)
        jobs = [job_shape(job) for job in list_jobs(tx, Scope.all(), open_states, 50)]
    if as_json:
        print_json({"counts": numbers, "jobs": jobs})
        return
    print_line(", ".join(f"{count} {state}" for state, count in numbers.items()))
    if jobs:
        columns = ("call", "file", "state", "stage", "reason")
        print_table("Running or failed", columns, [tuple(job[column] for column in columns) for job in jobs])


def job_shape(job: "Job") -> dict[str, Any]:
    """One job of ``status``."""
    return {
        "call": job.key,
        "file": job.file_name,
        "state": job.state.value,
        "stage": job.stage,
        "share": round(job.share, 3),
        "attempts": job.attempts,
        "reason": job.reason,
    }


def outcome_shape(outcome: "Outcome") -> dict[str, Any]:
    """One file of ``ingest``."""
    return {
        "path": str(outcome.path),
        "call": outcome.call,
        "status": outcome.status,
        "reason": outcome.reason,
    }


def _check_batch(outcomes: "list[Outcome]", *, wait: bool) -> None:
    """Exit code 2 when nothing at all could be used, or when the wait was in vain.

    Raises:
        QAError: that is so.
    """
    bad = [outcome for outcome in outcomes if outcome.status in BAD]
    if bad and len(bad) == len(outcomes):
        raise QAError(
            bad[0].reason or f"{shown_name(bad[0].path)} was refused."
            if len(bad) == 1
            else f"None of {len(bad)} files could be used; the line of each says why."
        )
    queued = sum(outcome.status == "queued" for outcome in outcomes)
    if wait and queued:
        raise QAError(f"The worker has ended and {queued} files stay queued; run `python -m qa work`.")


def _waited(
    database: "Database", settings: "Settings", outcomes: "tuple[Outcome, ...]"
) -> "tuple[Outcome, ...]":
    from qa.ingest import wait_for
    from qa.worker import worker_runs

    queued = sum(outcome.status == "queued" for outcome in outcomes)
    if not queued:
        return outcomes
    with _worker(settings) as process, file_progress(queued, "waiting") as bar:

        def tell(now: "Waiting") -> None:
            running = now.running[0] if now.running else None
            bar.to(now.done, (running.stage or "starting") if running else "waiting")

        def alive() -> bool:
            return (process is not None and process.poll() is None) or worker_runs(settings)

        return wait_for(database, outcomes, tell, alive)


@contextmanager
def _worker(settings: "Settings") -> "Iterator[subprocess.Popen[bytes] | None]":
    """A worker beside this command, as its own process; ``None`` where one runs already."""
    from qa.worker import worker_runs

    if worker_runs(settings):
        yield None
        return
    command = (sys.executable, "-m", "qa", "work", "--until-idle")
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 (our own interpreter)
    try:
        yield process
    finally:
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.terminate()
            process.wait()


def _print(outcome: "Outcome", *, as_json: bool) -> None:
    if as_json:
        print_json(outcome_shape(outcome))
        return
    reason = f": {outcome.reason}" if outcome.reason else ""
    print_line(f"{outcome.status:<12} {outcome.call or '–':<12} {shown_name(outcome.path)}{reason}")
