"""Targets of the site: what was set, else the pass mark of the default scorecards (85)."""

from dashboard.data.site import database
from qa.store.site import get_targets

DEFAULTS = {"quality": 85.0, "no_failure": 0.98}


def target(kpi: str) -> float | None:
    """The site's target of a KPI; ``None`` when it has none."""
    with database().read() as tx:
        return get_targets(tx).get((kpi, None), DEFAULTS.get(kpi))
