"""What the page of a call does for the review desk: begin, set aside, finish, and what comes after."""

import streamlit as st

from dashboard.call.reviewing import Desk, desk, person, taken
from dashboard.data import calibration, review
from dashboard.data.calls import CallDetail
from dashboard.i18n import _, ngettext
from dashboard.identity import Viewer
from dashboard.parts import Markup, show
from dashboard.registry import streamlit_page
from dashboard.review.words import REPLACE, desk_word
from dashboard.roles import LEADS
from qa.errors import InvalidSetting, NotFound

DONE = "_review_done"


def at(detail: CallDetail, viewer: Viewer) -> Desk:
    """What the desk has on this call, as the address asks."""
    return desk(detail, viewer, st.query_params.get("review", ""))


def take(sent: object, viewer: Viewer) -> None:
    """Store what the player sent: a draft, or the end of the review in the address.

    Raises:
        InvalidSetting: it is no draft, or a verdict or a reason is missing.
        NotFound: the review is not the viewer's to do.
    """
    marks, seconds, finished = taken(sent)
    number = int(str(st.query_params.get("review", "0")))
    review.keep(number, person(viewer), marks, seconds)
    if finished:
        review.finish(number, person(viewer))
        st.session_state[DONE] = st.query_params.get("call", "")


def controls(detail: CallDetail, viewer: Viewer) -> None:
    """The way into a review for who may judge this call, and out of one for a reason."""
    hides = calibration.blind_review(detail.head.id, viewer.user_id)
    if hides is not None and st.query_params.get("review", "") != str(hides):
        if st.button(_("Judge this call blind"), key="blind_take", width="stretch", type="primary"):
            st.query_params["review"] = str(hides)
            st.rerun()
        return
    if viewer.role not in LEADS or (detail.automatic is None and hides is None):
        return
    if at(detail, viewer).editing is not None:
        _aside(viewer, int(st.query_params["review"]))
    elif detail.automatic is not None and (
        viewer.agent_id != detail.head.agent_id or viewer.agent_id is None
    ):
        label = _("Review this call")
        if detail.automatic.scoring.criteria and st.button(label, key="review_take", width="stretch"):
            _begin(detail, viewer)


def after(found: Desk, viewer: Viewer) -> None:
    """Once a review is finished: the way to the next one."""
    if found.editing is not None or st.session_state.get(DONE) != st.query_params.get("call", ""):
        return
    own, _free = review.queue(person(viewer))
    blind = calibration.to_do(person(viewer))
    own = blind or own
    with st.container(key="after_review", horizontal=True, vertical_alignment="center"):
        text = ngettext(
            "Review finished. {count} call waits.", "Review finished. {count} calls wait.", len(own)
        )
        show(Markup('<p class="sub" role="status">{}</p>').format(text))
        # A link to the page that is open would leave the old call in the address.
        if own and st.button(_("Next call"), key="review_next", type="primary"):
            st.query_params.from_dict({"call": own[0].call_key, "review": str(own[0].id)})
            st.rerun()
        to, label = ("calibration", _("To the calibrations")) if blind else ("review", _("To my queue"))
        st.page_link(streamlit_page(to), label=label)


def _begin(detail: CallDetail, viewer: Viewer) -> None:
    try:
        number = review.take(detail.head.key, person(viewer))
    except NotFound:
        st.toast(_("This call cannot be reviewed by you."))
        return
    st.query_params["review"] = str(number)
    st.rerun()


def _aside(viewer: Viewer, number: int) -> None:
    with st.popover(_("Set aside"), width="stretch"):
        reason = st.selectbox(
            _("Why can it not be reviewed?"), REPLACE, format_func=desk_word, key="aside_reason"
        )
        if not st.button(_("Take the next call instead"), key="aside_send", width="stretch"):
            return
        try:
            new = review.replace(number, person(viewer), reason)
        except (InvalidSetting, NotFound):
            st.error(_("Nothing was changed. Reload the page and try again."))
            return
    st.toast(_("Set aside; the next call is in your queue") if new else _("Set aside; no other call is left"))
    st.switch_page(streamlit_page("review"))
