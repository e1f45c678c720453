import streamlit as st

from dashboard import identity
from dashboard.address import number_of
from dashboard.coaching import detail, effects, listing, preparing, suggesting
from dashboard.coaching.own import own_coaching
from dashboard.data import coaching
from dashboard.data.coaching import SessionFilter
from dashboard.i18n import _
from dashboard.parts import head
from dashboard.roles import LEADS
from qa.errors import NotFound

MOST = 200

viewer = identity.viewer()
if viewer.role not in LEADS:
    head(_("Coaching"), _("What you and your coach agreed on; only you and those who lead you see it."))
    own_coaching(viewer)
    st.stop()
found = coaching.listed(viewer.scope, SessionFilter(), MOST)
groups = listing.grouped(found, coaching.today())
controls = head(_("Coaching"), listing.summary(groups), controls=(1.8,))
with controls[0], st.popover(_("Prepare a session"), icon=":material/add:", width="stretch"):
    preparing.form(viewer)
number = number_of(st.query_params.get("session", ""))
chosen = None
if number is not None:
    try:
        chosen = coaching.session(viewer.scope, number)
    except NotFound:
        st.query_params.pop("session", None)
left, right = st.columns([1.55, 1], gap="small")
with left:
    suggesting.suggestions_panel(viewer)
    effects.effects_panel(viewer.scope, found)
with right:
    if chosen is not None:
        detail.session_panel(viewer, chosen)
    listing.sessions_panel(groups, None if chosen is None else chosen.id)
