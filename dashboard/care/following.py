"""A matter in the list of those left alone, and the dialog in which somebody takes it over or closes it."""

from datetime import UTC, datetime

import streamlit as st

from dashboard.care.opening import dialog_button, shut
from dashboard.care.words import REASONS, call_at, due_words, said
from dashboard.comments.words import channel
from dashboard.data import care, comments
from dashboard.data.care import FollowUpReason, LeftAlone, Matter
from dashboard.data.site import settings
from dashboard.i18n import _, ago, moment, ngettext
from dashboard.identity import Viewer
from dashboard.parts import Markup, Row, chip, code, go, row, show, stack
from qa.calendar import local_day
from qa.errors import InvalidSetting

DAYS = (0, 1, 2, 3, 5, 7, 14)


def draw_matter(one: LeftAlone, viewer: Viewer, now: datetime, *, last: bool, narrow: bool = False) -> None:
    """The matter and the way to follow it up. In the list it opens its customer; on the customer's own page
    (``narrow``) what was said: the call at that second, or the comment.
    """
    place, button = st.columns([2.6, 1] if narrow else [8.4, 1.4], vertical_alignment="center", gap="small")
    key = f"{one.reason.value.replace(' ', '_')}_{one.subject}"
    with place:
        where, label, params = _source(one) if narrow else ("customer", _("Open the customer"), {})
        body = line(one, now, last=last)
        if where:
            go(f"alone_{key}", body, where, label=label, params=params or {"customer": one.customer})
        else:
            show(body)
    with button:
        dialog_button(_("Follow up"), f"follow_{key}", _("Follow up"), lambda: _dialog(one, viewer, key))


def _source(one: LeftAlone) -> tuple[str, str, dict[str, str]]:
    """Page, label and address of what was said; nothing where there is only an answer without a call."""
    if one.reason is FollowUpReason.COMPLAINT:
        return "comments", _("Open the comment"), {"comment": str(one.subject), "shown": "all"}
    if one.call is None:
        return "", "", {}
    return "call", _("Open the call"), call_at(one.call, one.second)


def line(one: LeftAlone, now: datetime, *, last: bool = False) -> Markup:
    """Why, what was said, where, how long ago, who is on it."""
    public = one.reason is FollowUpReason.COMPLAINT
    where = channel(one.place) if public else one.place or _("no queue")
    marks = []
    late = False
    if one.due_day is not None:
        text, late = due_words(one.due_day)
        marks.append(chip(_("{name}, {due}", name=one.owner or "", due=text), "now" if late else "accent"))
    detail = stack((f"{where} · ", code(one.customer[:6].upper()), " ", stack(marks)))
    title = stack((f"{_(REASONS[one.reason])}: ", Markup('<span dir="auto">{}</span>').format(said(one))))
    return row(Row(title, detail, ago(one.at, now), urgent=late or one.owner_id is None, last=last))


def _dialog(one: LeftAlone, viewer: Viewer, key: str) -> None:
    now = datetime.now(UTC)
    when = moment(one.at, settings().zone, now)
    show(Markup('<p dir="auto"><b>{}</b></p><p class="sub">{}</p>').format(said(one), when))
    people = comments.colleagues()
    matter = Matter(one.customer, one.reason, one.subject)
    start = one.owner_id if one.owner_id in people else viewer.user_id
    owner = st.selectbox(
        _("Who follows up"),
        list(people),
        index=list(people).index(start) if start in people else 0,
        format_func=lambda number: people[number],
        key=f"owner_{key}",
    )
    days = st.selectbox(_("By when"), DAYS, index=1, format_func=_later, key=f"due_{key}")
    note = st.text_input(_("Note"), max_chars=300, key=f"note_{key}")
    if st.button(_("Give it to this person"), type="primary", width="stretch", key=f"assign_{key}"):
        today = local_day(now, settings().zone)
        care.assign(viewer.scope, matter, (viewer.user_id, owner), today + days, note)
        st.toast(_("Follow-up given"))
        shut()
        st.rerun()
    if st.button(_("Close: the note says what came of it"), width="stretch", key=f"close_{key}"):
        _close(matter, viewer, note)


def _close(matter: Matter, viewer: Viewer, note: str) -> None:
    try:
        care.close(viewer.scope, matter, viewer.user_id, note)
    except InvalidSetting:
        st.error(_("Write in the note what came of it."))
    else:
        st.toast(_("Follow-up closed"))
        shut()
        st.rerun()


def _later(days: int) -> str:
    return _("today") if days == 0 else ngettext("in {count} day", "in {count} days", days)
