"""Week and queue of the overview; both stand in the address, so a link shows the same figures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.address import day_of, number_of
from dashboard.data.choices import Queue
from dashboard.i18n import _, from_to, language
from dashboard.overview.reading import this_week, usual_week
from qa.analytics.weeks import STEP
from qa.calendar import week_start

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from dashboard.identity import Viewer

LISTED = 16  # weeks to choose from


def chosen_week(viewer: "Viewer") -> int | None:
    """The week of the address, else the one worth a look; ``None`` when there was never a call.

    A running week is shown from its fourth day on: on a Saturday morning the week that has just ended is
    the news, and a few hours of calls are noise.
    """
    usual = usual_week(viewer.scope, language())
    wanted = day_of(st.query_params.get("week", ""))
    return usual if usual is None or wanted is None else week_start(wanted, language())


def chosen_queue(queues: Sequence[Queue]) -> frozenset[int]:
    """The queue of the address; empty for all, and for one that is not there."""
    wanted = number_of(st.query_params.get("queue", ""))
    return frozenset(queue.id for queue in queues if queue.id == wanted)


def draw_controls(places: "Sequence[DeltaGenerator]", week: int, queues: Sequence[Queue]) -> None:
    """The two choices at the end of the head."""
    newest = this_week(language())
    weeks = sorted({week, *(newest - STEP * back for back in range(LISTED))}, reverse=True)
    with places[0]:
        st.selectbox(
            _("Week"),
            weeks,
            format_func=lambda first: from_to(first, first + 6),
            key=_follow("overview_week", week),
            label_visibility="collapsed",
            on_change=lambda: _put("week", str(st.session_state.overview_week)),
        )
    chosen = next(iter(chosen_queue(queues)), 0)
    names = {0: _("All queues")} | {queue.id: queue.name for queue in queues}
    with places[1]:
        st.selectbox(
            _("Queue"),
            list(names),
            format_func=lambda number: names[number],
            key=_follow("overview_queue", chosen if chosen in names else 0),
            label_visibility="collapsed",
            on_change=lambda: _put("queue", str(st.session_state.overview_queue or "")),
        )


def _follow(key: str, value: int) -> str:
    """Make a control show what the address says, after the browser's way back too."""
    st.session_state[key] = value
    return key


def _put(name: str, value: str) -> None:
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)
