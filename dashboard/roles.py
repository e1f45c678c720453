"""Who may do what, in four words."""

from dashboard.data.kinds import Role
from dashboard.i18n import N_, _

__all__ = ["ADMINISTRATORS", "AGENTS", "EVERYBODY", "LEADS", "OPERATORS", "Role", "role_label"]

LABELS = {
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.MANAGER: N_("Manager"),
    Role.SUPERVISOR: N_("Supervisor"),
    Role.AGENT: N_("Agent"),
}
EVERYBODY = frozenset(Role)
LEADS = frozenset({Role.ADMINISTRATOR, Role.MANAGER, Role.SUPERVISOR})
"""Those who see other people's calls."""
OPERATORS = frozenset({Role.ADMINISTRATOR, Role.MANAGER})
"""Those who bring data in."""
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
AGENTS = frozenset({Role.AGENT})
"""Those whose calls are judged."""


def role_label(role: Role) -> str:
    """The role in the viewer's language."""
    return _(LABELS[role])
