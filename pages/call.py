from functools import partial

import streamlit as st

from dashboard import identity, states, still
from dashboard.audit.opened import opened_by
from dashboard.call import desk, heading, roles, unsent
from dashboard.call.mood import mood_panel
from dashboard.call.reading import content
from dashboard.call.seeking import back_to_hits, sought_in
from dashboard.call.waiting import waiting
from dashboard.data.calls import load_call
from dashboard.data.kinds import CallStatus
from dashboard.data.scorecards import common_titles
from dashboard.i18n import _, language
from dashboard.library.proposing import propose_of
from dashboard.parts import head, may_open
from dashboard.player import REVIEW, Listeners, player, sent
from dashboard.promises.drawing import promise_panel
from dashboard.registry import streamlit_page
from dashboard.review.disputing import dispute_panel
from qa.errors import InvalidSetting, NotFound


def second() -> float | None:
    try:
        return float(st.query_params.get("t", ""))
    except ValueError:
        return None


def not_found() -> None:
    head(_("Call"))
    text = _("No call of yours has this address. It may belong to another team, or it was erased.")
    way = _("To the calls") if may_open(viewer.role, "calls") else ""
    if states.not_allowed("call", _("No such call"), text, way):
        st.switch_page(streamlit_page("calls"))


def store(player_key: str, call_key: str) -> None:
    try:
        removed = unsent.take(player_key, sent(player_key), call_key, viewer)
        st.toast(_("Comment removed") if removed else _("Comment stored"))
    except (InvalidSetting, NotFound):
        st.toast(_("Nothing was changed. Reload the page and try again."))


def keep(player_key: str) -> None:
    try:
        desk.take(sent(player_key, REVIEW), viewer)
    except (InvalidSetting, NotFound):
        st.toast(
            _("This review cannot be stored as it is. Reload the page; nothing that was stored is lost.")
        )


viewer = identity.viewer()
detail = load_call(str(st.query_params.get("call", "")), viewer.scope)
if detail is None:
    not_found()
    st.stop()
controls = head(heading.title(detail.head), heading.line(detail.head), controls=(1.5, 1.1, 1))
with controls[0]:
    desk.controls(detail, viewer)
with controls[1]:
    roles.control(detail, viewer)
with controls[2], st.container(horizontal_alignment="right"):
    if may_open(viewer.role, "calls"):
        back_to_hits(st.query_params)
if detail.head.status is not CallStatus.DONE:
    waiting(detail.head, viewer, words=detail.transcript is not None)
found = desk.at(detail, viewer)
if detail.transcript or detail.automatic or found.blind is not None or detail.removed:
    key = f"player_{detail.head.key}"
    desk.after(found, viewer)
    listeners = Listeners(
        still.callback(partial(store, key, detail.head.key)), still.callback(partial(keep, key))
    )
    drawn = content(detail, viewer, second(), found, sought_in(st.query_params, detail.transcript))
    player(drawn | {"unsent": unsent.text_of(key)}, key, listeners)
    if found.blind is None:
        mood_panel(detail)
        promise_panel(detail.head.id, viewer)
        propose_of(detail, viewer, common_titles(language()))
        dispute_panel(detail, viewer)
opened_by(detail, viewer)
