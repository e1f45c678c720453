"""The job engine: DBOS with its state in SQLite beside the database, or in the same PostgreSQL.

DBOS re-runs what was running when the process died (same executor id), repeats a step with back-off, and
gives up a task over which processes keep dying. It knows task names and call numbers only, as JSON: no
recording, no word of a call ever reaches its tables.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from qa.errors import QAError
from qa.settings import Settings
from qa.store.database import connect_args, parse_url
from qa.store.engine.outages import outages_told
from qa.worker.port import TaskState

APPLICATION = "shenava"
QUEUE = "reviews"
VERSION = "1"
"""Names the shape of the workflow. Tasks of another version are not resumed, so it changes only with it."""

POLL = 0.2  # seconds
ENGINE = "of the job engine"

ENDED = ("SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")
FORGOTTEN_AT_ONCE = 500

_STATES = {
    "ENQUEUED": TaskState.WAITING,
    "DELAYED": TaskState.WAITING,
    "PENDING": TaskState.RUNNING,
    "MAX_RECOVERY_ATTEMPTS_EXCEEDED": TaskState.DEAD,
}


@dataclass(frozen=True, slots=True)
class Retrying:
    """How a task is repeated.

    ``again`` more tries after a failure that may pass, ``pause`` seconds before the first of them and
    ``factor`` times as long before each next one. ``deaths``: how often the whole worker may die over a
    task; many, because a power cut or an operator is the usual cause, and a recording that kills its own
    process does not take the worker with it.
    """

    again: int = 3
    pause: float = 2.0
    factor: float = 3.0
    deaths: int = 50


@dataclass(frozen=True, slots=True)
class Handlers:
    """``work`` does a task; a QAError that is not permanent asks to be called again.

    ``give_up`` gets the sentence of the last one when that did not help.
    """

    work: Callable[[str, int], str]
    give_up: Callable[[str, int, str], None]


class DbosQueue:
    """The ``JobQueue`` on DBOS. One a process."""

    def __init__(self, settings: Settings, handlers: Handlers, retrying: Retrying) -> None:
        from dbos import DBOS, DBOSPortableJSONSerializer, SetWorkflowID

        logging.getLogger("dbos").setLevel(logging.ERROR)
        self._dbos = DBOS
        self._named = SetWorkflowID
        server = not settings.url.startswith("sqlite")
        DBOS(
            config={
                "name": APPLICATION,
                "system_database_url": system_url(settings),
                "executor_id": settings.executor_id,
                "application_version": VERSION,
                "serializer": DBOSPortableJSONSerializer(),
                "enable_otlp": False,
                "log_level": "ERROR",
                "db_engine_kwargs": {"connect_args": connect_args(parse_url(settings.url))} if server else {},
            }
        )
        self._held: set[str] = set()
        self._workflow = _define(DBOS, handlers, retrying, self._held)
        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=1, polling_interval_sec=POLL)

    def submit(self, task: str, call_id: int) -> None:
        """Queue a task; the same name a second time changes nothing."""
        with outages_told(ENGINE), self._named(task):
            self._dbos.enqueue_workflow(QUEUE, self._workflow, task, call_id)

    def state(self, task: str) -> TaskState:
        """What became of a task."""
        with outages_told(ENGINE):
            status = self._dbos.get_workflow_status(task)
        return TaskState.UNKNOWN if status is None else _STATES.get(status.status, TaskState.ENDED)

    def holds(self, task: str) -> bool:
        """True while this process works on a task, pauses between its tries included."""
        return task in self._held

    def cancel(self, task: str) -> None:
        """Give a task up that another process holds; one that is not known or has ended stays as it is."""
        if self.state(task) in (TaskState.WAITING, TaskState.RUNNING):
            with outages_told(ENGINE):
                self._dbos.cancel_workflow(task)

    def close(self) -> None:
        """Stop starting tasks; a running one is left to be resumed."""
        self._dbos.destroy(destroy_registry=True)


def forget_tasks(settings: Settings, before: datetime) -> int:
    """Have the engine forget some of the tasks that ended and were queued before a moment, the oldest first;
    gives how many. The engine must have run.
    """
    from dbos import DBOSClient

    client = DBOSClient(system_database_url=system_url(settings), retry_connection_errors=False)
    try:
        with outages_told(ENGINE):
            found = client.list_workflows(
                status=list(ENDED), end_time=before.isoformat(), limit=FORGOTTEN_AT_ONCE,
                load_input=False, load_output=False,
            )  # fmt: skip
            client.delete_workflows([one.workflow_id for one in found])
    finally:
        client.destroy()
    return len(found)


def state_file(settings: Settings) -> Path:
    """The engine's file beside a database on SQLite."""
    return Path(settings.data_dir) / "jobs.db"


def system_url(settings: Settings) -> str:
    """Where DBOS keeps its state."""
    url = settings.url
    if url.startswith("sqlite"):
        return f"sqlite:///{state_file(settings)}"
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme.startswith("postgres") else url


def _define(dbos: Any, handlers: Handlers, retrying: Retrying, held: set[str]) -> Any:
    from dbos import error as dbos_error

    @dbos.step(  # type: ignore[untyped-decorator]
        name="review",
        retries_allowed=True,
        max_attempts=retrying.again + 1,
        interval_seconds=retrying.pause,
        backoff_rate=retrying.factor,
        should_retry=lambda error: isinstance(error, QAError) and not error.permanent,
    )
    def work(task: str, call_id: int) -> str:
        return handlers.work(task, call_id)

    @dbos.step(name="give_up")  # type: ignore[untyped-decorator]
    def give_up(task: str, call_id: int, reason: str) -> None:
        handlers.give_up(task, call_id, reason)

    @dbos.workflow(name="review_call", max_recovery_attempts=retrying.deaths)  # type: ignore[untyped-decorator]
    def review_call(task: str, call_id: int) -> str:
        held.add(task)
        try:
            return str(work(task, call_id))
        except dbos_error.DBOSMaxStepRetriesExceeded as error:
            give_up(task, call_id, _sentence(error.errors))
            return "dead"
        finally:
            held.discard(task)

    return review_call


def _sentence(errors: list[Exception]) -> str:
    last = errors[-1] if errors else None
    return last.message if isinstance(last, QAError) else "It failed again and again; see the worker's log."
