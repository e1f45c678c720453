"""The KPIs of a week: what each is, which direction is better, which target it can have."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a KPI is worked out, and so its interval and its chart."""

    MEAN = "mean"
    SHARE = "share"
    POINTS = "points"
    COUNT = "count"


class Group(StrEnum):
    """Under which heading a KPI stands. The words are translation keys."""

    QUALITY = "Quality"
    TALK = "Conversation"
    CUSTOMERS = "Customers"
    TELEPHONE = "Telephone"
    FOLLOWING = "Promises and comments"
    DESK = "Desk"


@dataclass(frozen=True, slots=True)
class Kpi:
    """A figure of a week that can have a target from ``low`` to ``high``, in the figure's own unit.

    ``better``: 1 up, -1 down, 0 neither (such a one has no target). ``default`` counts where nobody set a
    target; ``None`` is no target. A ``limit`` is no figure of a week but part of how one is worked out;
    what ``grows`` is low by nature while the week is not over.
    """

    key: str
    kind: Kind
    group: Group
    better: int = 1
    low: float = 0.0
    high: float = 1.0
    default: float | None = None
    limit: bool = False
    grows: bool = False

    @property
    def at_most(self) -> bool:
        """True when lower is better."""
        return self.better < 0


_Q, _T, _C, _P, _F, _D = Group
_M, _S, _N, _I = Kind

KPIS: tuple[Kpi, ...] = (
    Kpi("quality", _M, _Q, high=100.0, default=85.0),
    Kpi("pass_share", _S, _Q),
    Kpi("no_failure", _S, _Q, default=0.98),
    Kpi("no_failure_customer", _S, _Q),
    Kpi("no_failure_business", _S, _Q),
    Kpi("no_failure_compliance", _S, _Q),
    Kpi("dead_air", _M, _T, better=-1, high=600.0),
    Kpi("talk_share", _M, _T, better=0),
    Kpi("interruptions", _M, _T, better=-1, high=100.0),
    Kpi("abuse", _S, _T, better=0),
    Kpi("csat", _S, _C),
    Kpi("nps", _N, _C, low=-100.0, high=100.0),
    Kpi("ces", _M, _C, low=1.0, high=7.0),
    Kpi("response", _S, _C),
    Kpi("first_contact", _S, _C),
    Kpi("service_level", _S, _P, default=0.8),
    Kpi("abandoned", _S, _P, better=-1),
    Kpi("waiting", _M, _P, better=-1, high=3600.0),
    Kpi("handling", _M, _P, better=-1, high=7200.0),
    Kpi("promises_kept", _S, _F),
    Kpi("promises_overdue", _I, _F, better=-1, high=10_000.0),
    Kpi("replied_in_time", _S, _F),
    Kpi("recovered", _S, _F),
    Kpi("reviewed", _S, _D),
    Kpi("heard", _I, _D, better=0, high=1_000_000.0, grows=True),
)
"""Every figure of a week, in the order of the page and of the report."""

LIMITS: tuple[Kpi, ...] = (
    Kpi("first_reply", _M, _F, better=-1, low=1.0, high=10_080.0, default=120.0, limit=True),
)
"""Minutes to the first reply to a comment, which ``replied_in_time`` is measured against."""

SETTABLE: tuple[Kpi, ...] = tuple(kpi for kpi in (*KPIS, *LIMITS) if kpi.better)
BY_KEY = {kpi.key: kpi for kpi in (*KPIS, *LIMITS)}
