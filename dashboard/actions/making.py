"""Writing an action item by hand."""

import streamlit as st

from dashboard.coaching.preparing import day_name
from dashboard.coaching.words import FOCUS
from dashboard.data import actions, choices, coaching
from dashboard.data.actions import ItemOrigin, NewItem, Person
from dashboard.data.scorecards import common_titles
from dashboard.i18n import _, language
from dashboard.identity import Viewer
from dashboard.weekly.naming import NAMES, label
from qa.errors import InvalidSetting

AHEAD = (0, 1, 2, 3, 5, 7, 10, 14, 21, 28, 42)
Source = tuple[ItemOrigin, int | None]
"""What an item comes from, and its number there."""


def form(viewer: Viewer, person: Person, source: Source = (ItemOrigin.OTHER, None)) -> None:
    """What, who, by when, and the figure that it should move. Who does not lead writes own ones."""
    what = st.text_input(_("What is to be done"), max_chars=300, key="new_what")
    people = actions.owners(person) if person.leads else {viewer.user_id: viewer.display_name}
    start = list(people).index(viewer.user_id) if viewer.user_id in people else 0
    owner = st.selectbox(
        _("Owner"), list(people), index=start, format_func=lambda one: people[one], key="new_owner"
    )
    days = [coaching.today() + ahead for ahead in AHEAD]
    due = st.selectbox(_("Due"), days, index=5, format_func=day_name, key="new_due")
    titles = common_titles(language())
    figures = {"": _("none")} | {f"k:{key}": label(key) for key in NAMES}
    figures |= {f"c:{key}": titles[key] for key in titles if key in FOCUS}
    aim = st.selectbox(
        _("Figure it should move"), list(figures), format_func=lambda one: figures[one], key="new_aim"
    )
    team = None
    if person.leads:
        teams = {None: _("The whole site")} | {one.id: one.name for one in choices.teams(viewer.scope)}
        if not viewer.scope.everything:
            teams.pop(None)
        team = st.selectbox(_("Team"), list(teams), format_func=lambda one: teams[one], key="new_team")
    kpi, criterion = (aim[2:] if aim.startswith(kind) else None for kind in ("k:", "c:"))
    if st.button(_("Put it on the plan"), type="primary", width="stretch", key="new_make"):
        _make(person, NewItem(owner, what, due, *source, kpi=kpi, criterion=criterion, team_id=team))


def _make(person: Person, new: NewItem) -> None:
    try:
        made = actions.add(person, new)
    except (InvalidSetting, PermissionError):
        st.error(_("Write what is to be done, for somebody of yours, and a day from today on."))
        return
    st.session_state.pop("new_what", None)
    if new.origin is ItemOrigin.OTHER:  # on the plan itself
        st.query_params["item"] = str(made)
    st.toast(_("On the plan"))
    st.rerun()
