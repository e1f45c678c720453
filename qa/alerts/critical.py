"""Calls that failed a critical criterion: each call is a cause, those of a team and a day come together."""

from collections.abc import Iterable

from qa.alerts.rule import Sight
from qa.records import Seconds
from qa.store.alert.alarms import Trouble, failed_calls
from qa.store.alert.alerts import Found

BACK = 7
"""Days; what is older than that at its first hearing raises no alert."""


class CriticalFailure:
    """A failed critical criterion (FIELD.md §2) of a call of the last days."""

    name = "critical"
    lasting = True
    closes = False
    pause: Seconds = 0.0

    def look(self, sight: Sight) -> Iterable[Found]:
        """The calls."""
        with sight.database.read() as tx:
            return by_team_and_day(failed_calls(tx, sight.today - BACK))


def by_team_and_day(calls: Iterable[Trouble]) -> tuple[Found, ...]:
    """Calls as causes, one group a team and day."""
    return tuple(
        Found(call.cause, f"{call.day}:{call.team or ''}", call.day, call.team, call.generated)
        for call in calls
    )
