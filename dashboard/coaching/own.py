"""What an agent sees of own coaching: sessions, their moments, the plan, and the way to acknowledge it."""

import streamlit as st

from dashboard.coaching.detail import moment_row
from dashboard.coaching.preparing import title_of
from dashboard.coaching.words import standing
from dashboard.data import clips, coaching
from dashboard.data.coaching import CoachingState, Session, SessionFilter
from dashboard.i18n import _, clock, day_month, quoted
from dashboard.identity import Viewer
from dashboard.parts import Markup, go, panel, row, show
from dashboard.player.clip import clip_player
from dashboard.room.hearing import exemplar_clip
from qa.errors import NotFound

MOST = 12


def own_coaching(viewer: Viewer) -> None:
    """Every session of this agent: what waits for the agent first. For the agent alone."""
    found = coaching.listed(viewer.scope, SessionFilter(), MOST) if viewer.agent_id is not None else ()
    if not found:
        with panel("own_none", stretch=False):
            text = _("No coaching session yet. When one is planned for you, it stands here.")
            show(Markup('<p class="sub">{}</p>').format(text))
    for one in found:
        own_session(viewer, one)


def own_session(viewer: Viewer, session: Session) -> None:
    """One session of this agent's."""
    with panel(f"own_{session.id}", session.focus, _note(session), stretch=False):
        told = [title_of(session.criterion), _("with {name}", name=session.coach)]
        if session.held_day is not None:
            told.append(_("held {day}", day=day_month(session.held_day)))
        show(Markup('<p class="sub">{}</p>').format(" · ".join(told)))
        if session.state is CoachingState.PREPARED:
            return
        _plan(session)
        _moments(viewer, session)
        if session.members and session.members[0].acknowledged_at is None:
            _acknowledge(viewer, session)
        elif session.members and session.members[0].own_words:
            said = _("You added: {text}", text=quoted(session.members[0].own_words))
            show(Markup('<p dir="auto">{}</p>').format(said))


def _note(session: Session) -> str:
    waits = session.members and session.members[0].acknowledged_at is None
    if session.state is not CoachingState.PREPARED and waits:
        return _("waits for you")
    return standing(session, coaching.today())[0]


def _plan(session: Session) -> None:
    due = "" if session.due_day is None else _("until {day}", day=day_month(session.due_day))
    steps = Markup("").join(Markup("<li>{}</li>").format(step) for step in session.steps)
    goal = Markup('<p dir="auto"><b>{}</b> <span class="sub">{}</span></p>').format(session.goal, due)
    show(goal + Markup('<ul class="plan-steps">{}</ul>').format(steps))
    if session.notes:
        show(Markup('<p class="sub" dir="auto">{}</p>').format(_("Notes: {text}", text=session.notes)))


def _moments(viewer: Viewer, session: Session) -> None:
    """Own moments lead to the calls; beside them the best practice, without a name."""
    found = coaching.moments(viewer.scope, session.id)
    with st.expander(_("What you heard together")):
        for place, one in enumerate(found):
            params = {"call": one.call_key} | ({} if one.start is None else {"t": f"{one.start:.1f}"})
            at = "" if one.start is None else clock(one.start)
            body = row(moment_row(one, last=place == len(found) - 1))
            go(
                f"own_moment_{one.id}",
                body,
                "call",
                label=_("Hear your call from {time}", time=at),
                params=params,
            )
        best = clips.best(viewer.scope, session.criterion)
        if best is not None:
            show(Markup('<p class="sec"><span>{}</span></p>').format(best.title))
            clip_player(exemplar_clip(best), f"own_best_{session.id}")


def _acknowledge(viewer: Viewer, session: Session) -> None:
    words = st.text_area(
        _("In your own words, if you like"), key=f"own_words_{session.id}", max_chars=600, height=80
    )
    if st.button(_("I have seen the plan"), type="primary", key=f"acknowledge_{session.id}"):
        try:
            coaching.acknowledge(session.id, (viewer.user_id, viewer.agent_id), words)
        except NotFound:
            st.error(_("This plan is acknowledged already; reload the page."))
        else:
            st.toast(_("Plan acknowledged; its steps are on your list."))
            st.rerun()
