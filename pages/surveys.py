import streamlit as st

from dashboard import identity, states
from dashboard.i18n import _, language, ngettext, number
from dashboard.parts import head
from dashboard.surveys import drawing, lists
from dashboard.surveys.reading import read
from dashboard.voice.filters import draw_filters, read_wanted

WIDTHS = (1.45, 1.45, 1.25, 1.25)

viewer = identity.viewer()
wanted = read_wanted(st.query_params)
found = read(viewer.scope, wanted, language())
count = drawing.answered(found.surveys)
sent = number(int(found.surveys["n"].sum()))
sub = ngettext("{count} answer of {all} sent.", "{count} answers of {all} sent.", count, all=sent)
draw_filters(head(_("Surveys"), sub, controls=WIDTHS), wanted)
if not found.kinds:
    text = _("Answers stand here when a survey has been imported; others may lie outside these filters.")
    states.empty("overview", _("No surveys"), text)
    st.stop()
kinds = {one.kind: one for one in found.kinds}
kind = kinds.get(st.query_params.get("kind", ""), found.kinds[0])
by = st.query_params.get("by", "")
by = by if by in drawing.BY else "queue"
params = wanted.params()
drawing.tiles(found, params)
drawing.counts(kind)
left, right = st.columns([1.95, 1], gap="small")
with left:
    drawing.course(kind, {"kind": kind.kind})
with right:
    drawing.distribution(kind, st.query_params.get("answer", ""))
left, right = st.columns(2, gap="small")
with left:
    drawing.groups(found, kind.kind, by, params)
with right:
    drawing.who_answers(found, kind.kind)
    if kind.kind == "csat":
        drawing.bands(found)
if kind.kind == "csat":
    lists.contradicted(found)
lists.answer_list(found, kind.kind)
