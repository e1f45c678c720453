"""Alerts: what needs a person, said once. A rule is one small file and one name in ``RULES``."""

from qa.alerts.abuse import Abuse
from qa.alerts.burst import CommentBurst
from qa.alerts.critical import CriticalFailure
from qa.alerts.engine import Watch, evaluate
from qa.alerts.kpi import KpiSignal
from qa.alerts.promise import OverduePromise
from qa.alerts.rule import Rule, Sight

__all__ = ["RULES", "Rule", "Sight", "Watch", "evaluate"]

RULES: tuple[Rule, ...] = (KpiSignal(), CriticalFailure(), Abuse(), OverduePromise(), CommentBurst())
