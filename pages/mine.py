import streamlit as st

from dashboard import identity, states
from dashboard.agent import drawing
from dashboard.agent.asking import days_of, draw_period, period_of
from dashboard.agent.coached import plan_panel
from dashboard.agent.reading import read
from dashboard.audit.opened import opened_of_mine
from dashboard.data import person
from dashboard.data.disputes import DisputeState
from dashboard.data.scorecards import common_titles
from dashboard.i18n import _, from_to, language
from dashboard.library.answering import requests_panel
from dashboard.mine import drawing as own
from dashboard.mine.reading import focus, improved, one_thing
from dashboard.parts import Markup, head, panel, show
from dashboard.review import contests

viewer = identity.viewer()
agent = person.known(viewer.scope, viewer.agent_id)
if agent is None:
    head(_("My quality"))
    text = _("Your account is not linked to an agent yet. Whoever manages the users can link it.")
    states.empty("mine", _("No calls of yours yet"), text)
    st.stop()
period = period_of(st.query_params)
days = days_of(period)
found = read(viewer.scope, agent, days, language())
titles = common_titles(language())
disputes = person.contested(viewer.scope, agent)
alone = _("Your calls alone, nobody is ranked.")
sub = " · ".join((from_to(days.first, days.last), drawing.words.counted(found.score.n), alone))
draw_period(head(_("My quality"), sub, controls=(1.45,))[0], period)
kept = person.promised(viewer.scope, agent, days.first, days.last)
waiting = sum(one.state is DisputeState.OPEN for one in disputes)
drawn = drawing.Drawn(found, titles, kept, len(disputes), waiting, own=True)
drawing.tiles(drawn)
left, right = st.columns([1.35, 1], gap="small")
cost = one_thing(found)
with left:
    own.improved_panel(drawn, improved(found.changes))
    own.focus_panel(drawn, None if cost is None else focus(viewer.scope, found, cost), viewer)
    drawing.course_panel(drawn)
    drawing.measures_panel(drawn)
with right:
    requests_panel(viewer, titles)
    plan_panel(viewer)
    drawing.heard_panels(drawn, [st.container()])
    drawing.surveys_panel(drawn)
    with panel("agent_disputes", _("Disputes"), _("a row opens its call"), stretch=False, dense=True):
        if not disputes:
            show(Markup('<p class="sub">{}</p>').format(_("No disputes")))
        contests.rows(disputes[:4], titles)
opened_of_mine(viewer)
