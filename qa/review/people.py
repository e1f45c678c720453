"""Who may review a call, and who answers a dispute."""

from collections.abc import Iterable

from qa.review.settings import AnswerBy, DeskSettings
from qa.store.account.users import User
from qa.store.kinds import Role

LEADS = frozenset({Role.ADMINISTRATOR, Role.MANAGER, Role.SUPERVISOR})


def judges(
    users: Iterable[User], agent_id: int | None, team_id: int | None, *, generated: bool = False
) -> tuple[User, ...]:
    """Active leads who may see a call of this team and are not its agent: nobody judges an own call.

    People of the demo centre are among them for ``generated`` calls alone.
    """
    return tuple(
        user
        for user in users
        if user.role in LEADS
        and not user.disabled
        and (generated or not user.generated)
        and (user.agent_id is None or user.agent_id != agent_id)
        and (user.scope.everything or team_id in user.scope.teams)
    )


def reviewers(
    users: Iterable[User], agent_id: int | None, team_id: int | None, desk: DeskSettings
) -> frozenset[int]:
    """Who is given calls of this team: those the site named, else its supervisors."""
    able = judges(users, agent_id, team_id)
    if desk.reviewers:
        return frozenset(user.id for user in able if user.id in desk.reviewers)
    return frozenset(user.id for user in able if user.role is Role.SUPERVISOR)


def answering(able: frozenset[int], gave: frozenset[int], rule: AnswerBy) -> frozenset[int]:
    """Who of those able may answer a dispute. ``gave`` said something on it before: the contested verdict or
    an earlier answer. Where a rule leaves nobody, everybody able may.
    """
    if rule == "same":
        return (able & gave) or able
    if rule == "other":
        return (able - gave) or able
    return able
