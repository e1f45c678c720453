"""Users and their sessions, as the gate and the account pages need them."""

import logging
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from dashboard.data import second_factor
from dashboard.data.acting import Act, audited, audited_as
from dashboard.data.site import database
from dashboard.settings import desk
from qa.errors import InvalidSetting, StoreUnavailable
from qa.store import people
from qa.store.account import sessions, users
from qa.store.account.sessions import Failures, Lifetime, Session
from qa.store.account.users import NewUser, User
from qa.store.database import Transaction
from qa.store.kinds import Role, Theme

__all__ = ["Failures", "NewUser", "Role", "Session", "Theme", "User"]

FRESH = timedelta(minutes=1)
"""A sign of life is written at most once a minute."""
WATCHED = timedelta(hours=1)
"""Failed tries count for so long."""
PATIENCE = 1000
"""Milliseconds that a request waits for another writer, to say that it was there."""
QUIET = 30.0
"""Seconds without signs of life after one that could not be written."""

_quiet: dict[str, float] = {}
log = logging.getLogger(__name__)


def lifetime() -> Lifetime:
    """How long a session lives here."""
    return Lifetime(
        absolute=timedelta(hours=desk().session_hours), idle=timedelta(minutes=desk().session_idle_minutes)
    )


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A live session and its user. ``limited``: it leads only to choosing a password or a second factor."""

    user: User
    session: Session
    limited: bool = False


def signed_in(sid: str) -> SignedIn | None:
    """Who stands behind a session id now; ``None`` when nobody does any more."""
    if not sid:
        return None
    now = datetime.now(UTC)
    with database().read() as tx:
        session = sessions.find(tx, sid, lifetime(), now=now)
        user = users.get_user(tx, session.user_id) if session else None
    if session is None or user is None or user.disabled:
        return None
    if now - session.last_seen > FRESH:
        _touch(sid, now)
    return SignedIn(user, session, user.must_change_password or second_factor.missing(user))


def _touch(sid: str, now: datetime) -> None:
    """A sign of life. A store that takes none (full, read-only, held by another) is no reason to shut anybody
    out of reading; nor is it asked again by each request while it is so.
    """
    if time.monotonic() < _quiet.get("until", 0.0):
        return
    try:
        with database().write(PATIENCE) as tx:
            sessions.touch(tx, sid, now=now)
    except StoreUnavailable as error:
        _quiet["until"] = time.monotonic() + QUIET
        log.warning("%s", error.message)


def open_session(user_id: int, address: str, *, instead_of: str = "") -> str:
    """A new session id for a user; the one before it ends."""
    sid = secrets.token_urlsafe(32)
    with database().write() as tx:
        if instead_of:
            sessions.revoke(tx, instead_of)
        sessions.create(tx, sid, user_id, lifetime(), address=address)
        users.change_user(tx, user_id, last_sign_in=datetime.now(UTC))
        audited_as(tx, user_id, Act.SIGN_IN, f"user:{user_id}")
    return sid


def close_session(sid: str) -> None:
    """Sign out here."""
    with database().write() as tx:
        live = sessions.find(tx, sid, lifetime())
        sessions.revoke(tx, sid)
        if live is not None:
            audited_as(tx, live.user_id, Act.SIGN_OUT, f"user:{live.user_id}")


def close_all_sessions(user_id: int) -> int:
    """Sign a user out everywhere; how many sessions ended."""
    with database().write() as tx:
        ended = sessions.revoke_all(tx, user_id)
        audited(tx, Act.SIGN_OUT, f"user:{user_id}", sessions=ended)
        return ended


def live_sessions(user_id: int) -> tuple[Session, ...]:
    """Where a user is signed in, the one used last first."""
    with database().read() as tx:
        return sessions.list_sessions(tx, user_id, lifetime())


def session_mark(sid: str) -> str:
    """What the store keeps of a session id, to know one's own session in a list."""
    return sessions.sid_hash(sid)


def recent_failures(name: str, address: str) -> Failures:
    """Failed tries within the watched time."""
    with database().read() as tx:
        return sessions.failures(tx, name, address, datetime.now(UTC) - WATCHED)


def record_attempt(name: str, address: str, *, succeeded: bool) -> None:
    """Remember a try to sign in. The audit log names the user of one that failed, never what was typed."""
    with database().write() as tx:
        sessions.record_attempt(tx, name, address, succeeded=succeeded)
        if not succeeded:
            meant = users.find_user(tx, name)
            audited(tx, Act.SIGN_IN_FAILED, f"user:{meant.id}" if meant else "user:unknown")


def by_name(name: str) -> User | None:
    """The user of a typed name."""
    with database().read() as tx:
        return users.find_user(tx, name)


def by_id(user_id: int) -> User:
    """The user of a number.

    Raises:
        NotFound: there is none.
    """
    with database().read() as tx:
        return users.get_user(tx, user_id)


def by_subject(subject: str) -> User | None:
    """The user of a single sign-on subject."""
    with database().read() as tx:
        return users.find_subject(tx, subject)


def any_users() -> bool:
    """False on a new site."""
    with database().read() as tx:
        return users.count_users(tx) > 0


def everybody() -> tuple[User, ...]:
    """Every user by name."""
    with database().read() as tx:
        return users.list_users(tx)


def add(new: NewUser, *, first: bool = False) -> int:
    """Make a user; ``first`` only while there is none.

    Raises:
        InvalidSetting: the name is empty or taken, or there is a user already.
    """
    with database().write() as tx:
        made = users.add_first_administrator(tx, new) if first else users.add_user(tx, new)
        audited(tx, Act.USER_CHANGED, f"user:{made}", step="added", role=str(new.role))
        return made


def set_password(user_id: int, password_hash: str, *, must_change: bool = False) -> None:
    """Set the hash; every session of the user ends."""
    with database().write() as tx:
        users.set_password(tx, user_id, password_hash, must_change=must_change)
        audited(tx, Act.PASSWORD, f"user:{user_id}", must_change=int(must_change))


def set_disabled(user_id: int, *, disabled: bool) -> None:
    """Lock out, or let in again.

    Raises:
        InvalidSetting: it is the last administrator.
    """
    with database().write() as tx:
        users.set_disabled(tx, user_id, disabled=disabled)
        audited(tx, Act.USER_CHANGED, f"user:{user_id}", step="locked out" if disabled else "let in again")


def change(user_id: int, values: Mapping[str, Any], teams: frozenset[int] | None = None) -> None:
    """Change fields of a user, and the teams when given.

    Raises:
        InvalidSetting: the site would be left without an administrator, or the account is another user's.
    """
    with database().write() as tx:
        subject = values.get("subject")
        owner = users.find_subject(tx, subject) if subject else None
        if owner is not None and owner.id != user_id:
            raise InvalidSetting(f"The account is linked to {owner.name!r} already; unlink it there first.")
        before = users.get_user(tx, user_id)
        users.change_user(tx, user_id, **values)
        if teams is not None:
            users.set_teams(tx, user_id, teams)
        if not any(u.role is Role.ADMINISTRATOR and not u.disabled for u in users.list_users(tx)):
            raise InvalidSetting("The last administrator keeps the role; make another one first.")
        _changed(tx, before, users.get_user(tx, user_id))


def _changed(tx: Transaction, before: User, after: User) -> None:
    """Write into the audit log what changed of a user; how the pages look to one is nobody's business."""
    named = ("display_name", "role", "agent_id", "subject", "must_change_password", "teams")
    changed = [name for name in named if getattr(before, name) != getattr(after, name)]
    if not changed:
        return
    told: dict[str, str | int | None] = {"step": "changed", "fields": ", ".join(changed)}
    if before.role is not after.role:
        told |= {"role": str(after.role), "role_before": str(before.role)}
    audited(tx, Act.USER_CHANGED, f"user:{after.id}", **told)


def teams_and_agents() -> tuple[tuple[people.Team, ...], tuple[people.Agent, ...]]:
    """What a user can be linked to."""
    with database().read() as tx:
        return people.list_teams(tx), people.list_agents(tx)
