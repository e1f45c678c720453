"""A customer after the first service, and the survey form to fill while calling."""

from datetime import datetime

import streamlit as st

from dashboard.care.opening import dialog_button, shut
from dashboard.care.words import QUESTIONS
from dashboard.comments.words import service
from dashboard.data import care
from dashboard.data.care import SCALES, Asked, FirstService, SurveyKind
from dashboard.data.site import Scope
from dashboard.i18n import _, ago, number
from dashboard.parts import Markup, Row, code, go, row, show, stack
from qa.errors import InvalidSetting

LONGEST = 1000
SILENT = ""


def draw_first(one: FirstService, scope: Scope, now: datetime, *, last: bool) -> None:
    """The customer's line, and the way to ask."""
    place, button = st.columns([8.4, 1.4], vertical_alignment="center", gap="small")
    what = _("First call") if one.call else _("First order")
    about = (one.queue or service(one.service or ""), one.agent or "")
    detail = stack((" · ".join(part for part in about if part), " · ", code(one.customer[:6].upper())))
    with place:
        body = row(Row(what, detail, ago(one.at, now), last=last))
        params = {"customer": one.customer}
        go(f"first_{one.customer[:16]}", body, "customer", label=_("Open the customer"), params=params)
    with button:
        dialog_button(
            _("Ask"), f"ask_{one.customer[:16]}", _("Survey by telephone"), lambda: _form(one, scope)
        )


def _form(one: FirstService, scope: Scope) -> None:
    show(
        Markup('<p class="sub">{}</p>').format(
            _("Fill it in while you speak with the customer. It is stored as a survey asked by telephone.")
        )
    )
    key = one.customer[:16]
    kind = st.radio(
        _("Question"), list(QUESTIONS), format_func=lambda each: _(QUESTIONS[each]), key=f"question_{key}"
    )
    low, high = SCALES[kind]
    score = st.segmented_control(
        _("Answer"), list(range(low, high + 1)), format_func=number, key=f"score_{key}_{kind.value}"
    )
    text = st.text_area(_("What the customer said"), max_chars=LONGEST, key=f"said_{key}")
    if st.button(_("Store the answer"), type="primary", width="stretch", key=f"keep_{key}"):
        if score is None:
            st.error(_("Choose the answer first."))
        else:
            _keep(scope, Asked(one.customer, kind, score, text, one.call_id), _("Answer stored"))
    if st.button(_("Asked, would not answer"), width="stretch", key=f"silent_{key}"):
        _keep(scope, Asked(one.customer, SurveyKind(kind), None, "", one.call_id), _("Noted"))


def _keep(scope: Scope, asked: Asked, told: str) -> None:
    try:
        care.keep_answer(scope, asked)
    except InvalidSetting:
        st.error(_("Choose the answer first."))
    else:
        st.toast(told)
        shut()
        st.rerun()
