"""What a viewer may see. Every read of calls takes a scope and applies it in SQL.

Who judges a call blind sees nothing that a machine or another person found in it until the own verdict is
given: ``Scope.clause``, asked by every read of findings, leaves such calls out, ``Scope.reach`` lets them in.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, exists, false, or_, true

from qa.store.tables import calls


@dataclass(frozen=True, slots=True)
class Scope:
    """``everything``, else the calls of the named teams or of one agent; neither sees nothing.

    ``blind``: the calls (by number) that the user ``reader`` has still to judge blind in a calibration.
    """

    everything: bool = False
    teams: frozenset[int] = frozenset()
    agent: int | None = None
    reader: int | None = None
    blind: frozenset[int] = frozenset()

    @classmethod
    def all(cls) -> "Scope":
        """Administrators, managers and the command line."""
        return cls(everything=True)

    @classmethod
    def of_teams(cls, teams: Iterable[int]) -> "Scope":
        """A supervisor: calls of these teams. No team, no call."""
        return cls(teams=frozenset(teams))

    @classmethod
    def of_agent(cls, agent: int | None) -> "Scope":
        """An agent: own calls only. A user who is linked to no agent sees none."""
        return cls(agent=agent)

    def clause(self) -> ColumnElement[bool]:
        """The condition on ``calls`` for whatever tells something of a finding: not those judged blind."""
        reach = self.reach()
        return and_(reach, calls.c.id.not_in(sorted(self.blind))) if self.blind else reach

    def among(self) -> ColumnElement[bool]:
        """The same condition for calls that are named: asked of those found, never a way to find them.
        Without statistics SQLite would go through all calls of an agent to find the few.
        """
        return case((self.clause(), 1), else_=0) == 1

    def reach(self) -> ColumnElement[bool]:
        """The condition on ``calls`` for reads that give no finding (words, sound), or hide it themselves."""
        if self.everything:
            return true()
        if self.agent is not None:
            return calls.c.agent_id == self.agent
        if self.teams:
            return calls.c.team_id.in_(sorted(self.teams))
        return false()

    def served(self, customer: ColumnElement[str | None]) -> ColumnElement[bool]:
        """The condition on rows that name a customer and no call (orders, telephone records): own teams spoke
        with the customer. Agents see none.
        """
        if self.everything or not self.teams:
            return true() if self.everything else false()
        own = calls.alias("own_calls")
        return exists().where(own.c.customer_hash == customer, own.c.team_id.in_(sorted(self.teams)))

    def public(self, customer: ColumnElement[str | None]) -> ColumnElement[bool]:
        """The condition on public comments: their customer spoke with one of own teams, or with no team,
        so that nobody else would answer. Agents see none.
        """
        if self.everything or not self.teams:
            return self.served(customer)
        anybodys = calls.alias("anybodys_calls")
        nobody = ~exists().where(anybodys.c.customer_hash == customer, anybodys.c.team_id.is_not(None))
        return or_(nobody, self.served(customer))
