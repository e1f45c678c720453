"""Coaching of one agent: sessions with what was agreed, and for the agent what is still to be done."""

from datetime import UTC, datetime

import streamlit as st

from dashboard.data import actions, coaching
from dashboard.data.actions import ActionItem, ItemFilter, ItemState
from dashboard.data.coaching import CoachingState, Person, Session, SessionFilter
from dashboard.data.site import settings
from dashboard.i18n import N_, _, day_month, moment
from dashboard.identity import Viewer
from dashboard.parts import Markup, Row, go, panel, row, show
from qa.errors import NotFound

SHOWN = 5
STATES = {
    CoachingState.PREPARED: N_("prepared"),
    CoachingState.HELD: N_("waits for the agent"),
    CoachingState.ACKNOWLEDGED: N_("acknowledged"),
}


def history_panel(viewer: Viewer, agent: int) -> None:
    """The sessions of an agent for who leads, those that wait first."""
    found = coaching.listed(viewer.scope, SessionFilter(agent_id=agent), SHOWN)
    with panel("agent_coaching", _("Coaching"), _("sessions and what was agreed"), stretch=False, dense=True):
        if not found:
            show(Markup('<p class="sub">{}</p>').format(_("Not coached yet.")))
        for place, one in enumerate(found):
            said = (_(STATES[one.state]), one.coach, one.goal)
            content = Row(one.focus, _said(said), _when(one), last=place == len(found) - 1)
            _open(f"agent_session_{one.id}", row(content), "coaching", {"session": str(one.id)})


def plan_panel(viewer: Viewer) -> None:
    """The agent's own plan: what was agreed and waits to be acknowledged, and what is to be done by when."""
    sessions = coaching.listed(viewer.scope, SessionFilter(agent_id=viewer.agent_id), SHOWN)
    mine = ItemFilter(frozenset({ItemState.OPEN}), owner_id=viewer.user_id)
    items = actions.listed(Person(viewer.user_id, viewer.scope), mine, SHOWN)
    with panel("mine_plan", _("My plan"), _("what was agreed in coaching"), stretch=False, dense=True):
        if not sessions and not items:
            show(Markup('<p class="sub">{}</p>').format(_("Nothing is agreed yet.")))
        for item in items:
            _open(f"mine_item_{item.id}", _item(item), "plan", {"item": str(item.id)})
        for one in sessions:
            said = (_own_state(one), one.coach, one.goal)
            body = row(Row(one.focus, _said(said), _when(one)))
            _open(f"mine_session_{one.id}", body, "coaching", {"session": str(one.id)})
            if one.state is CoachingState.HELD and _waits(one, viewer):
                _acknowledge(one, viewer)


def _item(one: ActionItem) -> Markup:
    late = one.overdue(coaching.today())
    return row(Row(one.what, _("by {day}", day=day_month(one.due_day)), urgent=late, late=late))


def _own_state(one: Session) -> str:
    if one.state is CoachingState.HELD:
        return _("waits for your answer")
    return _(STATES[one.state])


def _waits(one: Session, viewer: Viewer) -> bool:
    return any(each.agent_id == viewer.agent_id and each.acknowledged_at is None for each in one.members)


def _acknowledge(one: Session, viewer: Viewer) -> None:
    if not st.button(_("I have seen the plan"), key=f"mine_plan_{one.id}", type="primary"):
        return
    try:
        coaching.acknowledge(one.id, (viewer.user_id, viewer.agent_id), "")
    except NotFound:
        st.toast(_("Nothing was changed. Reload the page and try again."))
    else:
        st.toast(_("Noted: you have seen it"))
    st.rerun()


def _said(parts: tuple[str, ...]) -> str:
    return " · ".join(part for part in parts if part)


def _when(one: Session) -> str:
    return moment(one.held_at or one.prepared_at, settings().zone, datetime.now(UTC))


def _open(key: str, body: Markup, to: str, params: dict[str, str]) -> None:
    go(key, body, to, label=_("Open it"), params=params)
