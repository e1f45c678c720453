"""The form that makes a round: which calls, under which scorecard, judged by whom, until when."""

import re
from datetime import UTC, datetime

import streamlit as st

from dashboard.calibration.words import card_name
from dashboard.data import calibration, choices, review
from dashboard.data.calibration import Among, CardInUse, RoundOrder
from dashboard.data.site import settings
from dashboard.i18n import N_, _, ngettext
from dashboard.identity import Viewer
from dashboard.parts import Markup, show
from dashboard.registry import streamlit_page
from dashboard.roles import role_label
from qa.calendar import day_bounds, local_day
from qa.errors import InvalidSetting

DRAWN, NAMED = "drawn", "named"
WAYS = {DRAWN: N_("by chance"), NAMED: N_("by their keys")}
PERIODS = {28: N_("Last 4 weeks"), 84: N_("Last 12 weeks"), 0: N_("All days")}
DAYS, COUNT = 7, 5
KEYS = re.compile(r"[\s,;،]+")


def form(viewer: Viewer) -> None:
    """The form; a round that was made is opened."""
    name = st.text_input(_("Name"), key="round_name", max_chars=200)
    people = {user.id: f"{user.display_name} · {role_label(user.role)}" for user in review.leads()}
    reviewers = st.multiselect(
        _("Reviewers"),
        list(people),
        format_func=lambda user: people[user],
        placeholder=_("two or more"),
        key="round_people",
    )
    among, count = _calls()
    card = _card(among)
    days = st.number_input(_("Days to judge"), 1, 90, DAYS, key="round_days")
    show(Markup('<p class="sub">{}</p>').format(
        _("Only calls that all of them may hear and none of them has reviewed are used.")
    ))  # fmt: skip
    if not st.button(_("Make the calibration"), key="round_make", type="primary"):
        return
    if card is None:
        st.error(_("No scored call is there; choose other days, another queue or other keys."))
        return
    due = day_bounds(local_day(datetime.now(UTC), settings().zone) + int(days), settings().zone)[1]
    chosen = (card.scorecard, card.version)
    _make(viewer, RoundOrder(name, chosen, tuple(reviewers), among, count, due, made_by=viewer.user_id))


def _calls() -> tuple[Among, int]:
    way = st.segmented_control(
        _("Calls"), list(WAYS), default=DRAWN, format_func=lambda each: _(WAYS[each]), key="round_way"
    )
    if way == NAMED:
        text = st.text_area(
            _("Keys of the calls"), key="round_keys", placeholder=_("as they stand on the page of a call")
        )
        return Among(keys=tuple(dict.fromkeys(key for key in KEYS.split(text.strip()) if key)) or ("",)), 1
    places = st.columns(3)
    period = places[0].selectbox(
        _("Days"), list(PERIODS), format_func=lambda days: _(PERIODS[days]), key="round_period"
    )
    queues = {None: _("any queue")} | {queue.id: queue.name for queue in choices.queues()}
    queue = places[1].selectbox(_("Queue"), list(queues), format_func=lambda q: queues[q], key="round_queue")
    count = places[2].number_input(_("How many calls"), 1, calibration.MOST_CALLS, COUNT, key="round_count")
    today = local_day(datetime.now(UTC), settings().zone)
    return Among(today - period + 1 if period else None, today, queue), int(count)


def _card(among: Among) -> CardInUse | None:
    found = calibration.cards(among)
    if not found:
        return None
    return st.selectbox(
        _("Scorecard"),
        found,
        format_func=lambda one: "{} · {}".format(
            card_name(one.scorecard, one.version), ngettext("{count} call", "{count} calls", one.calls)
        ),
        key="round_card",
    )


def _make(viewer: Viewer, wanted: RoundOrder) -> None:
    if not wanted.name.strip():
        st.error(_("Give the calibration a name."))
        return
    if len(wanted.reviewers) < calibration.FEWEST_PEOPLE:
        st.error(_("Choose two reviewers or more."))
        return
    try:
        made = calibration.make(viewer.role, wanted)
    except InvalidSetting:
        st.error(
            _("Too few calls fit: all reviewers must be able to hear them, and none may have reviewed them.")
        )
        return
    st.toast(ngettext("{count} call chosen", "{count} calls chosen", made.calls))
    st.switch_page(streamlit_page("round"), query_params={"round": str(made.id)})
