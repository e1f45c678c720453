import streamlit as st

from dashboard import identity, states
from dashboard.call.reviewing import person
from dashboard.data import review
from dashboard.i18n import _, ngettext
from dashboard.parts import Markup, head, panel, show
from dashboard.review import coverage, queue
from dashboard.review.planning import plan_panel

viewer = identity.viewer()
own, free = review.queue(person(viewer))
frame = review.frame(viewer.scope, coverage.WEEKS)
waits = ngettext("{count} call waits for you", "{count} calls wait for you", len(own))
head(_("Review"), waits if own else _("No call waits for you"))
show(coverage.figures(frame))
left, right = st.columns([1.5, 1], gap="small")
with left:
    if own:
        with panel(
            "queue",
            _("My queue"),
            _("what is due first stands first; a row starts the review"),
            stretch=False,
            dense=True,
        ):
            queue.rows(own)
    elif not free:
        text = _("Nothing is assigned to you. The next calls come with the weekly plan.")
        states.empty("queue", _("No call waits for you"), text)
    if free:
        with panel("free", _("Nobody's yet"), _("whoever starts one takes it"), stretch=False, dense=True):
            queue.rows(free)
with right:
    with panel("pace", _("Coverage and pace"), _("the last four weeks"), stretch=False):
        if frame.height:
            show(coverage.reviewers(frame))
        else:
            show(Markup('<p class="sub">{}</p>').format(_("No plan in these weeks.")))
    plan_panel(viewer)
