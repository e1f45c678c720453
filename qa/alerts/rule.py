"""The contract of a rule, and what it looks at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from qa.calendar import local_day, week_start
from qa.records import Seconds
from qa.settings import Settings
from qa.store.alert.alerts import Found
from qa.store.database import Database


@dataclass(frozen=True, slots=True)
class Sight:
    """What a rule looks at. ``language`` decides on which day a week begins."""

    database: Database
    settings: Settings
    now: datetime
    language: Literal["fa", "en"]

    @property
    def today(self) -> int:
        """The site's day."""
        return local_day(self.now, self.settings.zone)

    @property
    def last_week(self) -> int:
        """First day of the newest week that is over."""
        return week_start(self.today, self.language) - 7


class Rule(Protocol):
    """One rule: what it finds now, all of it at every look. It keeps nothing and sends nothing.

    ``lasting`` and ``closes`` say how its causes are kept (``qa.store.alert.alerts.Manner``); ``pause``:
    least time between two looks, for a rule that reads much.
    """

    name: str
    lasting: bool
    closes: bool
    pause: Seconds

    def look(self, sight: Sight) -> Iterable[Found]:
        """Every cause that is there now."""
        ...
