"""Calls in which a customer insults the agent: somebody should ask how the agent is."""

from collections.abc import Iterable

from qa.alerts.critical import BACK, by_team_and_day
from qa.alerts.rule import Sight
from qa.records import Seconds
from qa.store.alert.alarms import abusive_calls
from qa.store.alert.alerts import Found


class Abuse:
    """An insulted agent in a call of the last days."""

    name = "abuse"
    lasting = True
    closes = False
    pause: Seconds = 0.0

    def look(self, sight: Sight) -> Iterable[Found]:
        """The calls."""
        with sight.database.read() as tx:
            return by_team_and_day(abusive_calls(tx, sight.today - BACK))
