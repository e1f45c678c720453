"""What the address of an agent's page asks for, and the control that changes it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.agent.reading import Days
from dashboard.agents.asking import PERIODS, USUAL, WEEKS
from dashboard.choosing import follow, put
from dashboard.data.site import settings
from dashboard.i18n import _, language
from qa.calendar import local_day, week_start

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def period_of(params: Mapping[str, str]) -> str:
    """The period in the address; the usual one for what is not known."""
    period = params.get("period", USUAL)
    return period if period in PERIODS else USUAL


def days_of(period: str) -> Days:
    """The days of a period: whole weeks that are over, or the running one."""
    running = week_start(local_day(datetime.now(UTC), settings().zone), language())
    first, last = running, running + 6
    if period in WEEKS:
        first, last = running - 7 * WEEKS[period], running - 1
    return Days(first, last, running - 7)


def draw_period(place: "DeltaGenerator", period: str) -> None:
    """The choice of days."""
    names = {key: _(text) for key, text in PERIODS.items()}
    with place:
        st.selectbox(
            _("Days"),
            list(names),
            format_func=lambda value: names[value],
            key=follow("agent_period", period),
            label_visibility="collapsed",
            on_change=lambda: put("period", st.session_state["agent_period"]),
        )
