from datetime import UTC, datetime

import streamlit as st

from dashboard import identity, paging, states
from dashboard.alerts.listing import draw_alert
from dashboard.alerts.telling import draw_post, draw_rules, draw_telling
from dashboard.choosing import put
from dashboard.data import alerts
from dashboard.data.alerts import EDITORS, AlertState
from dashboard.i18n import N_, _, ngettext, number
from dashboard.parts import Figure, head, panel, show, strip

SIZE = 25
SHOWN = {
    "now": (N_("Open and acknowledged"), (AlertState.OPEN, AlertState.ACKNOWLEDGED)),
    "closed": (N_("Closed"), (AlertState.CLOSED,)),
    "all": (N_("All alerts"), tuple(AlertState)),
}


def choose(place: st.delta_generator.DeltaGenerator) -> str:
    shown = st.query_params.get("shown", "now")
    shown = shown if shown in SHOWN else "now"
    st.session_state["alerts_shown"] = shown
    with place:
        st.selectbox(
            _("Which alerts"),
            list(SHOWN),
            format_func=lambda name: _(SHOWN[name][0]),
            key="alerts_shown",
            label_visibility="collapsed",
            on_change=lambda: put("shown", st.session_state.alerts_shown),
        )
    return shown


def draw_list(shown: str, now: datetime) -> None:
    found = paging.opened(lambda after: alerts.page(viewer.scope, SHOWN[shown][1], SIZE, after))
    rows = found.rows
    if not rows:
        states.empty(
            "alerts", _("No alerts"), _("What needs a person comes here by itself; nothing does now.")
        )
        return
    steps = alerts.events(row.id for row in rows)
    with panel("alerts", stretch=False), st.container(gap=None):
        for place, each in enumerate(rows):
            draw_alert(each, steps[each.id], viewer, now, last=place == len(rows) - 1)
    paging.buttons("alerts", found.next)


viewer, now = identity.viewer(), datetime.now(UTC)
counted = alerts.counts(viewer.scope)
sub = ngettext("{count} alert is open.", "{count} alerts are open.", counted[AlertState.OPEN])
shown = choose(head(_("Alerts"), sub, controls=(1.8,))[0])
if sum(counted.values()):
    show(
        strip(
            [
                Figure(_("Open"), number(counted[AlertState.OPEN])),
                Figure(_("Acknowledged"), number(counted[AlertState.ACKNOWLEDGED])),
                Figure(_("Closed"), number(counted[AlertState.CLOSED])),
            ]
        )
    )
if viewer.role not in EDITORS:
    draw_list(shown, now)
    st.stop()
left, right = st.columns([1.95, 1], gap="small")
with left:
    draw_list(shown, now)
with right:
    chosen, post = alerts.choices(), alerts.post(viewer.role)
    draw_rules(viewer, chosen)
    draw_telling(viewer, chosen, post)
    draw_post(viewer, chosen, post)
