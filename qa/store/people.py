"""Teams, agents and queues, found by their folded name or made."""

from dataclasses import dataclass

from sqlalchemy import Table, select, update

from qa.errors import NotFound
from qa.store.database import Transaction
from qa.store.names import name_key
from qa.store.tables import agents, pick, queues, teams
from qa.store.upsert import insert_absent


@dataclass(frozen=True, slots=True)
class Team:
    """One team."""

    id: int
    name: str
    generated: bool


@dataclass(frozen=True, slots=True)
class Agent:
    """One agent and the team of today; a call keeps the team of its own day."""

    id: int
    name: str
    team_id: int | None
    team: str | None
    generated: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue: its language fixes the recogniser's, its scorecard is used for its calls."""

    id: int
    name: str
    language: str | None
    service: str | None
    scorecard: str | None
    generated: bool


def team_id(tx: Transaction, name: str, *, generated: bool = False) -> int:
    """The team of this name, made if it is new. Safe when several processes ask at once.

    Raises:
        InvalidSetting: the name is empty.
    """
    return _get_or_create(tx, teams, name, generated=generated)


def agent_id(tx: Transaction, name: str, *, team: int | None = None, generated: bool = False) -> int:
    """The agent of this name, made if new. A new agent joins ``team``; a known one without a team does too.

    Raises:
        InvalidSetting: the name is empty.
    """
    found = _get_or_create(tx, agents, name, generated=generated)
    if team is not None:
        tx.execute(
            update(agents).where(agents.c.id == found, agents.c.team_id.is_(None)).values(team_id=team)
        )
    return found


def queue_id(tx: Transaction, name: str, *, generated: bool = False) -> int:
    """The queue of this name, made if it is new.

    Raises:
        InvalidSetting: the name is empty.
    """
    return _get_or_create(tx, queues, name, generated=generated)


def assign(tx: Transaction, agent: int, team: int | None) -> None:
    """Put an agent into a team from now on; calls that are here keep the team they had.

    Raises:
        NotFound: there is no such agent.
    """
    if tx.execute(update(agents).where(agents.c.id == agent).values(team_id=team)).rowcount == 0:
        raise NotFound(f"There is no agent {agent}; reload the list.")


@dataclass(frozen=True, slots=True)
class QueueSettings:
    """What a site decides for one queue; ``None`` follows the site."""

    language: str | None = None
    service: str | None = None
    scorecard: str | None = None


def set_queue(tx: Transaction, queue: int, settings: QueueSettings) -> None:
    """Change a queue's language, service and scorecard.

    Raises:
        NotFound: there is no such queue.
    """
    values = {"language": settings.language, "service": settings.service, "scorecard": settings.scorecard}
    if tx.execute(update(queues).where(queues.c.id == queue).values(**values)).rowcount == 0:
        raise NotFound(f"There is no queue {queue}; reload the list.")


def team_of(tx: Transaction, agent: int) -> int | None:
    """The team an agent is in today."""
    found: int | None = tx.scalar(select(agents.c.team_id).where(agents.c.id == agent))
    return found


def list_teams(tx: Transaction) -> tuple[Team, ...]:
    """Every team by name."""
    return tuple(
        Team(*row)
        for row in tx.execute(select(*pick(teams, "id", "name", "generated")).order_by(teams.c.name))
    )


def list_agents(tx: Transaction) -> tuple[Agent, ...]:
    """Every agent by name."""
    query = (
        select(agents.c.id, agents.c.name, agents.c.team_id, teams.c.name, agents.c.generated)
        .select_from(agents.outerjoin(teams, teams.c.id == agents.c.team_id))
        .order_by(agents.c.name)
    )
    return tuple(Agent(*row) for row in tx.execute(query))


def list_queues(tx: Transaction) -> tuple[Queue, ...]:
    """Every queue by name."""
    columns = pick(queues, "id", "name", "language", "service", "scorecard", "generated")
    return tuple(Queue(*row) for row in tx.execute(select(*columns).order_by(queues.c.name)))


def get_queue(tx: Transaction, queue: int) -> Queue:
    """One queue.

    Raises:
        NotFound: there is no such queue.
    """
    columns = pick(queues, "id", "name", "language", "service", "scorecard", "generated")
    row = tx.execute(select(*columns).where(queues.c.id == queue)).one_or_none()
    if row is None:
        raise NotFound(f"There is no queue {queue}; reload the list.")
    return Queue(*row)


def _get_or_create(tx: Transaction, table: Table, name: str, *, generated: bool) -> int:
    key = name_key(name)
    query = select(table.c.id).where(table.c.name_key == key)
    found = tx.scalar(query)
    if found is None:
        insert_absent(tx, table, {"name_key": key, "name": " ".join(name.split()), "generated": generated})
        found = tx.scalar(query)
    return int(found or 0)
