"""Two versions side by side: what was added, taken out and changed."""

from collections.abc import Sequence

import streamlit as st

from dashboard import plain
from dashboard.data.cards import Card, Outline, read_outline
from dashboard.i18n import N_, _, number
from dashboard.parts import Cell, Column, Markup, chip, panel, show, table
from dashboard.scorecards.decided import condition, in_words
from dashboard.scorecards.showing import marks, points, said, weighed
from qa.errors import InvalidScorecard
from qa.scorecard import Change, CriterionLine, difference

DRAFT = "draft"
WHAT = {
    "weight": N_("weight"),
    "share": N_("points of 100"),
    "title": N_("title"),
    "critical": N_("critical"),
    "rule": N_("how it is decided"),
    "applies_when": N_("when it is asked"),
    "section": N_("section"),
    "enabled": N_("on or off"),
    "words": N_("its word lists"),
    "other": N_("other settings"),
}
RULES = frozenset({"rule", "applies_when", "words"})
PARTS = {
    "title": N_("the title"),
    "bands": N_("the bands"),
    "minimum": N_("the shortest call"),
    "language": N_("the language"),
    "sections": N_("weights or titles of sections"),
}


def draw_comparison(card: Card) -> None:
    """Two choices, then the differences between them."""
    offered = ([DRAFT] if card.draft else []) + [str(one.version) for one in card.versions]
    if len(offered) < 2:
        with panel("compare", stretch=False):
            text = _("There is one version only. Begin a draft to compare it with.")
            show(Markup('<p class="sub">{}</p>').format(text))
        return
    left, right = st.columns(2)
    before = left.selectbox(_("From"), offered[1:], format_func=_name, key=f"from_{card.id}")
    after = right.selectbox(_("To"), offered, format_func=_name, key=f"to_{card.id}")
    try:
        pair = _outline(card, str(before)), _outline(card, str(after))
    except InvalidScorecard as error:
        st.error(plain.label(error.message))
        return
    _draw(pair, (_name(str(before)), _name(str(after))))


def _name(version: str) -> str:
    return _("Draft") if version == DRAFT else _("Version {version}", version=number(int(version)))


def _outline(card: Card, version: str) -> Outline:
    if version == DRAFT and card.draft:
        return read_outline(card.draft.content, card.id)
    return read_outline(next(one.content for one in card.versions if str(one.version) == version), card.id)


def _draw(pair: tuple[Outline, Outline], names: tuple[str, str]) -> None:
    found = difference(*pair)
    with panel("compare", _("What is different"), stretch=False):
        if not found.changes and not found.parts:
            show(Markup('<p class="sub">{}</p>').format(_("Nothing: the two are the same.")))
            return
        if found.parts:
            named = _(", ").join(_(PARTS[part]) for part in found.parts)
            show(Markup('<p class="sub">{}</p>').format(_("Also different: {parts}.", parts=named)))
        columns = (Column(_("Criterion")), Column(names[0]), Column(names[1]))
        rows = [_row(change, pair) for change in found.changes]
        show(Markup('<div class="cards-t">{}</div>').format(table(columns, rows, _("What is different"))))


def _row(change: Change, pair: tuple[Outline, Outline]) -> Sequence[str | Markup | Cell]:
    line = change.after or change.before
    title = said(line.title) if line else change.key
    if change.before is None or change.after is None:
        mark = chip(_("added"), "accent") if change.before is None else chip(_("taken out"), "line")
        name = Markup("<b>{}</b><br>{}").format(title, mark)
        return [name, _side(change.before, pair[0], True), _side(change.after, pair[1], True)]
    ruled = not RULES.isdisjoint(change.what)
    what = _(", ").join(_(WHAT[part]) for part in change.what)
    name = Markup("<b>{}</b><br><span class='s'>{}</span>").format(title, what)
    return [name, _side(change.before, pair[0], ruled), _side(change.after, pair[1], ruled)]


def _side(line: CriterionLine | None, of: Outline, ruled: bool) -> Cell:
    """What the criterion weighs on one side, and its rule where that differs."""
    if line is None:
        return Cell("–", pale=True)
    weight = _("weight {weight}, {points} of 100", weight=weighed(line.weight), points=points(line.share))
    text = Markup("{} {}").format(weight, marks(line))
    if not ruled:
        return Cell(text)
    rule = f"{in_words(line.rule, of.lexicons)}. {condition(line.applies_when, of.lexicons)}"
    return Cell(Markup("{}<br><span class='s'>{}</span>").format(text, rule))
