import streamlit as st

from dashboard import identity, states
from dashboard.calibration import listing, making
from dashboard.call.reviewing import person
from dashboard.data import calibration
from dashboard.i18n import _, ngettext
from dashboard.parts import head, panel

viewer = identity.viewer()
found = calibration.of_viewer(person(viewer), viewer.role)
own = calibration.to_do(person(viewer))
planner = viewer.role in calibration.PLANNERS
waits = ngettext(
    "{count} call waits for your blind verdict", "{count} calls wait for your blind verdict", len(own)
)
head(_("Calibration"), waits if own else _("No call waits for your blind verdict"))
left, right = st.columns([1.5, 1], gap="small") if planner else (st.container(), None)
with left:
    if own:
        note = _("without the machine's verdicts and those of others; a row starts the review")
        with panel("blind", _("Yours to judge blind"), note, stretch=False, dense=True):
            listing.waiting(own)
    if found:
        with panel("rounds", _("Calibrations"), _("the newest first"), stretch=False, dense=True):
            listing.rounds(found)
    else:
        text = _(
            "In a calibration several people judge the same calls blind and then compare. None was made yet."
        )
        states.empty("rounds", _("No calibration"), text)
if right is not None:
    with right, panel("make", _("New calibration"), stretch=False):
        making.form(viewer)
