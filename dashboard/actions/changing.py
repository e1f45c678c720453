"""One action item: its history, and what the viewer may do with it."""

import streamlit as st

from dashboard.actions.listing import note
from dashboard.actions.words import STATES, due
from dashboard.coaching.preparing import day_name
from dashboard.data import actions, coaching
from dashboard.data.actions import ActionItem, Change, ItemEvent, ItemOrigin, ItemState, Person
from dashboard.data.site import settings
from dashboard.i18n import _, day_month, moment, quoted
from dashboard.parts import Markup, panel, show
from dashboard.registry import streamlit_page
from qa.errors import InvalidSetting, NotFound

AHEAD = (0, 1, 2, 3, 5, 7, 10, 14, 21, 28)


def item_panel(person: Person, item: ActionItem) -> None:
    """The item with its history and its buttons."""
    title = Markup('<span dir="auto">{}</span>').format(item.what)
    with panel("plan_item", title, due(item)[0], stretch=False):
        note(_("{owner} · since {day}", owner=item.owner, day=day_month(item.made_day)))
        if item.origin is ItemOrigin.COACHING and item.origin_id is not None:
            st.page_link(
                streamlit_page("coaching"),
                label=_("The coaching session it came from"),
                query_params={"session": str(item.origin_id)},
            )
        _buttons(person, item)
        if person.leads:
            _moving(person, item)
        _history(actions.events([item])[item.id])


def _buttons(person: Person, item: ActionItem) -> None:
    said = st.text_input(
        _("Note"), key=f"note_{item.id}", max_chars=300, placeholder=_("What came of it, or why not")
    )
    first, second = st.columns(2, gap="small")
    if item.state is not ItemState.OPEN:
        if first.button(_("Open again"), key="item_open", width="stretch"):
            _change(person, item, Change(ItemState.OPEN, note=said))
        return
    if first.button(_("Done"), key="item_done", width="stretch", type="primary"):
        _change(person, item, Change(ItemState.DONE, note=said))
    if person.leads and second.button(_("Drop"), key="item_drop", width="stretch"):
        if not said.strip():
            st.error(_("Write in the note why it is dropped."))
        else:
            _change(person, item, Change(ItemState.DROPPED, note=said))


def _moving(person: Person, item: ActionItem) -> None:
    """Another owner or another day, for who leads."""
    with st.expander(_("Owner and due date")):
        people = actions.owners(person) | {item.owner_id: item.owner}
        owner = st.selectbox(
            _("Owner"), list(people), index=list(people).index(item.owner_id),
            format_func=lambda one: people[one], key=f"owner_{item.id}",
        )  # fmt: skip
        days = sorted({item.due_day, *(coaching.today() + ahead for ahead in AHEAD)})
        day = st.selectbox(
            _("Due"), days, index=days.index(item.due_day), format_func=day_name, key=f"due_{item.id}"
        )
        if st.button(_("Change it"), key="item_move", width="stretch"):
            _change(person, item, Change(owner_id=owner, due_day=day))


def _change(person: Person, item: ActionItem, what: Change) -> None:
    try:
        actions.change(person, item.id, what)
    except (InvalidSetting, NotFound):
        st.error(_("Nothing was changed. Reload the page and try again."))
    else:
        st.toast(_("Action changed"))
        st.rerun()


def _history(found: tuple[ItemEvent, ...]) -> None:
    from datetime import UTC, datetime

    now, zone = datetime.now(UTC), settings().zone
    show(Markup('<p class="sec"><span>{}</span></p>').format(_("History")))
    for event in reversed(found):
        who = event.by or _("made by the desk")
        told = [moment(event.at, zone, now), who, _(STATES[event.state]), event.owner,
                _("due {day}", day=day_month(event.due_day))]  # fmt: skip
        line = Markup(" · ").join(Markup("<bdi>{}</bdi>").format(part) for part in told)
        words = Markup(' <span dir="auto">{}</span>').format(quoted(event.note)) if event.note else Markup("")
        show(Markup('<p class="sub">{}{}</p>').format(line, words))
