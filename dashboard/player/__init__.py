"""The player of one call: timeline, transcript, criteria, measures and comments in one component.

One component, so that a click anywhere moves the sound without asking the server. Texts of people go into
the page as text only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

HERE = Path(__file__).resolve().parent
SCRIPTS = (
    "base",
    "sound",
    "timeline",
    "transcript",
    "hits",
    "criteria",
    "review",
    "measures",
    "notes",
    "keys",
    "main",
)
"""Pieces of one module, in the order in which they need each other."""
NOTE, REVIEW = "note", "review"


@dataclass(frozen=True, slots=True)
class Listeners:
    """What runs when a comment was written or removed, and when a review's draft changed or is to be
    finished; each finds what was sent with ``sent``.
    """

    note: Callable[[], None]
    review: Callable[[], None]


def player(content: dict[str, Any], key: str, listeners: Listeners) -> None:
    """Draw the player. ``content`` as ``dashboard.call.reading`` makes it."""
    _component()(key=key, data=content, on_note_change=listeners.note, on_review_change=listeners.review)


def sent(key: str, event: str = NOTE) -> object:
    """What the player sent last; only inside a listener."""
    return getattr(st.session_state[key], event, None)


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
