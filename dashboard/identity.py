"""Who looks at the page. Read at every rerun, so a revoked session or a new role counts at once."""

from dataclasses import dataclass

import streamlit as st

from dashboard.data import accounts
from dashboard.data.kinds import Role
from dashboard.data.site import Scope

COOKIE = "qa_sid"
LANGUAGE_COOKIE = "qa_lang"
THEME_COOKIE = "qa_theme"


@dataclass(frozen=True, slots=True)
class Viewer:
    """The signed-in user. ``scope`` is the calls that may be seen; every read of calls takes it."""

    user_id: int
    name: str
    display_name: str
    role: Role
    scope: Scope
    teams: frozenset[int]
    agent_id: int | None
    language: str | None
    theme: str

    @property
    def initials(self) -> str:
        """Two letters for a face; joiners keep Persian letters apart."""
        words = self.display_name.split()
        letters = (
            [word[0] for word in (words[0], words[-1])] if len(words) > 1 else list(self.display_name[:2])
        )
        return "\u200c".join(letters).upper()


def viewer_of(user: accounts.User) -> Viewer:
    """What the pages may know of a user."""
    return Viewer(
        user_id=user.id,
        name=user.name,
        display_name=user.display_name,
        role=user.role,
        scope=user.scope,
        teams=user.teams,
        agent_id=user.agent_id,
        language=user.language,
        theme=str(user.theme),
    )


def session_id() -> str:
    """The session id that the browser brought when it opened the page."""
    return st.context.cookies.get(COOKIE, "")


def current() -> Viewer | None:
    """The viewer of this rerun; ``None`` when it is over or leads only to a new password or factor.

    The one place that pages ask. The organisation's own sign-in ends in the same session (docs/sign-in.md).
    """
    found = accounts.signed_in(session_id())
    if found is None or found.limited:
        return None
    return viewer_of(found.user)


def viewer() -> Viewer:
    """The viewer, for a page that the main script let through.

    Raises:
        PermissionError: nobody is signed in.
    """
    found = current()
    if found is None:
        raise PermissionError("nobody is signed in")
    return found
