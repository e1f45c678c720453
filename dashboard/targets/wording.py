"""How targets are named and written; a share is shown and set in per cent."""

from dashboard.i18n import _, number
from dashboard.weekly.naming import NAMES, label, unit
from qa.weekly import Kpi


def scale(kpi: Kpi) -> float:
    """From the stored value to what is shown."""
    return NAMES[kpi.key].scale


def name(kpi: Kpi) -> str:
    """The KPI with its unit and direction."""
    direction = _("{label}, at most") if kpi.at_most else _("{label}, at least")
    told = direction.format(label=label(kpi.key))
    return _("{label} ({unit})", label=told, unit=unit(kpi.key)) if unit(kpi.key) else told


def meaning(kpi: Kpi) -> str:
    """What the KPI measures."""
    return _(NAMES[kpi.key].help)


def written(kpi: Kpi, value: float | None) -> str:
    """A target as it is shown, in the unit of the KPI's name."""
    if value is None:
        return _("none")
    shown = value * scale(kpi)
    return number(shown, 0 if round(shown, 1) == round(shown) else 1)
