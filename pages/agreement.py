import streamlit as st

from dashboard import identity, states
from dashboard.calibration import trust
from dashboard.data import agreement, scorecards
from dashboard.data.agreement import PLANNERS, Table
from dashboard.i18n import _, language, number, rtl
from dashboard.parts import head, panel, show
from qa.analytics.agreement import LEAST_CALLS, PEOPLE_DECIDE


def name(table: Table) -> str:
    card = scorecards.card(table.scorecard, None)
    return table.scorecard if card is None else card.title.fa if rtl() else card.title.en


viewer = identity.viewer()
found = agreement.tables(viewer.scope)
places = head(
    _("Agreement"), _("The machine's verdicts against those of people on the same calls"), controls=(2.4, 1.3)
)
if viewer.role in PLANNERS:
    with places[1]:
        trust.look_again(viewer)
if not found:
    text = _("Figures come with reviews of the random sample and with calibrations, from {count} calls on.",
             count=number(LEAST_CALLS))  # fmt: skip
    states.empty("agreement", _("No calls judged by people yet"), text)
    st.stop()
with places[0]:
    chosen = st.selectbox(
        _("Scorecard"), found, format_func=name, key="agreement_card", label_visibility="collapsed"
    )
show(trust.head_line(chosen))
least, limit = number(LEAST_CALLS), number(PEOPLE_DECIDE, 1)
note = _("from {count} calls on; the line marks {limit}", count=least, limit=limit)
with panel("agreement", _("Machine against people"), note, stretch=False):
    titles = scorecards.titles(chosen.scorecard, None, language())
    show(trust.criteria(chosen, titles))
    trust.notes((
        _("Krippendorff's alpha counts met, partly and not met: 1 is full agreement, 0 what chance gives. "
          "A criterion below {limit} is left to people: it keeps its verdict and counts for nothing in "
          "automatic scores until people and machine agree better.", limit=limit),
        _("Who sees the machine's verdict tends to agree with it, so verdicts given beside it make the "
          "agreement look better than it is; those given blind do not."),
        _("Only the random sample and calibrations count: other calls were chosen for what is in them."),
    ))  # fmt: skip
