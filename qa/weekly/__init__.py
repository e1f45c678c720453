"""The manager's week: every KPI with interval, target, last week and control chart, and what explains it.

Pure: ``Inputs`` (tables) in, ``Week`` (frozen) out. ``qa.gather`` reads the tables, so that page, report and
alerts say the same.
"""

from typing import TYPE_CHECKING

from qa.weekly.kpis import BY_KEY, KPIS, LIMITS, SETTABLE, Group, Kind, Kpi

if TYPE_CHECKING:
    from qa.weekly.records import Ask, Inputs, Reading, Week
    from qa.weekly.working import week_of

__all__ = [
    "BY_KEY",
    "KPIS",
    "LIMITS",
    "SETTABLE",
    "Ask",
    "Group",
    "Inputs",
    "Kind",
    "Kpi",
    "Reading",
    "Week",
    "week_of",
]
_HOMES = {
    "Ask": "records",
    "Inputs": "records",
    "Reading": "records",
    "Week": "records",
    "week_of": "working",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"qa.weekly.{_HOMES[name]}"), name)
