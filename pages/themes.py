from datetime import UTC, datetime

import streamlit as st

from dashboard import identity, states
from dashboard.choosing import put
from dashboard.comments.controls import draw_filters, kept
from dashboard.comments.query import NARROWING, read_query
from dashboard.data import comments, themes
from dashboard.data.site import settings
from dashboard.i18n import _, ngettext
from dashboard.parts import head
from dashboard.themes.bars import bars_panel, open_comments
from dashboard.themes.editing import edit_button
from dashboard.themes.rising import found_panel, rising_panel
from dashboard.themes.words import aspect_names
from qa.calendar import local_day

viewer = identity.viewer()
query, names = read_query(st.query_params, settings().zone), aspect_names()
found = themes.rows(viewer.scope, query.wanted_anywhere)
read, asking = int(found["n"].sum()), int(found.filter("suggestion")["n"].sum())
services = comments.known_values()[1]
sub = ngettext("{count} comment read", "{count} comments read", read)
asked = ngettext("{count} asks for something.", "{count} ask for something.", asking)
places = head(_("Themes and suggestions"), _("{read}, {asked}", read=sub, asked=asked), controls=(1.2, 1.2))
count = sum(1 for part in NARROWING if st.query_params.get(part))
label = ngettext("{count} filter", "{count} filters", count) if count else _("Filters")
with places[0]:
    edit_button(viewer, services)
with places[1], st.popover(label, icon=":material/tune:", width="stretch"):
    draw_filters(services, put)
if themes.waits():
    st.info(_("Some comments are not read with the newest topics yet; the worker reads them."))
if not read:
    states.empty(
        "themes", _("No comments here"), _("What comments are about stands here when there are some.")
    )
    st.stop()
params = {part: value for part, value in kept().items() if part in NARROWING}
left, right = st.columns(2, gap="small")
with left:
    if clicked := bars_panel("complaints", _("Complaints by topic"), themes.complaints(found), names):
        open_comments(**params | {"aspect": clicked, "sentiment": "negative"})
with right:
    if clicked := bars_panel("suggestions", _("Suggestions by topic"), themes.suggestions(found), names):
        open_comments(**params | {"aspect": clicked, "suggestion": "yes"})
left, right = st.columns(2, gap="small")
today = local_day(datetime.now(UTC), settings().zone)
with left:
    week = params | {"from": str(today - 6), "to": str(today)}
    rising_panel(themes.rises(found, today), names, week)
with right:
    found_panel(themes.discovered(viewer.scope, query.wanted_anywhere))
