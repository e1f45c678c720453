"""The player of one moment: its seconds alone, with its lines. Texts of people go in as text only."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.i18n import _, language, number
from qa.records import Seconds

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Clip:
    """A moment to hear. ``audio`` is the address of the recording, empty without one; ``direction`` that of
    the words; ``lines`` as ``dashboard.call.lines`` cuts them. Safe to send: redacted text only.
    """

    key: str
    audio: str
    start: Seconds | None
    end: Seconds | None
    direction: str
    lines: tuple[dict[str, Any], ...]


def clip_player(clip: Clip, key: str) -> None:
    """Draw the player of a moment."""
    _component()(key=key, data=content(clip))


def content(clip: Clip) -> dict[str, Any]:
    """What the player is given, in the viewer's words and digits."""
    missing = _("There is no recording of this call; read it aloud together.")
    return {
        "key": clip.key,
        "audio": clip.audio,
        "start": clip.start,
        "end": clip.end,
        "dir": clip.direction,
        "lines": list(clip.lines),
        "lang": language(),
        "digits": "".join(number(figure) for figure in range(10)),
        "labels": {
            "view": _("A moment of a call"),
            "play": _("Play"),
            "pause": _("Pause"),
            "timeline": _("Place in the moment"),
            "missing": missing,
            "no_audio": _("The recording cannot be played."),
        },
    }


@cache
def _component() -> "ComponentRenderer":
    return st.components.v2.component(
        "clip_player",
        html=(HERE / "clip.html").read_text(encoding="utf-8"),
        css=(HERE / "clip.css").read_text(encoding="utf-8"),
        js="\n".join((HERE / "js" / f"{name}.js").read_text(encoding="utf-8") for name in ("base", "clip")),
        isolate_styles=False,
    )
