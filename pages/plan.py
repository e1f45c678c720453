import streamlit as st

from dashboard import identity, states
from dashboard.actions import changing, charting, listing, making
from dashboard.address import number_of
from dashboard.choosing import follow
from dashboard.coaching.preparing import person
from dashboard.data import actions, coaching
from dashboard.i18n import _
from dashboard.parts import head

SIZE = 20


def put(name: str, value: str) -> None:
    for old in ("skip", "item"):
        st.query_params.pop(old, None)
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


viewer = identity.viewer()
me = person(viewer)
counted = actions.counts(me)
controls = head(_("Plan and check"), listing.summary(counted), controls=(1.4, 1.6))
shown = str(st.query_params.get("shown", ""))
shown = shown if shown in listing.SHOWN else ""
with controls[0]:
    st.selectbox(
        _("List"), list(listing.SHOWN), format_func=lambda one: _(listing.SHOWN[one]),
        key=follow("plan_shown", shown), label_visibility="collapsed",
        on_change=lambda: put("shown", st.session_state["plan_shown"]),
    )  # fmt: skip
with controls[1], st.popover(_("New action"), icon=":material/add:", width="stretch"):
    making.form(viewer, me)
skip = number_of(st.query_params.get("skip", "")) or 0
found = actions.listed(me, listing.wanted(shown, viewer, coaching.today()), SIZE + 1, skip)
number = number_of(st.query_params.get("item", ""))
chosen = next((one for one in found if one.id == number), None) or actions.one(me, number)
chosen = chosen or next(iter(found), None)
if not found and chosen is None:
    states.empty("plan", _("Nothing is planned here"), listing.nothing(counted))
    st.stop()
left, right = st.columns([1.25, 1], gap="small")
with left:
    listing.items_panel(found[:SIZE], None if chosen is None else chosen.id)
    first, rest, last = st.columns([1, 3, 1])
    if skip and first.button(_("Back"), key="plan_back", width="stretch"):
        st.query_params["skip"] = str(max(0, skip - SIZE))
        st.rerun()
    if len(found) > SIZE and last.button(_("More"), key="plan_more", width="stretch"):
        st.query_params["skip"] = str(skip + SIZE)
        st.rerun()
with right:
    if chosen is not None:
        charting.figure_panel(viewer.scope, me, chosen)
        changing.item_panel(me, chosen)
