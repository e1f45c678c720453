"""Jobs are done: one worker process keeps the books, its child does the heavy work.

Names are loaded when they are asked for: the child needs no database, and is ready the sooner without one.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa.worker.dbos_queue import Retrying
    from qa.worker.port import JobQueue, OpenReviewer, Reviewed, Reviewer, Task, TaskState
    from qa.worker.run import WorkerOptions, run_worker, worker_runs
    from qa.worker.signals import stop_on_signals

__all__ = [
    "JobQueue",
    "OpenReviewer",
    "Retrying",
    "Reviewed",
    "Reviewer",
    "Task",
    "TaskState",
    "WorkerOptions",
    "run_worker",
    "stop_on_signals",
    "worker_runs",
]
_RUN, _PORT = "qa.worker.run", "qa.worker.port"
_PLACES = {
    "Retrying": "qa.worker.dbos_queue",
    "stop_on_signals": "qa.worker.signals",
    **dict.fromkeys(("WorkerOptions", "run_worker", "worker_runs"), _RUN),
    **dict.fromkeys(("JobQueue", "OpenReviewer", "Reviewed", "Reviewer", "Task", "TaskState"), _PORT),
}


def __getattr__(name: str) -> Any:
    """A name of ``__all__``, from the module that it stands in."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)
