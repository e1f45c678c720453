"""Every rule looks, and its alerts are brought in line; new ones are announced in the same transaction."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from qa.alerts.announce import announce
from qa.alerts.rule import Rule, Sight
from qa.deliver.choices import Choices, read_choices
from qa.records import Seconds
from qa.settings import Settings
from qa.store.alert.alert_list import Alert
from qa.store.alert.alerts import Manner, keep_found
from qa.store.database import Database
from qa.store.kinds import JobState
from qa.store.scope import Scope
from qa.store.work.jobs import list_jobs

EVERY: Seconds = 300.0
GLANCE: Seconds = 5.0
BUSY = (JobState.QUEUED, JobState.RUNNING)

log = logging.getLogger(__name__)


def evaluate(
    database: Database, settings: Settings, rules: Sequence[Rule], now: datetime
) -> tuple[Alert, ...]:
    """Let rules look once; gives the alerts that are new."""
    with database.read() as tx:
        chosen = read_choices(tx, settings)
    sight = Sight(database, settings, now, "fa" if chosen.language == "fa" else "en")
    raised: list[Alert] = []
    for rule in rules:
        if rule.name not in chosen.off:
            raised += _keep(sight, rule, chosen)
    return tuple(raised)


def _keep(sight: Sight, rule: Rule, chosen: Choices) -> tuple[Alert, ...]:
    found = tuple(rule.look(sight))
    with sight.database.write() as tx:
        raised = keep_found(tx, Manner(rule.name, rule.lasting, rule.closes), found)
        for alert in raised:
            announce(tx, sight.settings, chosen, alert)
    if raised:
        log.info("rule %s raised %d alerts", rule.name, len(raised))
    return raised


@dataclass(slots=True)
class Watch:
    """The worker's errand: the rules look when a batch is done, and every few minutes in any case."""

    database: Database
    settings: Settings
    rules: Sequence[Rule]
    _glance: float = field(default=0.0)
    _due: float = field(default=0.0)
    _busy: bool = field(default=False)
    _looked: dict[str, float] = field(default_factory=dict)

    def look(self) -> None:
        """Look if it is time or a batch has just ended."""
        now = time.monotonic()
        if now < self._glance:
            return
        self._glance = now + GLANCE
        with self.database.read() as tx:
            busy = bool(list_jobs(tx, Scope.all(), BUSY, limit=1))
        ended, self._busy = self._busy and not busy, busy
        if ended or now >= self._due:
            self.look_now(everything=ended)

    def look_now(self, *, everything: bool = True) -> None:
        """Look at once; rules that read much take their pause unless ``everything`` is asked for."""
        now = time.monotonic()
        self._due = now + EVERY
        due = [
            rule for rule in self.rules if everything or now >= self._looked.get(rule.name, 0.0) + rule.pause
        ]
        evaluate(self.database, self.settings, due, datetime.now(UTC))
        self._looked |= dict.fromkeys((rule.name for rule in due), now)
