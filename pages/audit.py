import streamlit as st

from dashboard import identity, states
from dashboard.audit import drawing
from dashboard.audit.asking import draw_controls, read_filter
from dashboard.data import audit
from dashboard.i18n import _
from dashboard.parts import Markup, code, head, show

SIZE = 30


def only_one_call(key: str) -> None:
    left, right = st.columns([6, 1.4], vertical_alignment="center")
    with left:
        told = Markup.escape(_("Only what was done with the call {call}."))
        show(Markup('<p class="sub">{}</p>').format(told.format(call=code(key))))
    if right.button(_("Show all"), key="audit_all", width="stretch"):
        st.query_params.pop("call", None)
        st.query_params.pop("before", None)
        st.rerun()


def turn(before: str) -> None:
    if before:
        st.query_params["before"] = before
    else:
        st.query_params.pop("before", None)


viewer = identity.viewer()
wanted = read_filter(st.query_params)
lines = audit.page(viewer.role, wanted, SIZE + 1)
sub = _("Who did what and who saw what. Entries are only ever added.")
with head(_("Audit log"), sub, controls=(1,))[0]:
    show(drawing.file_link(st.query_params))
drawing.draw_standing(audit.standing(viewer.role), viewer)
draw_controls(viewer)
if wanted.call:
    only_one_call(wanted.call)
if not lines:
    states.empty("audit", _("No such entries"), _("No entry of the log fits these filters."))
    st.stop()
drawing.draw_entries(lines[:SIZE], audit.people(viewer.role))
first, rest, last = st.columns([1, 6, 1])
if wanted.before is not None:
    first.button(_("Newest"), key="audit_newest", on_click=turn, args=("",), width="stretch")
if len(lines) > SIZE:
    oldest = str(lines[SIZE - 1].position)
    last.button(_("More"), key="audit_more", on_click=turn, args=(oldest,), width="stretch")
