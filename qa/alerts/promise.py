"""Promises past their time: each is a cause until somebody decides it or gives it another time."""

from collections.abc import Iterable

from qa.alerts.rule import Sight
from qa.records import Seconds
from qa.store.alert.alarms import overdue_promises
from qa.store.alert.alerts import Found


class OverduePromise:
    """Open promises whose time is over; those of a team come together."""

    name = "promise"
    lasting = False
    closes = True
    pause: Seconds = 0.0

    def look(self, sight: Sight) -> Iterable[Found]:
        """The promises."""
        with sight.database.read() as tx:
            found = overdue_promises(tx, sight.now)
        return tuple(Found(one.cause, str(one.team or ""), one.day, one.team, one.generated) for one in found)
