"""What runs without the main script asks again who looks.

Streamlit runs callbacks of widgets before the main script, and fragments and dialogs without it. With the
viewer of the run before, a user who was signed out, disabled or given another role meanwhile could go on once
more, or as long as a dialog is open. ``st.fragment`` and ``st.dialog`` are used here alone (a test says so).
"""

from collections.abc import Callable
from functools import wraps
from typing import Literal, ParamSpec

import streamlit as st

from dashboard import identity, outage
from dashboard.identity import Viewer

DRAWN_FOR = "_drawn_for"
"""Where the main script leaves whom it drew the page for."""
P = ParamSpec("P")


def drawn_for(viewer: Viewer | None) -> None:
    """Told by the main script at each run."""
    st.session_state[DRAWN_FOR] = None if viewer is None else _may(viewer)


def same_viewer() -> bool:
    """True while the session lives and its user may do what the page was drawn for."""
    found = identity.current()
    return found is not None and _may(found) == st.session_state.get(DRAWN_FOR)


def _may(viewer: Viewer) -> tuple[object, ...]:
    return viewer.user_id, viewer.role, viewer.teams, viewer.agent_id


def callback(action: Callable[P, object]) -> Callable[P, None]:
    """A widget's callback that writes: for another viewer it does nothing; the run that follows says why."""

    @wraps(action)
    def checked(*args: P.args, **kwargs: P.kwargs) -> None:
        if not same_viewer():
            return
        try:
            action(*args, **kwargs)
        except outage.OUTAGES as error:  # raised here, it would cost the whole page and what is typed in it
            outage.toasted(error)

    return checked


def fragment(*, run_every: float | None = None) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """``st.fragment`` that leads back to the main script for another viewer."""

    def decorate(draw: Callable[P, None]) -> Callable[P, None]:
        return st.fragment(_checked(draw), run_every=run_every)

    return decorate


def dialog(
    title: str, *, width: Literal["small", "large"] = "small", on_dismiss: Callable[[], None] | None = None
) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """``st.dialog`` that leads back to the main script for another viewer."""

    def decorate(draw: Callable[P, None]) -> Callable[P, None]:
        return st.dialog(title, width=width, on_dismiss=on_dismiss or "ignore")(_checked(draw))

    return decorate


def _checked(draw: Callable[P, None]) -> Callable[P, None]:
    @wraps(draw)
    def checked(*args: P.args, **kwargs: P.kwargs) -> None:
        if not same_viewer():
            st.rerun()
        try:
            draw(*args, **kwargs)
        except outage.OUTAGES as error:
            outage.told(error)

    return checked
