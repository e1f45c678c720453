"""The worker's errand: the report of the week that is over, once, into the folder of reports and by mail."""

import hashlib
import logging
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from qa.calendar import as_date, local_day, week_start
from qa.errors import NotFound, WriteFailed
from qa.gather.house import House
from qa.records import Seconds
from qa.report.choices import ReportChoices, last_due, read_report_choices
from qa.report.making import about_of, content_of, report_week, write_report
from qa.report.words import say
from qa.settings import Settings
from qa.store.alert.alarms import own_calls
from qa.store.alert.alert_kinds import Channel
from qa.store.alert.outbox import NewMessage, put
from qa.store.database import Database
from qa.store.scope import Scope
from qa.store.site import get_setting, set_setting
from qa.weekly.records import Week
from qa.written import days

EVERY: Seconds = 60.0
AFTER_FAULT: Seconds = 3600.0
MADE = "report_made"
FOLDER = "reports"

log = logging.getLogger(__name__)


@dataclass(slots=True)
class ReportErrand:
    """Asked at every look of the worker, it looks itself once a minute."""

    database: Database
    settings: Settings
    _next: float = field(default=0.0)

    def look(self) -> bool:
        """True when a report was made now."""
        if time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + EVERY
        try:
            return self.make_due(datetime.now(UTC))
        except (NotFound, WriteFailed) as error:  # no font, or no room: calls are heard all the same
            log.warning("the weekly report was not made: %s", error.message)
            self._next = time.monotonic() + AFTER_FAULT
            return False

    def make_due(self, now: datetime) -> bool:
        """Make the report that is due, unless it was made or the week holds no calls but those of the demo.

        Files are written first, then the week is marked and mail is queued in one transaction: who dies
        in between makes the same files again, and no letter goes twice.
        """
        with self.database.read() as tx:
            chosen, made = read_report_choices(tx, self.settings), get_setting(tx, MADE, {})
            due = local_day(last_due(chosen, now, self.settings.zone), self.settings.zone)
            first = week_start(due, chosen.language) - 7
            if not chosen.on or made.get("week", 0) >= first or not own_calls(tx, first, first + 6):
                return False
        house = House(self.database, self.settings, Scope.all())
        week = report_week(house, first, chosen.language, now)
        about = about_of(house, chosen.language, now)
        names = []
        for form in chosen.forms:
            name = Path(FOLDER) / f"weekly-{as_date(first).isoformat()}-{chosen.language}{form}"
            write_report(content_of(week, about, form), self.settings.data_dir / name)
            names.append(name.as_posix())
        self._announce(chosen, week, names)
        return True

    def _announce(self, chosen: ReportChoices, week: Week, names: list[str]) -> None:
        language, first = chosen.language, week.ask.week
        title = say("week", language, days=days(first, week.ask.last, language))
        body = {"subject": f"{say('title', language)}: {title}", "text": title, "files": names}
        with self.database.write() as tx:
            set_setting(tx, MADE, {"week": first, "files": names})
            for to in chosen.mail if self.settings.smtp_host else ():
                key = f"report-{first}-{language}-mail-{hashlib.sha256(to.encode()).hexdigest()[:16]}"
                put(tx, NewMessage(key, Channel.MAIL, "report", to, body))
