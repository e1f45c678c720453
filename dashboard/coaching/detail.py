"""One session on the lead's own screen: why, moments, plan, notes, what the agent said, what came of it."""

import streamlit as st

from dashboard import still
from dashboard.coaching.preparing import day_name, open_room, person, title_of
from dashboard.coaching.words import names, standing
from dashboard.data import coaching
from dashboard.data.coaching import CoachingState, Moment, Session
from dashboard.data.site import settings
from dashboard.i18n import _, clock, day_month, moment, ngettext, quoted
from dashboard.identity import Viewer
from dashboard.parts import Markup, Row, go, panel, row, show, verdict_glyph
from dashboard.words import word
from qa.errors import InvalidSetting, NotFound

AHEAD = (0, 1, 2, 3, 4, 5, 6, 7, 10, 14)


def session_panel(viewer: Viewer, session: Session) -> None:
    """The session with what may be done next."""
    today = coaching.today()
    text, late = standing(session, today)
    with panel("session", session.focus, f"{names(session)} · {text}", stretch=False, dense=True):
        told = [title_of(session.criterion), _("coach {name}", name=session.coach)]
        if session.held_day is not None:
            told.append(_("held {day}", day=day_month(session.held_day)))
        show(Markup('<p class="sub">{}</p>').format(" · ".join(told)))
        _buttons(viewer, session)
        _moments(viewer, session)
        _plan(session)
        if session.state is not CoachingState.PREPARED:
            _follow(viewer, session, late=late)
        _private(viewer, session)


def _buttons(viewer: Viewer, session: Session) -> None:
    first, second, third = st.columns([1.3, 1.3, 1], vertical_alignment="bottom", gap="small")
    if first.button(_("Open the room"), type="primary", width="stretch", key="open_room"):
        open_room(session.id)
    if session.state is not CoachingState.PREPARED:
        return
    days = [coaching.today() + ahead for ahead in AHEAD]
    if session.planned_day is not None and session.planned_day not in days:
        days = [session.planned_day, *days]
    key = f"plan_day_{session.id}"
    second.selectbox(
        _("Day"), [None, *days], format_func=lambda day: _("no day yet") if day is None else day_name(day),
        index=0 if session.planned_day is None else 1 + days.index(session.planned_day),
        key=key, label_visibility="collapsed",
        on_change=still.callback(_plan_day), args=(viewer, session.id, key),
    )  # fmt: skip
    if third.button(_("Discard"), width="stretch", key="discard"):
        coaching.discard(person(viewer), session.id)
        st.query_params.pop("session", None)
        st.toast(_("Session discarded"))
        st.rerun()


def _plan_day(viewer: Viewer, session_id: int, key: str) -> None:
    coaching.plan_day(person(viewer), session_id, st.session_state[key])


def _moments(viewer: Viewer, session: Session) -> None:
    found = coaching.moments(viewer.scope, session.id)
    title = ngettext("{count} moment", "{count} moments", len(found))
    show(Markup('<p class="sec"><span>{}</span></p>').format(title))
    if not found:
        text = _("No call with words has a verdict on this criterion yet; the room shows the course alone.")
        show(Markup('<p class="sub">{}</p>').format(text))
    for place, one in enumerate(found):
        params = {"call": one.call_key} | ({} if one.start is None else {"t": f"{one.start:.1f}"})
        body = row(moment_row(one, last=place == len(found) - 1))
        go(f"moment_{one.id}", body, "call", label=_("Open the call"), params=params)


def moment_row(one: Moment, *, last: bool) -> Row:
    """A moment as a line: verdict, words, when, which seconds."""
    from datetime import UTC, datetime

    when = moment(one.started_at, settings().zone, datetime.now(UTC))
    place = (
        ""
        if one.start is None or one.end is None
        else _("{low} to {high}", low=clock(one.start), high=clock(one.end))
    )
    said = word(one.verdict.value)
    title = Markup("{} {}").format(verdict_glyph(one.verdict.value, said), said)
    detail = Markup('<span dir="auto">{}</span>').format(quoted(one.quote) if one.quote else when)
    end = place if one.sound else _("words only")
    return Row(title, detail, end, last=last)


def _plan(session: Session) -> None:
    if not session.goal and not session.action:
        return
    show(Markup('<p class="sec"><span>{}</span></p>').format(_("Plan")))
    due = "" if session.due_day is None else _("due {day}", day=day_month(session.due_day))
    steps = Markup("").join(Markup("<li>{}</li>").format(step) for step in session.steps)
    goal = Markup('<p dir="auto"><b>{}</b> <span class="sub">{}</span></p>').format(session.goal, due)
    show(goal + Markup('<ul class="plan-steps">{}</ul>').format(steps))
    if session.notes:
        show(Markup('<p class="sub" dir="auto">{}</p>').format(_("Notes: {text}", text=session.notes)))
    for member in session.members:
        if member.own_words:
            said = _("{name} adds: {text}", name=member.agent, text=quoted(member.own_words))
            show(Markup('<p dir="auto">{}</p>').format(said))
        elif member.acknowledged_at is None and session.state is CoachingState.HELD:
            waits = _("{name} has not acknowledged yet.", name=member.agent)
            show(Markup('<p class="sub">{}</p>').format(waits))


def _follow(viewer: Viewer, session: Session, *, late: bool) -> None:
    if session.followed_up_at is not None:
        said = _("Follow-up: {text}", text=session.follow_up_note)
        show(Markup('<p dir="auto">{}</p>').format(said))
        return
    with st.expander(_("Follow up"), expanded=late):
        note = st.text_area(_("What came of it"), key=f"follow_{session.id}", max_chars=600, height=80)
        if st.button(_("Store the follow-up"), key="follow_store"):
            try:
                coaching.follow_up(person(viewer), session.id, note)
            except (InvalidSetting, NotFound):
                st.error(_("Write what came of it."))
            else:
                st.toast(_("Follow-up stored"))
                st.rerun()


def _private(viewer: Viewer, session: Session) -> None:
    """Only the viewer's own note; it is read nowhere else."""
    with st.expander(_("Private notes, for you alone"), icon=":material/lock:"):
        now = coaching.private_note(person(viewer), session.id)
        text = st.text_area(
            _("Private notes"), now, key=f"private_{session.id}", label_visibility="collapsed", max_chars=2000
        )
        if st.button(_("Store the note"), key="private_store"):
            coaching.write_private_note(person(viewer), session.id, text)
            st.toast(_("Note stored"))
