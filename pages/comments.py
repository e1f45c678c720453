from datetime import UTC, datetime

import streamlit as st

from dashboard import identity, paging, states
from dashboard.comments import side
from dashboard.comments.acting import ends, reply_box
from dashboard.comments.cards import Beside, card, clock
from dashboard.comments.controls import draw_controls, kept
from dashboard.comments.figures import desk_strip, waiting_line
from dashboard.comments.query import read_query
from dashboard.data import comments
from dashboard.data.comments import CommentFilter, CommentRow
from dashboard.data.site import settings
from dashboard.i18n import _
from dashboard.parts import go, head, panel, show
from dashboard.themes.words import aspect_names

SIZE = 12
CALLS = 3


def nothing() -> None:
    if comments.page(viewer.scope, CommentFilter(), query.order, 1).rows:
        states.empty("comments", _("No such comments"), _("No comment fits these filters."))
    else:
        text = _(
            "Comments of app stores, social pages and forms stand here as soon as a file of them is imported."
        )
        states.empty("comments", _("No comments yet"), text)


def listed(rows: tuple[CommentRow, ...], chosen: int | None) -> None:
    named = comments.aspects_of(row.id for row in rows)
    calls = comments.linked_counts(viewer.scope, {row.customer for row in rows if row.customer})
    names = aspect_names()
    with st.container(key="list_comments"):
        for row in rows:
            beside = Beside(
                tuple(names[one] for one in named.get(row.id, ()) if one in names),
                calls.get(row.customer or "", 0),
            )
            body = card(row, beside, clock(row, target, now), chosen=row.id == chosen)
            params = kept(comment=str(row.id))
            go(f"comment_{row.id}", body, "comments", label=_("Open this comment"), params=params)


def opened(row: CommentRow) -> None:
    with panel("comment", stretch=False):
        show(side.title(row))
        show(side.steps(row, comments.ledger(viewer.scope, row.id), target, now))
        if row.customer:
            link = {"customer": row.customer}
            go(
                "comment_customer",
                side.customer_line(),
                "customer",
                label=_("Open the customer"),
                params=link,
            )
            found = comments.linked_calls(viewer.scope, row.customer, CALLS)
            with st.container(gap=None):
                if found:
                    show(side.linked_head())
                for call in found:
                    body, params = side.linked_line(call, now), {"call": call.key}
                    go(f"linked_{call.key}", body, "call", label=_("Open the call"), params=params)
        reply_box(row, viewer)
        ends(row, viewer)


viewer, now = identity.viewer(), datetime.now(UTC)
query, target = read_query(st.query_params, settings().zone), comments.target()
figures = comments.figures(viewer.scope, query.counted)
draw_controls(head(_("Public comments"), waiting_line(figures, target), controls=(1.3, 1.4, 1.3, 1.1)))
found = paging.opened(lambda after: comments.page(viewer.scope, query.wanted, query.order, SIZE, after))
rows = found.rows
show(desk_strip(figures, target))
if not rows:
    nothing()
chosen = comments.one(viewer.scope, query.chosen) if query.chosen else None
chosen = chosen or (rows[0] if rows else None)
if chosen is None:
    st.stop()
left, right = st.columns([1.17, 1], gap="small")
with left:
    listed(rows, chosen.id)
    paging.buttons("comments", found.next, rest=3)
with right:
    opened(chosen)
