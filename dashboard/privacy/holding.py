"""Legal holds: those in force, a new one, and lifting."""

import streamlit as st

from dashboard.data import privacy
from dashboard.data.privacy import Hold, NewHold, Overview
from dashboard.data.site import settings
from dashboard.i18n import _, day_month_year, number
from dashboard.identity import Viewer
from dashboard.parts import Markup, Row, panel, row, show
from qa.calendar import day_number, local_day
from qa.errors import InvalidSetting, NotFound

CALL, CUSTOMER = "call", "customer"


def draw_holds(viewer: Viewer, found: Overview) -> None:
    """What neither retention nor a request of the customer touches."""
    here = [one for one in found.holds if one.holds(found.today)]
    with panel("holds", _("Legal holds"), stretch=False):
        if not here:
            show(Markup('<p class="sub">{}</p>').format(_("Nothing is held.")))
        for one in here:
            show(_line(one, last=one is here[-1]))
        if here:
            _draw_lift(viewer, here)
        with st.expander(_("Hold a call or a customer"), key="hold_new"):
            _draw_new(viewer)


def _line(one: Hold, *, last: bool) -> Markup:
    what = _("call {key}", key=one.call) if one.call else _("a customer")
    until = (
        _("until lifted") if one.until_day is None else _("until {day}", day=day_month_year(one.until_day))
    )
    since = day_month_year(local_day(one.since, settings().zone))
    name = _("No. {number}, {what}", number=number(one.id), what=what)
    return row(Row(name, _("{reason} · since {day}", reason=one.reason, day=since), until, last=last))


def _draw_lift(viewer: Viewer, here: list[Hold]) -> None:
    numbers = [one.id for one in here]
    chosen = st.selectbox(
        _("Which hold"),
        numbers,
        None,
        format_func=number,
        key="hold_which",
        placeholder=_("choose a hold to lift"),
    )
    if st.button(_("Lift it"), key="hold_lift", width="stretch", disabled=chosen is None) and chosen:
        try:
            privacy.lift(viewer.role, viewer.user_id, chosen)
        except NotFound:
            st.error(_("It was lifted already. Reload the page."))
        else:
            st.rerun()


def _draw_new(viewer: Viewer) -> None:
    names = {CALL: _("Call"), CUSTOMER: _("Customer")}
    what = st.segmented_control(
        _("What is held"), list(names), default=CALL, format_func=lambda one: names[one], key="hold_what"
    )
    label = _("Key of the call") if what != CUSTOMER else _("Number or id, as it is typed at an import")
    typed = st.text_input(label, key=f"hold_typed_{what}", max_chars=120, autocomplete="off")
    reason = st.text_input(_("Reason, without personal data"), key="hold_reason", max_chars=300)
    last = st.date_input(
        _("Last day"), None, key="hold_until", help=_("Without a day it holds until lifted.")
    )
    if not st.button(_("Hold it"), type="primary", key="hold_add", width="stretch"):
        return
    until = None if last is None else day_number(last)
    new = NewHold(reason, typed.strip() or None if what != CUSTOMER else None, None, until)
    try:
        privacy.hold(viewer.role, viewer.user_id, new, typed if what == CUSTOMER else "")
    except NotFound:
        st.error(_("There is no call with this key."))
    except InvalidSetting:
        st.error(_("Give a call or a customer, and a reason."))
    else:
        st.rerun()
