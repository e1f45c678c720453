"""What the address of the library asks for, and the control that changes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.choosing import follow, put
from dashboard.i18n import _, number

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

WAITING = "waiting"
Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One criterion, all (empty), or what is not heard by others yet (``waiting``)."""

    criterion: str = ""
    waiting: bool = False


def read_criterion(params: Mapping[str, str], counts: Counts, asked: Counts) -> Wanted:
    """What an address asks for. What is not there narrows nothing; where nothing is heard yet, what waits."""
    wanted = params.get("criterion", "")
    if asked and (wanted == WAITING or not counts):
        return Wanted(waiting=True)
    return Wanted(wanted if wanted in counts else "")


def draw_criterion(
    place: "DeltaGenerator", wanted: Wanted, counts: tuple[Counts, Counts], titles: Mapping[str, str]
) -> None:
    """The choice of a criterion, with how many moments each has."""
    heard, asked = counts
    options = {"": _("All criteria ({count})", count=number(sum(heard.values())))}
    known = [*(key for key in titles if key in heard), *(key for key in heard if key not in titles)]
    options |= {key: f"{titles.get(key, key)} ({number(heard[key])})" for key in known}
    if asked:
        options[WAITING] = _("Asked, not heard by others ({count})", count=number(sum(asked.values())))
    with place:
        st.selectbox(
            _("Criterion"),
            list(options),
            format_func=lambda key: options[key],
            key=follow("library_criterion", WAITING if wanted.waiting else wanted.criterion),
            label_visibility="collapsed",
            on_change=lambda: put("criterion", st.session_state["library_criterion"]),
        )
