"""The player of one call: timeline, transcript, criteria, measures and comments in one component.

One component, so that a click anywhere moves the sound without asking the server. Texts of people go into
the page as text only.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

HERE = Path(__file__).resolve().parent
SCRIPTS = ("base", "sound", "timeline", "transcript", "criteria", "measures", "notes", "keys", "main")
"""Pieces of one module, in the order in which they need each other."""
EVENT = "note"


def player(content: dict[str, Any], key: str, on_note: Callable[[], None]) -> None:
    """Draw the player. ``content`` as ``dashboard.call.reading`` makes it; ``on_note`` runs when a comment
    was written or removed, and finds it with ``sent``.
    """
    _component()(key=key, data=content, on_note_change=on_note)


def sent(key: str) -> object:
    """What the player sent last; only inside ``on_note``."""
    return getattr(st.session_state[key], EVENT, None)


@cache
def _component() -> "ComponentRenderer":
    # Styles of the page reach the player: it is built from the same parts as every other page.
    return st.components.v2.component(
        "call_player",
        html=(HERE / "player.html").read_text(encoding="utf-8"),
        css=(HERE / "player.css").read_text(encoding="utf-8"),
        js="\n".join((HERE / "js" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS),
        isolate_styles=False,
    )
