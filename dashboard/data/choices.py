"""What lists can be narrowed by: queues, teams and agents that the viewer may see."""

from dashboard.data.site import Scope, database
from qa.store import people
from qa.store.people import Agent, Queue, Team

__all__ = ["Agent", "Queue", "Team", "agents", "queues", "teams"]


def queues() -> tuple[Queue, ...]:
    """Every queue by name."""
    with database().read() as tx:
        return people.list_queues(tx)


def teams(scope: Scope) -> tuple[Team, ...]:
    """The teams whose calls this viewer sees."""
    with database().read() as tx:
        found = people.list_teams(tx)
    return found if scope.everything else tuple(team for team in found if team.id in scope.teams)


def agents(scope: Scope) -> tuple[Agent, ...]:
    """The agents whose calls this viewer sees, by the team they are in today."""
    with database().read() as tx:
        found = people.list_agents(tx)
    if scope.everything:
        return found
    return tuple(
        a for a in found if a.id == scope.agent or (scope.agent is None and a.team_id in scope.teams)
    )
