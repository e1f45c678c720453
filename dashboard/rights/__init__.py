"""Who may do what: the one table of roles, from which pages, routes and writers take it or are checked.

The reach of a role is one letter: ``A`` everything, ``T`` the calls of own teams, ``O`` what is one's own,
``-`` nothing. A row names them for administrator, manager, supervisor, agent, in this order (docs/roles.md).
"""

from dashboard.data.kinds import Role
from dashboard.data.site import Scope
from dashboard.rights.actions import ACTIONS
from dashboard.rights.contract import REACHES, Right
from dashboard.rights.pages import PAGES
from dashboard.rights.routes import ROUTES

__all__ = ["REACHES", "RIGHTS", "Right", "allowed", "ask", "lead"]

RIGHTS: tuple[Right, ...] = (*PAGES, *ROUTES, *ACTIONS)
_BY_NAME = {(right.kind, right.name): right for right in RIGHTS}


def allowed(kind: str, name: str) -> frozenset[Role]:
    """The roles that a row lets in.

    Raises:
        KeyError: there is no such row.
    """
    return _BY_NAME[kind, name].roles


def ask(action: str, role: Role) -> None:
    """See that a role may do something.

    Raises:
        PermissionError: it may not.
        KeyError: there is no such row.
    """
    if role not in allowed("action", action):
        raise PermissionError(f"the role {role.value} may not do this: {action}")


def lead(action: str, scope: Scope) -> None:
    """See that the owner of this scope is one of a row's roles; users who see nothing never are.

    Raises:
        PermissionError: it may not.
    """
    if scope.everything:
        return
    role = Role.SUPERVISOR if scope.teams else Role.AGENT
    if role is Role.AGENT and scope.agent is None:
        raise PermissionError(f"who sees no calls may not do this: {action}")
    ask(action, role)
