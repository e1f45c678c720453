"""Targets of the site and of its teams: what was set, else what the default scorecards ask for."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.data.acting import Act, audited
from dashboard.data.kinds import Role
from dashboard.data.site import Scope, database
from dashboard.rights import allowed, ask
from qa.errors import InvalidSetting
from qa.store.people import list_agents
from qa.store.site import TargetChange, get_targets, last_target_changes, set_target, target_history
from qa.weekly import BY_KEY, SETTABLE, Kpi

__all__ = ["EDITORS", "KPIS", "Kpi", "TargetChange", "Targets", "change", "goals", "read_targets"]

EDITORS = allowed("action", "targets.change")


KPIS = SETTABLE
"""Every figure of the week that can have a target, and the minutes in which a comment is to be answered."""

REMEMBERED = 200
"""Changes of targets that are shown at most."""


@dataclass(frozen=True, slots=True)
class Targets:
    """What was set, and the last change of each, by KPI and team; team ``None`` is the whole site.
    ``history`` has the changes, the newest first.
    """

    own: Mapping[tuple[str, int | None], float]
    changes: Mapping[tuple[str, int | None], TargetChange]
    history: tuple[tuple[str, int | None, TargetChange], ...] = ()

    def value(self, kpi: str, team: int | None) -> float | None:
        """What counts: the team's own target, else the site's, else the default."""
        for where in ((kpi, team), (kpi, None)):
            if where in self.own:
                return self.own[where]
        return BY_KEY[kpi].default


def read_targets() -> Targets:
    """Every target as it stands now."""
    with database().read() as tx:
        return Targets(get_targets(tx), last_target_changes(tx), target_history(tx, REMEMBERED))


def goals(scope: Scope) -> dict[str, float | None]:
    """The targets of a viewer by KPI: the team's for who sees one team or is in it, else the site's."""
    with database().read() as tx:
        found = Targets(get_targets(tx), {})
        teams = set(scope.teams)
        if scope.agent is not None:
            teams = {a.team_id for a in list_agents(tx) if a.id == scope.agent and a.team_id is not None}
    team = teams.pop() if len(teams) == 1 and not scope.everything else None
    return {kpi.key: found.value(kpi.key, team) for kpi in KPIS}


def change(role: Role, user_id: int, team: int | None, values: Mapping[str, float | None]) -> None:
    """Set the targets of a team or, without one, of the site; ``None`` goes back to what counts without it.

    Raises:
        PermissionError: this role may not.
        InvalidSetting: a value is outside what its KPI can reach; nothing is changed.
    """
    ask("targets.change", role)
    for key, value in values.items():
        kpi = BY_KEY[key]
        if value is not None and not kpi.low <= value <= kpi.high:
            raise InvalidSetting(
                f"The target of {key} is {value:g}; give a number from {kpi.low:g} to {kpi.high:g}."
            )
    with database().write() as tx:
        before = get_targets(tx)
        changed = [key for key, value in values.items() if before.get((key, team)) != value]
        for key in changed:
            set_target(tx, key, values[key], team=team, user_id=user_id)
        for key in changed:
            audited(tx, Act.TARGET_CHANGED, f"target:{key}", team=team, value=_told(values[key]))


def _told(value: float | None) -> str:
    return "none" if value is None else f"{value:g}"
