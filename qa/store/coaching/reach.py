"""Whose coaching and whose action items a viewer may see; every read and write of them asks here."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true

from qa.errors import NotFound
from qa.store.database import Transaction
from qa.store.scope import Scope
from qa.store.tables import action_items, agents, coaching_members, coaching_sessions


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks: the number of the user, and the calls this user may see."""

    user_id: int
    scope: Scope

    @property
    def leads(self) -> bool:
        """True for those who see other people's calls."""
        return self.scope.agent is None and (self.scope.everything or bool(self.scope.teams))


def sessions_within(scope: Scope) -> ColumnElement[bool]:
    """Sessions a viewer may see: all of their members in own teams, or oneself among them."""
    if scope.everything:
        return true()
    here = coaching_members.c.session_id == coaching_sessions.c.id
    if scope.agent is not None:
        return exists().where(here, coaching_members.c.agent_id == scope.agent)
    if not scope.teams:
        return false()
    own = agents.c.team_id.in_(sorted(scope.teams))
    joined = here & (agents.c.id == coaching_members.c.agent_id)
    return and_(exists().where(joined, own), ~exists().where(joined, or_(agents.c.team_id.is_(None), ~own)))


def items_within(person: Person) -> ColumnElement[bool]:
    """Action items a viewer may see: own ones; who leads also those of own teams and those one made."""
    i = action_items.c
    if not person.leads:
        return i.owner_id == person.user_id
    if person.scope.everything:
        return true()
    return or_(
        i.owner_id == person.user_id,
        i.made_by == person.user_id,
        i.team_id.in_(sorted(person.scope.teams)),
    )


def teams_of(tx: Transaction, person: Person, wanted: tuple[int, ...]) -> dict[int, int | None]:
    """The team of each agent, all of whom this person leads.

    Raises:
        NotFound: an agent is not there, or is not of a team of this person's.
    """
    found = dict(
        tx.execute(select(agents.c.id, agents.c.team_id).where(agents.c.id.in_(wanted))).tuples().all()
    )
    scope = person.scope
    led = [one for one in wanted if one in found and (scope.everything or found[one] in scope.teams)]
    if not person.leads or len(led) < len(wanted) or not wanted:
        raise NotFound("There is no such agent in a team of yours; choose one of those listed.")
    return found
