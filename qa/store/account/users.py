"""Users: what they may do, whose calls they may see, and how they like the pages."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from qa.errors import InvalidSetting, NotFound
from qa.store.blind import blind_calls
from qa.store.database import Transaction
from qa.store.kinds import Role, Theme
from qa.store.names import name_key
from qa.store.scope import Scope
from qa.store.tables import pick, sessions, user_teams, users
from qa.store.types import utc_now


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user to be. ``password_hash`` (argon2) comes from the caller; ``None`` for single sign-on."""

    name: str
    role: Role
    password_hash: str | None = None
    display_name: str | None = None
    subject: str | None = None
    agent_id: int | None = None
    teams: frozenset[int] = frozenset()
    language: str | None = None
    must_change_password: bool = False
    generated: bool = False


@dataclass(frozen=True, slots=True)
class User:
    """One user. ``language`` ``None`` follows the site; ``blind`` are the calls yet to be judged blind.

    ``generated``: somebody of the demo centre, who has no password and judges generated calls alone.
    """

    id: int
    name: str
    display_name: str
    password_hash: str | None
    subject: str | None
    role: Role
    agent_id: int | None
    language: str | None
    theme: Theme
    disabled: bool
    must_change_password: bool
    created_at: datetime
    last_sign_in: datetime | None
    teams: frozenset[int]
    generated: bool = False
    blind: frozenset[int] = frozenset()

    @property
    def scope(self) -> Scope:
        """The calls this user may see, and which of them are still to be judged blind."""
        reach = self._reach()
        return replace(reach, reader=self.id, blind=self.blind) if self.blind else reach

    def _reach(self) -> Scope:
        if self.disabled:
            return Scope()
        if self.role in (Role.ADMINISTRATOR, Role.MANAGER):
            return Scope.all()
        if self.role is Role.SUPERVISOR:
            return Scope.of_teams(self.teams)
        return Scope.of_agent(self.agent_id)


CHANGEABLE = frozenset({
    "display_name", "role", "agent_id", "language", "theme", "subject", "must_change_password", "last_sign_in"
})  # fmt: skip


def add_user(tx: Transaction, new: NewUser) -> int:
    """Make a user; gives the id.

    Raises:
        InvalidSetting: the name is empty or taken, or the single sign-on subject is taken.
    """
    key = name_key(new.name)
    values = {
        "name_key": key,
        "name": new.name.strip(),
        "display_name": (new.display_name or new.name).strip(),
        "password_hash": new.password_hash,
        "subject": new.subject,
        "role": new.role,
        "agent_id": new.agent_id,
        "language": new.language,
        "theme": Theme.AUTO,
        "must_change_password": new.must_change_password,
        "generated": new.generated,
    }
    try:
        with tx.begin_nested():
            made = tx.execute(insert(users).values(**values).returning(users.c.id)).scalar_one()
    except IntegrityError as error:
        raise InvalidSetting(f"The user name {new.name.strip()!r} is taken; choose another.") from error
    set_teams(tx, made, new.teams)
    return int(made)


def add_first_administrator(tx: Transaction, new: NewUser) -> int:
    """Make the first user of a site, an administrator.

    Raises:
        InvalidSetting: there is a user already.
    """
    if count_users(tx):
        raise InvalidSetting("The first administrator is made already; sign in or ask an administrator.")
    return add_user(tx, new)


def count_users(tx: Transaction) -> int:
    """How many users there are, disabled ones included, those of the demo centre not."""
    return tx.scalar(select(func.count()).select_from(users).where(~users.c.generated)) or 0


def get_user(tx: Transaction, user_id: int) -> User:
    """A user by id.

    Raises:
        NotFound: there is no such user.
    """
    found = _fetch(tx, users.c.id == user_id)
    if not found:
        raise NotFound(f"There is no user {user_id}; reload the list.")
    return found[0]


def find_user(tx: Transaction, name: str) -> User | None:
    """A user by the name typed at sign-in, however it is typed; ``None`` when there is none."""
    try:
        key = name_key(name)
    except InvalidSetting:
        return None
    return next(iter(_fetch(tx, users.c.name_key == key)), None)


def find_subject(tx: Transaction, subject: str) -> User | None:
    """A user by the subject of single sign-on; ``None`` when there is none."""
    return next(iter(_fetch(tx, users.c.subject == subject)), None)


def list_users(tx: Transaction) -> tuple[User, ...]:
    """Every user by name."""
    return _fetch(tx, users.c.id > 0)


def change_user(tx: Transaction, user_id: int, **values: Any) -> None:
    """Change what may be changed (``CHANGEABLE``). Another role ends every session of the user.

    Raises:
        NotFound: there is no such user.
        InvalidSetting: a field cannot be changed here.
    """
    wrong = sorted(set(values) - CHANGEABLE)
    if wrong:
        known = ", ".join(sorted(CHANGEABLE))
        raise InvalidSetting(f"The user field {wrong[0]!r} cannot be changed here; use one of {known}.")
    ends = "role" in values and get_user(tx, user_id).role is not values["role"]
    _update(tx, user_id, values)
    if ends:
        _end_sessions(tx, user_id)


def set_password(tx: Transaction, user_id: int, password_hash: str, *, must_change: bool = False) -> None:
    """Set the password's hash and end every session of the user.

    Raises:
        NotFound: there is no such user.
    """
    _update(tx, user_id, {"password_hash": password_hash, "must_change_password": must_change})
    _end_sessions(tx, user_id)


def set_disabled(tx: Transaction, user_id: int, *, disabled: bool) -> None:
    """Lock a user out (ends every session) or let in again.

    Raises:
        NotFound: there is no such user.
        InvalidSetting: it is the last administrator who can sign in.
    """
    if disabled:
        others = (users.c.role == Role.ADMINISTRATOR) & ~users.c.disabled & (users.c.id != user_id)
        last = get_user(tx, user_id).role is Role.ADMINISTRATOR
        if last and not tx.scalar(select(func.count()).select_from(users).where(others)):
            raise InvalidSetting("The last administrator cannot be disabled; make another one first.")
        _end_sessions(tx, user_id)
    _update(tx, user_id, {"disabled": disabled})


def set_teams(tx: Transaction, user_id: int, teams: Iterable[int]) -> None:
    """Set the teams whose calls a supervisor sees."""
    tx.execute(delete(user_teams).where(user_teams.c.user_id == user_id))
    rows = [{"user_id": user_id, "team_id": team} for team in sorted(set(teams))]
    if rows:
        tx.execute(insert(user_teams), rows)


def _fetch(tx: Transaction, where: ColumnElement[bool]) -> tuple[User, ...]:
    names = [field for field in User.__dataclass_fields__ if field not in ("teams", "blind")]
    rows = tx.execute(select(*pick(users, *names)).where(where).order_by(users.c.name_key)).all()
    ids = [row.id for row in rows]
    seen: dict[int, set[int]] = {user_id: set() for user_id in ids}
    for user_id, team in tx.execute(select(user_teams).where(user_teams.c.user_id.in_(ids))):
        seen[user_id].add(team)
    blind = blind_calls(tx, ids)
    return tuple(User(**row._mapping, teams=frozenset(seen[row.id]), blind=blind[row.id]) for row in rows)


def _update(tx: Transaction, user_id: int, values: dict[str, Any]) -> None:
    if tx.execute(update(users).where(users.c.id == user_id).values(**values)).rowcount == 0:
        raise NotFound(f"There is no user {user_id}; reload the list.")


def _end_sessions(tx: Transaction, user_id: int) -> None:
    live = (sessions.c.user_id == user_id) & sessions.c.revoked_at.is_(None)
    tx.execute(update(sessions).where(live).values(revoked_at=utc_now()))
