from collections.abc import Callable

import streamlit as st

from dashboard import identity, states
from dashboard.actions import making
from dashboard.address import number_of
from dashboard.calibration import comparing, figures, listing
from dashboard.calibration.words import card_name, done, state
from dashboard.call.reviewing import person
from dashboard.coaching.preparing import person as coach
from dashboard.data import calibration, debrief, scorecards
from dashboard.data.actions import ItemOrigin
from dashboard.data.calibration import Round, RoundState
from dashboard.i18n import _, language, ngettext, number
from dashboard.parts import Markup, code, head, panel, show
from dashboard.registry import streamlit_page
from qa.analytics.agreement import LEAST_CALLS
from qa.errors import InvalidSetting


def line(one: Round) -> Markup:
    parts: list[str | Markup] = [
        state(one),
        card_name(one.scorecard, one.version),
        ngettext("{count} call", "{count} calls", one.calls),
        done(one),
    ]
    if one.seed is not None and one.population is not None:
        drawn = ngettext("drawn from {count} call", "drawn from {count} calls", one.population)
        parts += [drawn, Markup.escape(_("seed {seed}")).format(seed=code(str(one.seed)))]
    return Markup(" · ").join(Markup("<bdi>{}</bdi>").format(part) for part in parts)


def blind_part(one: Round) -> None:
    own = [row for row in calibration.to_do(person(viewer)) if row.round_id == one.id]
    if own:
        with panel(
            "blind", _("Yours to judge blind"), _("a row starts the review"), stretch=False, dense=True
        ):
            listing.waiting(own)
    note = _("verdicts are shown to nobody before all are done or the debrief is opened")
    with panel("progress", _("Progress"), note, stretch=False):
        show(listing.progress(calibration.progress(one.id, person(viewer), viewer.role)))
        if viewer.role in calibration.PLANNERS and st.button(
            _("Open the debrief now"), key="round_end", disabled=not one.finished
        ):
            attempt(lambda: calibration.end_blind(viewer.role, one.id))


def compared(one: Round) -> None:
    found = debrief.load(one, person(viewer))
    if found is None or not found.calls:
        states.empty("round", _("Nothing to compare"), _("No finished review of a call that you may hear."))
        return
    told = debrief.figures(found)
    titles = scorecards.titles(one.scorecard, one.version, language())
    show(figures.head_line(found, told))
    with panel(
        "verdicts",
        _("Side by side"),
        _("disagreements first; a row opens the second in the call"),
    ):
        comparing.draw(comparing.view(found, comparing.pick(found), viewer, titles))
        references(one, found)
    left, right = st.columns([1, 1.25], gap="small")
    against = _("against the reference")
    if not told.referred:
        against = _("against the mean of the others, as long as a reference is missing")
    note = _("Krippendorff's alpha, 95 %; 1 is full agreement")
    if len(found.calls) < LEAST_CALLS:
        note = _("{note}; few calls, so read the interval", note=note)
    with left, panel("leaning", _("Strict or lenient"), against):
        show(figures.reviewers(found, told))
    with right, panel("alpha", _("Agreement by criterion"), note):
        show(figures.criteria(found, told, titles))
    with st.popover(_("Action from this calibration"), icon=":material/add:"):
        making.form(viewer, coach(viewer), (ItemOrigin.CALIBRATION, one.id))


def references(one: Round, found: debrief.Debrief) -> None:
    whole = len(found.calls) * len(found.keys)
    set_now = number(len(found.references)) if found.references else _("0")
    text = _("{done} of {all} references are set", done=set_now, all=number(whole))
    with st.container(horizontal=True, vertical_alignment="center"):
        if viewer.role in calibration.PLANNERS and one.state is RoundState.DEBRIEF:
            if st.button(_("Take over what all people agree on"), key="round_agreed"):
                attempt(lambda: calibration.set_agreed((viewer.role, viewer.user_id), one.id))
            if st.button(_("Close the calibration"), key="round_close"):
                attempt(lambda: calibration.close(viewer.role, one.id))
        show(Markup('<p class="sub">{}</p>').format(text))


def attempt(action: Callable[[], object]) -> None:
    try:
        action()
    except InvalidSetting:
        st.toast(_("Nothing was changed. Reload the page and try again."))
        return
    st.rerun()


viewer = identity.viewer()
number_asked = number_of(st.query_params.get("round", ""))
asked = None if number_asked is None else calibration.find(number_asked, person(viewer), viewer.role)
if asked is None:
    head(_("Calibration"))
    text = _("No calibration of yours has this address.")
    if states.not_allowed("round", _("No such calibration"), text, _("To the calibrations")):
        st.switch_page(streamlit_page("calibration"))
    st.stop()
places = head(asked.name, line(asked), controls=(1.6,))
with places[0], st.container(horizontal_alignment="right"):
    st.page_link(streamlit_page("calibration"), label=_("All calibrations"))
if asked.state is RoundState.OPEN:
    blind_part(asked)
else:
    compared(asked)
