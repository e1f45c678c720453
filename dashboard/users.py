"""What an administrator does with users. A one-time password is returned to be shown once."""

import secrets
from dataclasses import dataclass

from dashboard import passwords
from dashboard.data import accounts, second_factor
from dashboard.rights import ask
from dashboard.roles import Role


@dataclass(frozen=True, slots=True)
class Rights:
    """What a user may see: a supervisor's teams, an agent's own recordings."""

    role: Role
    teams: frozenset[int] = frozenset()
    agent: int | None = None

    def trimmed(self) -> "Rights":
        """Only what the role uses, so that a later change of role brings back nothing forgotten."""
        return Rights(
            self.role,
            self.teams if self.role is Role.SUPERVISOR else frozenset(),
            self.agent if self.role is Role.AGENT else None,
        )


def add(role: Role, name: str, display_name: str, rights: Rights) -> str:
    """A new user with a one-time password, which is returned and kept nowhere else. ``role`` asks.

    Raises:
        PermissionError: this role may not.
        InvalidSetting: the name is empty or taken.
    """
    ask("users.add", role)
    given, rights = passwords.one_time(), rights.trimmed()
    accounts.add(
        accounts.NewUser(
            name=name,
            display_name=display_name or None,
            role=rights.role,
            password_hash=passwords.hashed(given),
            agent_id=rights.agent,
            teams=rights.teams,
            must_change_password=True,
        )
    )
    return given


def change(role: Role, user_id: int, display_name: str, rights: Rights) -> None:
    """Change name and rights; another role ends every session of the user.

    Raises:
        PermissionError: this role may not.
        InvalidSetting: the site would be left without an administrator.
    """
    ask("users.change", role)
    rights = rights.trimmed()
    values = {"display_name": display_name.strip(), "role": rights.role, "agent_id": rights.agent}
    accounts.change(user_id, values, rights.teams)


def link(role: Role, user_id: int, subject: str) -> None:
    """Tie a user to an account of the organisation (its ``sub``); empty unties.

    A tied user comes in that way only: the password becomes one that nobody knows, until a one-time
    password is made.

    Raises:
        PermissionError: this role may not.
        InvalidSetting: another user is tied to this account.
    """
    ask("users.link", role)
    accounts.change(user_id, {"subject": subject.strip() or None})
    if subject.strip():
        accounts.set_password(user_id, passwords.hashed(secrets.token_urlsafe(32)))


def reset_password(role: Role, user_id: int) -> str:
    """A new one-time password; every session of the user ends.

    Raises:
        PermissionError: this role may not.
    """
    ask("users.reset_password", role)
    given = passwords.one_time()
    accounts.set_password(user_id, passwords.hashed(given), must_change=True)
    return given


def disable(role: Role, user_id: int, *, disabled: bool) -> None:
    """Lock out, or let in again.

    Raises:
        PermissionError: this role may not.
        InvalidSetting: it is the last administrator.
    """
    ask("users.disable", role)
    accounts.set_disabled(user_id, disabled=disabled)


def reset_second_factor(role: Role, user_id: int) -> None:
    """Take the second factor of somebody who lost it; every session of the user ends.

    Raises:
        PermissionError: this role may not.
    """
    ask("users.reset_second_factor", role)
    second_factor.remove(user_id)
    accounts.close_all_sessions(user_id)
