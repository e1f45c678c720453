"""How many alerts are open, for the navigation of every page: light to import."""

from dashboard.data.site import Scope, database
from qa.store.alert.alert_kinds import AlertState
from qa.store.alert.alert_list import count_alerts


def open_alerts(scope: Scope) -> int:
    """Alerts nobody has taken on, of those this viewer may see."""
    with database().read() as tx:
        return count_alerts(tx, scope, AlertState.OPEN)[AlertState.OPEN]
