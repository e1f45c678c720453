"""Tasks that the job engine remembers: they hold numbers of calls, keys, times and sentences of failures."""

from dataclasses import dataclass
from datetime import datetime

from qa.settings import Settings
from qa.store.database import Transaction
from qa.store.erasing.aging import Holding
from qa.store.work.engine_tasks import EndedTasks, ended_tasks
from qa.worker.dbos_queue import forget_tasks, state_file


@dataclass(frozen=True, slots=True)
class EngineKind:
    """Tasks that have ended; the ``jobs`` table, which is the truth, keeps what became of each call."""

    name: str

    def look(self, tx: Transaction, settings: Settings, before: datetime | None) -> Holding:
        """How many there are, and how many are over their time."""
        found: EndedTasks = ended_tasks(tx, state_file(settings), before)
        return Holding(found.count, None, found.oldest, found.before)

    def take(self, settings: Settings, before: datetime) -> int:
        """Have the engine forget the oldest of those that are over their time; gives how many."""
        return forget_tasks(settings, before)
