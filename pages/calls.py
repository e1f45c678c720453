import streamlit as st

from dashboard import identity, paging, states
from dashboard.calls.controls import clear, draw_bar
from dashboard.calls.lines import excerpt, heads, line, name, place
from dashboard.calls.query import read_query
from dashboard.calls.summary import draw_summary, file_links, how_many, left_out_blind
from dashboard.data import listing
from dashboard.data.scorecards import common_titles
from dashboard.i18n import _, language
from dashboard.parts import go, head, panel, show

SIZE = 25

viewer = identity.viewer()
criteria = common_titles(language())
query = read_query(st.query_params)
page = paging.opened(
    lambda after: listing.page(viewer.scope, query.filters, listing.PageOf(after, SIZE, query.order))
)
said = listing.excerpts(viewer.scope, page.rows, query.filters)
places = head(_("Calls"), how_many(page), controls=(1.6,))
with places[0]:
    show(file_links(st.query_params, language()))
draw_bar(viewer.scope)
draw_summary(query, viewer.scope, criteria)
left_out_blind(viewer.scope)
if not page.rows:
    title, text = _("No such calls"), _("No call fits these filters.")
    if not query.narrowed:
        title, text = _("No calls yet"), _("The first calls stand here when the first recording has come in.")
    if states.empty("calls", title, text, _("Show all calls") if query.narrowed else ""):
        clear()
        st.rerun()
    st.stop()
with panel("calls", stretch=False), st.container(gap=None):
    show(heads())
    for row in page.rows:
        found = said.get(row.key)
        body = line(row, criteria) if found is None else line(row, criteria) + excerpt(found)
        go(f"call_{row.key}", body, "call", label=name(row), params=place(row, found, query))
paging.buttons("calls", page.next)
