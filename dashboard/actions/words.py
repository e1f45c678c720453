"""Names of figures, origins and states on the plan."""

from dashboard.coaching.preparing import title_of
from dashboard.data import coaching
from dashboard.data.actions import ActionItem, ItemOrigin, ItemState
from dashboard.i18n import N_, _, day_month, ngettext, number
from qa.weekly.kpis import BY_KEY, Kind

KPIS = {
    "quality": N_("Quality score"),
    "pass_share": N_("Calls that pass"),
    "no_failure": N_("No critical failure"),
    "no_failure_customer": N_("No failure critical for the customer"),
    "no_failure_business": N_("No failure critical for the business"),
    "no_failure_compliance": N_("No failure of compliance"),
    "dead_air": N_("Dead air a call"),
    "talk_share": N_("Agent's talk share"),
    "interruptions": N_("Interruptions a call"),
    "abuse": N_("Calls with an abusive customer"),
    "csat": N_("CSAT"),
    "nps": N_("NPS"),
    "ces": N_("CES"),
    "response": N_("Response rate"),
    "first_contact": N_("First-contact resolution"),
    "service_level": N_("Service level"),
    "abandoned": N_("Abandoned calls"),
    "waiting": N_("Waiting time"),
    "handling": N_("Handling time"),
    "promises_kept": N_("Promises kept"),
    "promises_overdue": N_("Promises overdue"),
    "replied_in_time": N_("Comments replied to in time"),
    "recovered": N_("Comments recovered"),
    "reviewed": N_("Reviews done"),
    "heard": N_("Calls that count"),
}
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


def kpi_name(key: str) -> str:
    """A KPI as its page names it."""
    return _(KPIS[key]) if key in KPIS else key


def aim(one: ActionItem) -> str:
    """The figure that an item is meant to move; empty when none was named."""
    if one.kpi:
        return kpi_name(one.kpi)
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


def in_percent(key: str | None) -> bool:
    """True when the figure is a share, shown in per cent; a criterion is one too."""
    return key is None or key not in BY_KEY or BY_KEY[key].kind is Kind.SHARE or key == "talk_share"


def said(key: str | None, value: float) -> str:
    """A value of the figure as its chart writes it."""
    return number(value, 0 if in_percent(key) else 1)
