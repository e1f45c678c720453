"""Jobs are done: one worker process keeps the books, its child does the heavy work."""

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
