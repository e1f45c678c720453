"""Preparing a session: in one click from a suggestion, or by hand for one agent or a group."""

from dataclasses import dataclass

import streamlit as st

from dashboard.coaching.words import FOCUS, TRY, share
from dashboard.data import choices, clips, coaching
from dashboard.data.coaching import Person, Plan
from dashboard.data.scorecards import common_titles
from dashboard.i18n import _, day_month, language, ngettext, weekday_name
from dashboard.identity import Viewer
from dashboard.parts import Markup, show
from dashboard.registry import streamlit_page
from qa.analytics.gain import Suggestion
from qa.errors import InvalidSetting, NotFound

AHEAD = (1, 2, 3, 4, 5, 6, 7, 10, 14)
DUE = 14  # days from today to the usual due date
STEP = 0.1
"""How much a first goal asks for at most: ten points, never past the team's level."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom to coach on what, and when; ``goal`` is a share 0-1."""

    agents: tuple[int, ...]
    criterion: str
    focus: str = ""
    day: int | None = None
    goal: float | None = None


def person(viewer: Viewer) -> Person:
    """The viewer as the store asks for one."""
    return Person(viewer.user_id, viewer.scope)


def title_of(criterion: str) -> str:
    """The criterion's title in the viewer's language."""
    return common_titles(language()).get(criterion, criterion)


def from_suggestion(one: Suggestion) -> Asked:
    """What a click on a suggestion asks for: its goal is the team's level, or ten points more."""
    return Asked((one.agent,), one.key, goal=min(one.level, one.raw + STEP))


def prepare(viewer: Viewer, asked: Asked) -> int | None:
    """Write the session and a first plan; gives its number, ``None`` when it could not be."""
    focus = asked.focus.strip() or (_(FOCUS[asked.criterion]) if asked.criterion in FOCUS else "")
    order = clips.order(asked.agents, asked.criterion, focus or title_of(asked.criterion), asked.day)
    goal = ""
    if asked.goal is not None:
        goal = _(
            "{criterion} in {share} % of calls", criterion=title_of(asked.criterion), share=share(asked.goal)
        )
    plan = Plan(
        goal=goal,
        goal_value=None if asked.goal is None else round(100 * asked.goal),
        due_day=coaching.today() + DUE,
        try_aloud=_(TRY[asked.criterion]) if asked.criterion in TRY else "",
    )
    try:
        made = clips.prepare(person(viewer), order)
        coaching.write_plan(person(viewer), made, plan, "")
    except (InvalidSetting, NotFound):
        st.toast(_("The session could not be prepared. Reload the page and try again."))
        return None
    return made


def open_room(session_id: int) -> None:
    """Go to the coaching room of a session."""
    st.switch_page(streamlit_page("room"), query_params={"session": str(session_id)})


def form(viewer: Viewer) -> None:
    """Agents, criterion, focus and day; several agents make a group session."""
    found = {one.id: one.name for one in choices.agents(viewer.scope)}
    titles = common_titles(language())
    members = st.multiselect(
        _("Agents"), list(found), format_func=lambda one: found[one], key="coach_agents",
        placeholder=_("Choose one, or several for a group"),
    )  # fmt: skip
    keys = [key for key in titles if key in FOCUS]
    criterion = st.selectbox(_("Criterion"), keys, format_func=lambda key: titles[key], key="coach_criterion")
    focus = st.text_input(
        _("Focus in one sentence"), max_chars=120, key="coach_focus", placeholder=_(FOCUS[criterion])
    )
    today = coaching.today()
    days = [today + ahead for ahead in AHEAD]
    day = st.selectbox(_("Day"), days, format_func=day_name, key="coach_day")
    if len(members) > 1:
        note = _("In a group only exemplary moments are heard together; each hears own moments alone.")
        show(Markup('<p class="sub">{}</p>').format(note))
    if st.button(_("Prepare the session"), type="primary", width="stretch", key="coach_make"):
        if not members:
            st.error(_("Choose at least one agent."))
            return
        made = prepare(viewer, Asked(tuple(members), criterion, focus, day))
        if made is not None:
            open_room(made)


def day_name(day: int) -> str:
    """A day with its weekday and how far it is."""
    ahead = day - coaching.today()
    far = _("today") if ahead == 0 else ngettext("in {count} day", "in {count} days", ahead)
    return f"{weekday_name(day)} {day_month(day)} · {far}"
