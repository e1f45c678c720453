"""The agreement: goal, steps, due date; written down together, then agreed."""

import streamlit as st

from dashboard.care.opening import dialog_button, shut
from dashboard.coaching.preparing import day_name, person
from dashboard.data import coaching
from dashboard.data.coaching import CoachingState, Plan, Session
from dashboard.i18n import _, day_month
from dashboard.identity import Viewer
from dashboard.parts import Markup, panel, show
from qa.errors import InvalidSetting, NotFound

AHEAD = (7, 10, 14, 21, 28, 42)
ADDED = "_private_notes_added"


def agreement(viewer: Viewer, session: Session, clips: int) -> None:
    """The panel: what is agreed, and the buttons under it."""
    due = "" if session.due_day is None else _("until {day}", day=day_month(session.due_day))
    with panel("agreed", _("We agree"), due, stretch=False):
        done = session.state is not CoachingState.PREPARED
        lines = [session.goal, *session.steps] if session.goal else list(session.steps)
        if not session.steps:
            lines.append(_("No step yet. Write down who does what by when."))
        marks = Markup("").join(
            Markup('<li class="{}" dir="auto">{}</li>').format("on" if done else "", line) for line in lines
        )
        show(Markup('<ul class="agreed">{}</ul>').format(marks))
        first, second, third = st.columns(3, gap="small")
        if not done:
            ready = bool(session.goal and session.steps and session.due_day is not None)
            with first:
                if st.button(
                    _("Agree the plan"), type="primary", width="stretch", key="agree", disabled=not ready
                ):
                    _agree(viewer, session)
            with second:
                dialog_button(
                    _("Write it down"),
                    f"write_{session.id}",
                    _("What we agree"),
                    lambda: _write(viewer, session),
                )
        if clips > 1 and third.button(_("Next clip"), key="next_clip", width="stretch"):
            now = int(st.query_params.get("clip", "1")) if st.query_params.get("clip", "1").isdigit() else 1
            st.query_params["clip"] = str(now % clips + 1)
            st.rerun()


def notes(viewer: Viewer, session: Session) -> None:
    """Notes that both read."""
    text = st.text_area(
        _("Notes that both of you read"), session.notes, key=f"notes_{session.id}", max_chars=2000, height=160
    )
    if st.button(_("Store the notes"), key="notes_store", width="stretch"):
        _keep(viewer, session, as_plan(session), text)


def private(viewer: Viewer, session: Session) -> None:
    """Add to the own private note without showing what stands there: two people look at this screen."""
    show(Markup('<p class="sub">{}</p>').format(
        _("What you wrote before stays hidden here; read it on the page Coaching, alone.")))  # fmt: skip
    key = f"private_note_{st.session_state.get(ADDED, 0)}"  # a new field only once the last note is stored
    with st.form("private_add", border=False):
        text = st.text_area(_("Add a private note"), max_chars=1000, height=100, key=key)
        if st.form_submit_button(_("Add it"), width="stretch") and text.strip():
            before = coaching.private_note(person(viewer), session.id)
            whole = f"{before}\n{text.strip()}" if before else text
            coaching.write_private_note(person(viewer), session.id, whole)
            st.session_state[ADDED] = st.session_state.get(ADDED, 0) + 1
            st.toast(_("Note stored"))
            st.rerun()


def as_plan(session: Session) -> Plan:
    """The plan of a session as it stands."""
    return Plan(session.goal, session.goal_value, session.action, session.due_day, session.try_aloud)


def _write(viewer: Viewer, session: Session) -> None:
    today = coaching.today()
    goal = st.text_input(_("Goal"), session.goal, max_chars=200, key="plan_goal")
    value = st.number_input(
        _("Goal in % of calls, for the chart"), 0, 100,
        None if session.goal_value is None else round(session.goal_value), key="plan_value",
    )  # fmt: skip
    action = st.text_area(
        _("Steps, one a line"), session.action, max_chars=1000, height=110, key="plan_steps"
    )
    days = [today + ahead for ahead in AHEAD]
    if session.due_day is not None and session.due_day >= today and session.due_day not in days:
        days = sorted([session.due_day, *days])
    start = days.index(session.due_day) if session.due_day in days else 2
    due = st.selectbox(_("Until"), days, index=start, format_func=day_name, key="plan_due")
    spoken = st.text_area(
        _("Try it aloud, a part a line"), session.try_aloud, max_chars=600, height=110, key="plan_try"
    )
    if st.button(_("Store it"), type="primary", width="stretch", key="plan_store"):
        plan = Plan(goal, None if value is None else float(value), action, due, spoken)
        if _keep(viewer, session, plan, session.notes):
            shut()
            st.rerun()


def _keep(viewer: Viewer, session: Session, plan: Plan, text: str) -> bool:
    try:
        coaching.write_plan(person(viewer), session.id, plan, text)
    except (InvalidSetting, NotFound):
        st.error(_("This could not be stored. Reload the page and try again."))
        return False
    st.toast(_("Stored"))
    return True


def _agree(viewer: Viewer, session: Session) -> None:
    try:
        coaching.agree(person(viewer), session.id)
    except (InvalidSetting, NotFound):
        st.error(_("The plan needs a goal, a step and a day from today on."))
    else:
        st.toast(_("Plan agreed; it waits for the agent's own sign-in."))
        st.rerun()
