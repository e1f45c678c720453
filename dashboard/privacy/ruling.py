"""How long each kind is kept, set by administrators, and whether the worker removes."""

import streamlit as st

from dashboard.data import privacy
from dashboard.data.privacy import Overview
from dashboard.i18n import _, ngettext
from dashboard.identity import Viewer
from dashboard.parts import Markup, panel, show
from dashboard.privacy.words import title
from qa.errors import InvalidSetting
from qa.privacy.retention import LONGEST, NAMES, SHORTEST


def draw_rules(viewer: Viewer, found: Overview) -> None:
    """One kind at a time; no number means for ever."""
    with panel("rules", _("How long"), stretch=False):
        name = st.selectbox(_("Kind of data"), NAMES, format_func=title, key="rule_kind")
        kept = found.rules[name]
        days = st.number_input(
            _("Days to keep it"),
            SHORTEST,
            LONGEST,
            kept,
            placeholder=_("for ever"),
            key=f"rule_{name}_{kept}",
        )
        if st.button(_("Save rule"), type="primary", key="rule_save", width="stretch"):
            privacy.set_rule(viewer.role, viewer.user_id, name, days)
            st.toast(_("Rule saved; look at what would go, then switch removal on."))
            st.rerun()
        _draw_switch(viewer, found)


def _draw_switch(viewer: Viewer, found: Overview) -> None:
    if found.schedule.on:
        if st.button(_("Switch removal off"), key="rule_off", width="stretch"):
            _switch(viewer, found, on=False)
        return
    if all(days is None for days in found.rules.values()):
        show(
            Markup('<p class="sub">{}</p>').format(_("Everything is kept for ever; nothing can be removed."))
        )
        return
    if found.kept.value is None:
        text = _("What is over its time and would go is being counted.")
        show(Markup('<p class="sub">{}</p>').format(text))
        return
    due = sum(one.holding.due for one in found.kept.value)
    text = ngettext(
        "{count} thing is over its time now and would go for good.",
        "{count} things are over their time now and would go for good.",
        due,
    )
    show(Markup('<p class="sub">{}</p>').format(text))
    seen = st.checkbox(_("I have looked at the column “over its time”"), key=f"rule_seen_{found.mark}")
    if st.button(_("Switch daily removal on"), key="rule_on", width="stretch", disabled=not seen):
        _switch(viewer, found, on=True)


def _switch(viewer: Viewer, found: Overview, *, on: bool) -> None:
    try:
        privacy.switch(viewer.role, viewer.user_id, on=on, seen=found.mark)
    except InvalidSetting:
        st.error(_("Somebody changed the rules meanwhile. Look again."))
    else:
        st.rerun()
