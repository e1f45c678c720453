"""How targets are named and written; a share is shown and set in per cent."""

from dashboard.data.targets import Kpi
from dashboard.i18n import N_, _, number

NAMES = {
    "quality": N_("Quality score, at least"),
    "no_failure": N_("No critical failure, at least (%)"),
    "dead_air": N_("Dead air a call, at most (s)"),
    "first_reply": N_("First reply, at most (min)"),
    "service_level": N_("Service level, at least (%)"),
}
HELPS = {
    "quality": N_("Points of 100. The default scorecards pass a call from 85."),
    "no_failure": N_("Share of calls in which nothing critical failed."),
    "dead_air": N_("Seconds of unannounced silence, mean over the calls. Empty: no target."),
    "first_reply": N_("Minutes from a public comment to the first reply. Counts for the whole site."),
    "service_level": N_("Share of calls answered within 20 s. Counts for the whole site."),
}


SHARES = ("no_failure", "service_level")


def scale(kpi: Kpi) -> float:
    """From the stored value to what is shown."""
    return 100.0 if kpi.key in SHARES else 1.0


def name(kpi: Kpi) -> str:
    """The KPI with its unit and direction."""
    return _(NAMES[kpi.key])


def written(kpi: Kpi, value: float | None) -> str:
    """A target as it is shown, in the unit of the KPI's name."""
    if value is None:
        return _("none")
    shown = value * scale(kpi)
    return number(shown, 0 if round(shown, 1) == round(shown) else 1)
