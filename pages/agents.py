import streamlit as st

from dashboard import identity, states
from dashboard.address import number_of
from dashboard.agents import drawing
from dashboard.agents.asking import draw_controls, read_wanted
from dashboard.agents.reading import read
from dashboard.choosing import put
from dashboard.data import targets
from dashboard.data.scorecards import common_titles
from dashboard.i18n import _, from_to, language, ngettext
from dashboard.parts import head

WIDTHS, SIZE = (1.45, 1.35, 1.1), 25

viewer = identity.viewer()
wanted = read_wanted(st.query_params, viewer.scope)
found = read(viewer.scope, wanted, language())
days = from_to(wanted.first, wanted.last)
sub = _("{days}. Few calls draw a score to the mean; the mix of queues is taken out.", days=days)
if found.left_out:
    sub += " " + ngettext("{count} call left out.", "{count} calls left out.", found.left_out)
draw_controls(head(_("Agents"), sub, controls=WIDTHS), wanted, viewer.scope)
if found.league is None:
    text = _("Agents stand here when calls of theirs have been scored; others may lie outside these days.")
    if states.empty(
        "agents", _("No calls of agents"), text, "" if wanted.period == "week" else _("This week")
    ):
        put("period", "week")
        st.rerun()
    st.stop()
skip = min(number_of(st.query_params.get("skip", "")) or 0, len(found.league.places) - 1)
places = found.league.places[skip : skip + SIZE]
drawn = drawing.Drawn(found, wanted, found.league, places, common_titles(language()))
drawing.league_panel(drawn, targets.goals(viewer.scope)["quality"])
drawing.lanes_panel(drawn)
first, rest, last = st.columns([1, 6, 1])
if skip and first.button(_("Back"), key="agents_back", width="stretch"):
    put("skip", str(max(0, skip - SIZE)))
    st.rerun()
if skip + SIZE < len(found.league.places) and last.button(_("More"), key="agents_more", width="stretch"):
    put("skip", str(skip + SIZE))
    st.rerun()
for column, part in zip(
    st.columns(3, gap="small"),
    (drawing.moved_panel, drawing.overdue_panel, drawing.waiting_panel),
    strict=True,
):
    with column:
        part(drawn)
