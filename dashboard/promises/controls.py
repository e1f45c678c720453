"""What narrows the ledger; it stands in the address, so a link shows the same list."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.address import day_of, number_of, numbers_of
from dashboard.data import choices
from dashboard.data.promises import LedgerFilter, PromiseState
from dashboard.data.site import Scope, settings
from dashboard.i18n import N_, _
from qa.calendar import day_bounds

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

SHOWN = {
    "open": N_("Open promises"),
    "overdue": N_("Overdue"),
    "forbidden": N_("Against policy"),
    "kept": N_("Kept"),
    "broken": N_("Broken"),
    "void": N_("Void"),
    "all": N_("All promises"),
}
STATES = {state.value for state in PromiseState}


def read_filter(params: Mapping[str, str], now: datetime) -> LedgerFilter:
    """The filter in the address; open promises where it says nothing."""
    shown = shown_in(params)
    team, agent = number_of(params.get("team", "")), number_of(params.get("agent", ""))
    return LedgerFilter(
        now=now,
        states=frozenset({PromiseState(shown)}) if shown in STATES else frozenset(),
        overdue=shown == "overdue",
        forbidden=shown == "forbidden",
        teams=frozenset() if team is None else frozenset({team}),
        agents=frozenset() if agent is None else frozenset({agent}),
        queues=numbers_of(params.get("queue", "")),
        due=_due(params),
    )


def _due(params: Mapping[str, str]) -> tuple[int, int, datetime, datetime] | None:
    first, last = day_of(params.get("due_from", "")), day_of(params.get("due_to", ""))
    if first is None or last is None:
        return None
    zone = settings().zone
    return first, last, day_bounds(first, zone)[0], day_bounds(last, zone)[1]


def shown_in(params: Mapping[str, str]) -> str:
    """Which kind the address names."""
    shown = params.get("shown", "open")
    return shown if shown in SHOWN else "open"


def draw_controls(places: "Sequence[DeltaGenerator]", scope: Scope) -> None:
    """Team and kind, at the end of the head. A viewer of one team or of oneself needs no teams."""
    teams = choices.teams(scope) if scope.agent is None else ()
    if len(teams) > 1:
        names = {0: _("All teams")} | {team.id: team.name for team in teams}
        chosen = number_of(st.query_params.get("team", "")) or 0
        with places[0]:
            st.selectbox(
                _("Team"),
                list(names),
                format_func=lambda number: names[number],
                key=_follow("promises_team", chosen if chosen in names else 0),
                label_visibility="collapsed",
                on_change=lambda: _put("team", str(st.session_state.promises_team or "")),
            )
    with places[1]:
        st.selectbox(
            _("Kind"),
            list(SHOWN),
            format_func=lambda name: _(SHOWN[name]),
            key=_follow("promises_shown", shown_in(st.query_params)),
            label_visibility="collapsed",
            on_change=lambda: _put("shown", st.session_state.promises_shown),
        )


def _put(name: str, value: str) -> None:
    st.query_params.pop("after", None)
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def _follow(key: str, value: object) -> str:
    st.session_state[key] = value
    return key
