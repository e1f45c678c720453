"""Which calls a scorecard judges: the rules, and the way to add and take away one."""

import streamlit as st

from dashboard.data import choices, drafting
from dashboard.data.cards import EDITORS, Assignment, Card
from dashboard.data.kinds import Direction
from dashboard.i18n import LANGUAGES, _
from dashboard.identity import Viewer
from dashboard.parts import Column, Markup, panel, show, table
from dashboard.words import word

ANY = ""


def draw_assignments(viewer: Viewer, card: Card) -> None:
    """What the scorecard is used for."""
    with panel("assignments", _("Which calls it judges"), stretch=False):
        queues = {queue.id: queue.name for queue in choices.queues()}
        columns = (Column(_("Queue")), Column(_("Direction")), Column(_("Language")))
        rows = [_row(one.rule, queues) for one in card.assignments]
        if rows:
            show(table(columns, rows, _("Which calls it judges")))
        if card.default:
            text = _("Default: it also judges calls in its language that no rule speaks of.")
        else:
            text = "" if rows else _("No calls yet: no rule names it.")
        if text:
            show(Markup('<p class="sub">{}</p>').format(text))
        if viewer.role in EDITORS:
            _draw_change(viewer, card, queues)


def _row(rule: Assignment, queues: dict[int, str]) -> list[str]:
    return [
        _("any") if rule.queue is None else queues.get(rule.queue, "–"),
        _("any") if rule.direction is None else word(rule.direction),
        _("any") if rule.language is None else LANGUAGES.get(rule.language, rule.language),
    ]


def _draw_change(viewer: Viewer, card: Card, queues: dict[int, str]) -> None:
    with st.popover(_("Change"), width="stretch"):
        queue = st.selectbox(
            _("Queue"),
            [0, *queues],
            format_func=lambda value: queues.get(value, _("any")),
            key="assign_queue",
        )
        direction = st.selectbox(
            _("Direction"), [ANY, *Direction], format_func=lambda value: word(value) if value else _("any"),
            key="assign_direction",
        )  # fmt: skip
        languages = [card.language, ANY]
        language = st.selectbox(
            _("Language"),
            languages,
            format_func=lambda value: LANGUAGES.get(value, _("any")),
            key="assign_language",
        )
        rule = Assignment(card.id, queue or None, str(direction) or None, language or None)
        if rule.rank == (False, False, False):
            show(
                Markup('<p class="sub">{}</p>').format(_("Every call gets it that no other rule speaks of."))
            )
        text = _("The most specific rule counts: a queue before a direction, a direction before a language.")
        show(Markup('<p class="sub">{}</p>').format(text))
        if st.button(_("Use it for these calls"), key="assign_add", type="primary", width="stretch"):
            drafting.assign(viewer.role, viewer.display_name, rule)
            st.rerun()
        if st.button(_("Take the rule for these calls away"), key="assign_remove", width="stretch"):
            drafting.unassign(viewer.role, rule)
            st.rerun()
