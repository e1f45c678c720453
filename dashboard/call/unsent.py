"""A comment that the store did not take goes back into the field where it was written."""

import streamlit as st

from dashboard import outage
from dashboard.call import notes
from dashboard.identity import Viewer


def text_of(player_key: str) -> str:
    """What waits to be sent again."""
    return str(st.session_state.get(_key(player_key), ""))


def take(player_key: str, sent: object, call_key: str, viewer: Viewer) -> bool:
    """Store what the player sent; True when it removed a comment.

    Raises:
        InvalidSetting, NotFound: as ``notes.take``.
        StoreUnavailable: nothing was stored; ``text_of`` has the words.
    """
    try:
        removed = notes.take(sent, call_key, viewer)
    except outage.OUTAGES:
        st.session_state[_key(player_key)] = sent.get("text", "") if isinstance(sent, dict) else ""
        raise
    st.session_state.pop(_key(player_key), None)
    return removed


def _key(player_key: str) -> str:
    return f"_unsent_{player_key}"
