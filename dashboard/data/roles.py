"""Who is who in a call, set by a person; those who lead a team may."""

from dashboard.data.acting import Act, audited
from dashboard.data.site import Scope, database, settings
from dashboard.rights import lead
from qa.diarise.relabel import RoleChange, possible_changes
from qa.store.call.roles import RolesSet

__all__ = ["RoleChange", "RolesSet", "possible_changes", "set_roles"]


def set_roles(key: str, scope: Scope, user_id: int, change: RoleChange) -> None:
    """Give the voices of a call their names; it is measured and scored again from what was heard.

    Raises:
        InvalidSetting: the call has no such voices (any more).
        NotFound: the call is not there for this viewer.
    """
    lead("roles.set_roles", scope)
    from qa.rescore.roles import set_roles as set_them
    from qa.worker.reviewing import site_options

    with database().write() as tx:
        set_them(tx, (key, scope), change, user_id, site_options(settings()))
        audited(tx, Act.CALL_CHANGED, f"call:{key}", step="roles set")
