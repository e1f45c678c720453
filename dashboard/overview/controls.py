"""Week and queue of the overview; both stand in the address, so a link shows the same figures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.data.choices import Queue
from dashboard.i18n import _, from_to, language
from dashboard.overview.reading import BACK, this_week, usual_week
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
    wanted = st.query_params.get("week", "")
    if wanted.lstrip("-").isdigit():
        return week_start(int(wanted), language())
    return usual_week(viewer.scope, language())


def chosen_queue() -> frozenset[int]:
    """The queue of the address; empty for all."""
    wanted = st.query_params.get("queue", "")
    return frozenset({int(wanted)}) if wanted.isdigit() else frozenset()


def draw_controls(places: "Sequence[DeltaGenerator]", week: int, queues: Sequence[Queue]) -> None:
    """The two choices at the end of the head."""
    newest = max(this_week(language()), week)
    weeks = [newest - STEP * back for back in range(max(LISTED, (newest - week) // STEP + 1)) if back < BACK]
    with places[0]:
        st.selectbox(
            _("Week"),
            weeks,
            index=weeks.index(week) if week in weeks else 0,
            format_func=lambda first: from_to(first, first + 6),
            key="overview_week",
            label_visibility="collapsed",
            on_change=lambda: _put("week", str(st.session_state.overview_week)),
        )
    chosen = next(iter(chosen_queue()), 0)
    names = {0: _("All queues")} | {queue.id: queue.name for queue in queues}
    with places[1]:
        st.selectbox(
            _("Queue"),
            list(names),
            index=list(names).index(chosen) if chosen in names else 0,
            format_func=lambda number: names[number],
            key="overview_queue",
            label_visibility="collapsed",
            on_change=lambda: _put("queue", str(st.session_state.overview_queue or "")),
        )


def _put(name: str, value: str) -> None:
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)
