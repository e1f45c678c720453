import streamlit as st

from dashboard import identity, states
from dashboard.data import disputes
from dashboard.data.disputes import DisputeState
from dashboard.data.scorecards import common_titles
from dashboard.i18n import _, language, ngettext
from dashboard.parts import Markup, head, panel, show
from dashboard.review import contests
from dashboard.roles import LEADS

viewer = identity.viewer()
found = disputes.every(viewer.scope)
titles = common_titles(language())
waiting = sum(one.state is DisputeState.OPEN for one in found)
waits = ngettext("{count} waits for an answer", "{count} wait for an answer", waiting)
head(_("Disputes"), waits if waiting else _("None waits for an answer"))
if not found:
    text = _("An agent contests a verdict on the page of an own call; it stands here until it is answered.")
    states.empty("disputes", _("No disputes"), text)
    st.stop()
if viewer.role not in LEADS:
    with panel("disputes", stretch=False, dense=True):
        contests.rows(found, titles)
    st.stop()
left, right = st.columns([1.35, 1], gap="small")
with (
    left,
    panel(
        "disputes",
        _("Contested verdicts"),
        _("overdue first; a row opens its call"),
        stretch=False,
        dense=True,
    ),
):
    contests.rows(found, titles)
with right:
    frame = disputes.frame(viewer.scope)
    note = _("accepted in whole or in part, of those answered")
    if frame["outcome"].drop_nulls().len():
        with panel("by_criterion", _("By criterion"), note, stretch=False):
            show(contests.by_criterion(frame, titles))
        with panel("by_giver", _("By who gave the verdict"), note, stretch=False):
            show(contests.by_giver(frame))
    else:
        with panel("by_criterion", _("By criterion"), note, stretch=False):
            show(Markup('<p class="sub">{}</p>').format(_("Nothing is answered yet.")))
