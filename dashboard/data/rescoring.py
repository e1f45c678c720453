"""Scoring calls again from the browser, done by the worker; without one, by a process of its own."""

import os
import subprocess
import sys

from dashboard.data.acting import Act, audited
from dashboard.data.kinds import Role
from dashboard.data.site import database, settings
from dashboard.rights import ask
from qa.settings import ROOT
from qa.store.kinds import RunState
from qa.store.work import runs
from qa.store.work.runs import Run, Wanted
from qa.worker import worker_runs

__all__ = ["GOING", "Run", "RunState", "Wanted", "of_card", "start", "stop"]

GOING = frozenset({RunState.QUEUED, RunState.RUNNING})


def of_card(card: str) -> tuple[Run, ...]:
    """The last runs for a scorecard, the newest first."""
    with database().read() as tx:
        return tuple(run for run in runs.list_runs(tx, 50) if run.wanted.scorecard == card)[:5]


def start(role: Role, by: str, wanted: Wanted) -> Run:
    """Ask for a run and see that somebody does it.

    Raises:
        PermissionError: this role may not.
    """
    ask("rescoring.start", role)
    with database().write() as tx:
        run = runs.open_run(tx, wanted, by)
        audited(tx, Act.RESCORED, f"run:{run.id}", step="asked", scorecard=wanted.scorecard)
    if not worker_runs(settings()):
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "qa", "score-go-on"]
        subprocess.Popen(  # noqa: S603 (our own)
            command, cwd=ROOT, env=environment, start_new_session=True, stdout=subprocess.DEVNULL
        )
    return run


def stop(role: Role, run: int) -> None:
    """End a run; what is scored stays, and it can go on later.

    Raises:
        PermissionError: this role may not.
    """
    ask("rescoring.stop", role)
    with database().write() as tx:
        runs.stop_run(tx, run)
        audited(tx, Act.RESCORED, f"run:{run}", step="stopped")
