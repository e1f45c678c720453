import streamlit as st

from dashboard import identity, states
from dashboard.address import number_of
from dashboard.coaching import reading
from dashboard.coaching.words import names
from dashboard.data import coaching
from dashboard.data.coaching import Session
from dashboard.i18n import _, language, number
from dashboard.parts import Markup, head, show
from dashboard.registry import streamlit_page
from dashboard.room import agreeing, figures, listening
from qa.errors import NotFound


def week_of_plan(session: Session) -> str:
    """How far the plan is: its running week of how many."""
    if session.held_day is None or session.due_day is None:
        return _("not agreed yet")
    weeks = max(1, -(-(session.due_day - session.held_day) // 7))
    now = min(weeks, max(1, -(-(coaching.today() - session.held_day) // 7)))
    return _("plan week {now} of {all}", now=number(now), all=number(weeks))


viewer = identity.viewer()
try:
    session = coaching.session(viewer.scope, number_of(st.query_params.get("session", "")) or 0)
except NotFound:
    head(_("Coaching room"))
    text = _("No session of yours has this address. It may be another team's, or it was discarded.")
    if states.not_allowed("room", _("No such session"), text, _("To the coaching page")):
        st.switch_page(streamlit_page("coaching"))
    st.stop()
show(Markup('<i class="room-on" aria-hidden="true"></i>'))
who = " ".join((names(session), _("with {name}", name=session.coach)))
controls = head(session.focus, f"{who} · {week_of_plan(session)}", controls=(1.2, 1.6, 1.6))
with controls[0], st.popover(_("Notes"), width="stretch"):
    agreeing.notes(viewer, session)
with controls[1], st.popover(_("Private notes"), width="stretch"):
    agreeing.private(viewer, session)
if controls[2].button(_("Leave the room"), width="stretch", key="leave"):
    st.switch_page(streamlit_page("coaching"), query_params={"session": str(session.id)})
found = listening.clips_of(viewer, session)
place = min(max(1, number_of(st.query_params.get("clip", "")) or 1), max(1, len(found))) - 1
left, right = st.columns([1.31, 1], gap="medium")
with left:
    listening.listening(session, found, place, listening.best_for(viewer, session, found))
with right:
    figures.figures(session, reading.course(viewer.scope, session, language()))
    agreeing.agreement(viewer, session, len(found))
