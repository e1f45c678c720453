import streamlit as st

from dashboard import identity, states
from dashboard.address import number_of
from dashboard.agent import drawing
from dashboard.agent.asking import days_of, draw_period, period_of
from dashboard.agent.coached import history_panel
from dashboard.agent.reading import read
from dashboard.data import person
from dashboard.data.disputes import DisputeState
from dashboard.data.scorecards import common_titles
from dashboard.i18n import _, from_to, language, ngettext
from dashboard.library.proposing import propose_best
from dashboard.library.showing import own_panel
from dashboard.parts import Markup, head, panel, show
from dashboard.registry import streamlit_page
from dashboard.review import contests

viewer = identity.viewer()
agent = person.known(viewer.scope, number_of(st.query_params.get("agent", "")))
if agent is None:
    head(_("Agent"))
    text = _("Open an agent from the list; you see the agents of your own teams.")
    if states.not_allowed("agent", _("No such agent"), text, _("To the agents")):
        st.switch_page(streamlit_page("agents"))
    st.stop()
period = period_of(st.query_params)
days = days_of(period)
found = read(viewer.scope, agent, days, language())
disputes = person.contested(viewer.scope, agent)
titles = common_titles(language())
sub = " · ".join(
    part
    for part in (agent.team or "", from_to(days.first, days.last), drawing.words.counted(found.score.n))
    if part
)
if found.left_out:
    sub += " · " + ngettext("{count} call left out.", "{count} calls left out.", found.left_out)
places = head(agent.name, sub, controls=(1.45, 1))
draw_period(places[0], period)
with places[1], st.container(horizontal_alignment="right"):
    st.page_link(streamlit_page("agents"), label=_("All agents"))
kept = person.promised(viewer.scope, agent, days.first, days.last)
waiting = sum(one.state is DisputeState.OPEN for one in disputes)
drawn = drawing.Drawn(found, titles, kept, len(disputes), waiting)
drawing.tiles(drawn)
left, right = st.columns([1.6, 1], gap="small")
with left:
    drawing.course_panel(drawn)
    drawing.stands_panel(drawn)
with right:
    drawing.heard_panels(drawn, [st.container(), st.container()])
    propose_best(found.best, viewer, titles)
    drawing.measures_panel(drawn)
left, right = st.columns(2, gap="small")
with left:
    drawing.surveys_panel(drawn)
with right:
    history_panel(viewer, agent.id)
    with panel("agent_disputes", _("Disputes"), _("a row opens its call"), stretch=False, dense=True):
        if not disputes:
            show(Markup('<p class="sub">{}</p>').format(_("No disputes")))
        contests.rows(disputes[:4], titles)
    own_panel(viewer, agent.id, titles)
