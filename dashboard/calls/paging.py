"""Pages of the list, one after the other and back. Where a page begins stands in the address."""

import streamlit as st

from dashboard.address import cursor_of

BEFORE = "calls_before"  # the list it belongs to, and where its pages before this one begin


def place() -> str | None:
    """Where the page in the address begins; ``None`` for the first."""
    return cursor_of(st.query_params.get("after"))


def forward(after: str) -> None:
    """To the page that begins after this place."""
    _keep([*_before(), place() or ""])
    st.query_params["after"] = after


def back() -> None:
    """To the page before this one; whoever came by a link into the middle gets to the first."""
    before = _before()
    cursor = before.pop() if before else ""
    _keep(before)
    if cursor:
        st.query_params["after"] = cursor
    else:
        st.query_params.pop("after", None)


def _list() -> str:
    return repr(sorted((k, v) for k, v in st.query_params.items() if k not in ("after", "lang")))


def _before() -> list[str]:
    name, cursors = st.session_state.get(BEFORE, ("", []))
    return list(cursors) if name == _list() and place() else []


def _keep(cursors: list[str]) -> None:
    st.session_state[BEFORE] = (_list(), cursors)
