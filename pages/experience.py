import streamlit as st

from dashboard import identity, states
from dashboard.experience import customers, lists, reasons
from dashboard.experience.pulse import pulse_panel
from dashboard.experience.reading import read, read_drivers
from dashboard.i18n import _, ngettext
from dashboard.parts import head
from dashboard.themes.words import aspect_name, aspect_names
from dashboard.voice.filters import draw_filters, read_wanted
from qa.analytics.themes import NONE
from qa.analytics.topics import topics

WIDTHS = (1.45, 1.45, 1.25, 1.25)

viewer = identity.viewer()
wanted = read_wanted(st.query_params)
found = read(viewer.scope, wanted)
count = int(found.comments["n"].sum())
sub = ngettext("{count} comment in these days.", "{count} comments in these days.", count)
draw_filters(head(_("Customer experience"), sub, controls=WIDTHS), wanted)
if not found.calls and not count and found.loyalty is None:
    text = _("What calls, surveys, comments and orders say together stands here, as they come in.")
    states.empty("overview", _("Nothing heard yet"), text)
    st.stop()
params = wanted.params()
names = aspect_names() | {NONE: aspect_name(NONE, {})}
pulse_panel(found.pulse, params, viewer)
left, right = st.columns(2, gap="small")
with left:
    slow = st.container()
    customers.first_contact_panel(found)
    customers.effect_panel(found.effect)
with right:
    chosen = st.query_params.get("rows", "").removeprefix("topic:")
    reasons.topics_panel(topics(found.comments.lazy()), names, chosen)
    customers.loyalty_panel(found.loyalty)
lists.rows_panel(found, names)
with slow:  # last, so that the rest of the page does not wait for it
    reasons.drivers_panel(read_drivers(viewer.scope, wanted), params)
