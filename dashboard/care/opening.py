"""Which dialog of a list is open; it stays so over the runs that its own fields cause."""

from collections.abc import Callable

import streamlit as st

from dashboard import still

OPEN = "care_open"


def dialog_button(label: str, key: str, title: str, draw: Callable[[], None]) -> None:
    """A button that opens the dialog ``key``, and the dialog while it is open."""
    st.button(label, key=key, width="stretch", on_click=_open, args=(key,))
    if st.session_state.get(OPEN) == key:
        still.dialog(title, on_dismiss=shut)(draw)()


def shut() -> None:
    """Close whatever is open."""
    st.session_state.pop(OPEN, None)


def _open(key: str) -> None:
    st.session_state[OPEN] = key
