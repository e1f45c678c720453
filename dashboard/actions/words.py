"""Names of figures, origins and states on the plan."""

from dashboard.coaching.preparing import title_of
from dashboard.data import coaching
from dashboard.data.actions import ActionItem, ItemOrigin, ItemState
from dashboard.i18n import N_, _, day_month, ngettext, number
from dashboard.weekly.naming import NAMES, label

ORIGINS = {
    ItemOrigin.COACHING: N_("coaching"),
    ItemOrigin.ALERT: N_("alert"),
    ItemOrigin.CALIBRATION: N_("calibration"),
    ItemOrigin.OTHER: N_("by hand"),
}
STATES = {
    ItemState.OPEN: N_("open"),
    ItemState.DONE: N_("done"),
    ItemState.DROPPED: N_("dropped"),
}


def aim(one: ActionItem) -> str:
    """The figure that an item is meant to move; empty when none was named."""
    if one.kpi:
        return label(one.kpi) if one.kpi in NAMES else one.kpi
    return title_of(one.criterion) if one.criterion else ""


def due(one: ActionItem) -> tuple[str, bool]:
    """When an item is due or what became of it, and whether it is late."""
    if one.state is not ItemState.OPEN:
        return _(STATES[one.state]), False
    left = one.due_day - coaching.today()
    if left < 0:
        return ngettext("{count} day late", "{count} days late", -left), True
    if left == 0:
        return _("due today"), False
    return _("due {day}", day=day_month(one.due_day)), False


def scale(key: str | None) -> float:
    """From the figure to what is shown; a criterion is a share, in per cent."""
    return NAMES[key].scale if key in NAMES else 100.0


def said(key: str | None, value: float) -> str:
    """A value of the figure as its chart writes it."""
    return number(value, NAMES[key].places if key in NAMES else 0)
