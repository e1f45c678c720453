"""What the page of users is made of: the list, and the fields of one user's rights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import streamlit as st

from dashboard.data import accounts
from dashboard.data.accounts import User
from dashboard.data.site import settings
from dashboard.i18n import _, moment
from dashboard.parts import Cell, Column, Markup, chip, code, table
from dashboard.roles import Role, role_label
from dashboard.users import Rights


@dataclass(frozen=True, slots=True)
class Links:
    """What a user can be linked to: names of teams and agents by id."""

    teams: dict[int, str]
    agents: dict[int, str]


def links() -> Links:
    """The teams and agents of today."""
    teams, agents = accounts.teams_and_agents()
    return Links({team.id: team.name for team in teams}, {agent.id: agent.name for agent in agents})


def rights_fields(key: str, known: Links, user: User | None = None) -> Rights:
    """The role, and what this role is linked to."""
    roles = list(Role)
    role = st.selectbox(
        _("Role"),
        roles,
        index=roles.index(user.role if user else Role.AGENT),
        format_func=role_label,
        key=f"{key}_role",
    )
    if role is Role.SUPERVISOR:
        return Rights(role, teams=_team_field(key, known, user))
    if role is Role.AGENT:
        return Rights(role, agent=_agent_field(key, known, user))
    return Rights(role)


def _team_field(key: str, known: Links, user: User | None) -> frozenset[int]:
    chosen = st.multiselect(
        _("Teams"),
        list(known.teams),
        sorted(user.teams & known.teams.keys()) if user else [],
        format_func=lambda team: known.teams[team],
        key=f"{key}_teams",
        placeholder=_("Choose teams"),
        help=_("A supervisor sees the calls of these teams."),
    )
    return frozenset(chosen)


def _agent_field(key: str, known: Links, user: User | None) -> int | None:
    ids = list(known.agents)
    return st.selectbox(
        _("Linked to"),
        ids,
        index=ids.index(user.agent_id) if user and user.agent_id in known.agents else None,
        format_func=lambda agent: known.agents[agent],
        key=f"{key}_agent",
        placeholder=_("Choose an agent"),
        help=_("An agent sees only the calls of this name."),
    )


def state_of(user: User) -> Markup:
    """Whether the user can come in, as a chip."""
    if user.generated:
        return chip(_("generated"), "line")
    if user.disabled:
        return chip(_("disabled"))
    if user.must_change_password:
        return chip(_("new password due"), "line")
    return chip(_("active"), "accent")


def sees(user: User, known: Links) -> str:
    """Whose calls the user sees."""
    if user.role in (Role.ADMINISTRATOR, Role.MANAGER):
        return _("all calls")
    if user.role is Role.SUPERVISOR:
        names = [known.teams[team] for team in sorted(user.teams) if team in known.teams]
        return _(", ").join(names) or _("no team yet")
    return known.agents.get(user.agent_id or 0, _("no agent yet"))


def user_table(listed: Sequence[User], known: Links) -> Markup:
    """The users, who they are and when they came last."""
    now, zone = datetime.now(UTC), settings().zone
    name = Markup('<b>{}</b> <span class="sub">{}</span>')
    columns = [
        Column(_("User")),
        Column(_("Role")),
        Column(_("Sees")),
        Column(_("State")),
        Column(_("Last sign-in"), numeric=True),
    ]
    rows = [
        [
            name.format(user.display_name, code(user.name)),
            role_label(user.role),
            sees(user, known),
            state_of(user),
            moment(user.last_sign_in, zone, now) if user.last_sign_in else Cell(_("never"), pale=True),
        ]
        for user in listed
    ]
    return table(columns, rows, _("Users"))
