"""Which scorecard, which version, and what is done with it. All of it stands in the address."""

from collections.abc import Sequence

import streamlit as st

from dashboard.address import number_of
from dashboard.data.cards import Card, read_outline
from dashboard.i18n import N_, _, number, rtl
from dashboard.parts import Markup, Row, chip, go, panel, row
from qa.errors import InvalidScorecard

READ, COMPARE, EDIT, AGAIN = "read", "compare", "edit", "again"
VIEWS = {
    READ: N_("Read"),
    COMPARE: N_("Compare"),
    EDIT: N_("Edit"),
    AGAIN: N_("Score again"),
}


def title_of(card: Card) -> str:
    """The title of the newest version in the viewer's language; the id of one that cannot be read."""
    text = card.newest.content if card.newest else card.draft.content if card.draft else ""
    try:
        title = read_outline(text, card.id).title
    except InvalidScorecard:
        return card.id
    return title.fa if rtl() else title.en


def chosen(listed: Sequence[Card]) -> Card:
    """The scorecard in the address; else the default of the viewer's language."""
    wanted = st.query_params.get("card", "")
    language = "fa" if rtl() else "en"
    order = sorted(listed, key=lambda card: (card.id != wanted, not card.default, card.language != language))
    return order[0]


def chosen_version(card: Card) -> int | None:
    """The version in the address, else the newest; ``None`` when none is published."""
    known = [one.version for one in card.versions]
    wanted = number_of(st.query_params.get("version", ""))
    return wanted if wanted in known else known[0] if known else None


def chosen_view(*, may_edit: bool) -> str:
    """What is done: one of ``VIEWS``; a choice of few, in the address."""
    offered = [name for name in VIEWS if may_edit or name in (READ, COMPARE)]
    now = st.query_params.get("view", READ)
    st.session_state["cards_view"] = now if now in offered else READ

    def changed() -> None:
        st.query_params["view"] = st.session_state["cards_view"] or READ

    st.segmented_control(
        _("What to do"),
        offered,
        format_func=lambda name: _(VIEWS[name]),
        key="cards_view",
        label_visibility="collapsed",
        on_change=changed,
    )
    return str(st.session_state["cards_view"] or READ)


def draw_list(listed: Sequence[Card], now: Card) -> None:
    """Every scorecard as a line that opens it."""
    with panel("cards", _("Scorecards"), stretch=False, dense=True):
        for place, card in enumerate(listed):
            title = title_of(card)
            marks = [chip(_("open"), "accent")] if card.id == now.id else []
            if card.draft:
                marks.append(chip(_("draft"), "line"))
            if card.default:
                marks.append(chip(_("default"), "line"))
            versions = (
                _("version {version}", version=number(card.newest.version)) if card.newest else _("new")
            )
            calls = _("{count} calls", count=number(sum(card.calls.values())))
            body = row(
                Row(
                    Markup("{} {}").format(title, Markup(" ").join(marks)),
                    f"{card.id} · {versions} · {calls}",
                    last=place == len(listed) - 1,
                )
            )
            go(f"card_{card.id}", body, "scorecards", label=title, params={"card": card.id})
