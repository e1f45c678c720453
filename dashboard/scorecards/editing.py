"""A draft in the browser: weights, titles and bands as fields, rules as text, checked with every change."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard import plain, still
from dashboard.choosing import follow
from dashboard.data import cards
from dashboard.data.cards import Card, Draft, Outline, read_outline
from dashboard.i18n import N_, _
from dashboard.identity import Viewer
from dashboard.parts import Markup, panel, show
from dashboard.scorecards.publishing import draw_beginning, draw_buttons
from dashboard.scorecards.showing import points, said, when
from dashboard.words import critical_kind
from qa.errors import InvalidScorecard
from qa.records import CriticalKind
from qa.scorecard import CriterionLine
from qa.scorecard.edit import with_fields

WAYS = {"fields": N_("Weights and titles"), "text": N_("Rules as text (YAML)")}
LONGEST = 1000  # letters of a title, as in the file


@dataclass(frozen=True, slots=True)
class Desk:
    """The draft in hand: ``text`` is what stands on the page, saved or not."""

    card: Card
    draft: Draft
    key: str

    @property
    def text(self) -> str:
        """The draft as it is now in this browser."""
        return str(st.session_state.setdefault(self.key, self.draft.content))

    def put(self, path: tuple[str | int, ...], value: Any) -> None:
        """Change one field."""
        st.session_state[self.key] = with_fields(self.text, self.card.id, {path: value})


def draw_editor(viewer: Viewer, card: Card) -> Draft | None:
    """The draft of a scorecard, or the way to begin one; gives the draft as it is stored."""
    draft = card.draft
    if draft is None:
        draw_beginning(viewer, card)
        return None
    desk = Desk(card, draft, f"cards_text_{card.id}_{draft.revision}")
    saved = when(draft.updated_at)
    note = _("saved {time} by {name}", time=saved, name=draft.updated_by)
    with panel("draft", _("Draft"), note, stretch=False):
        _edit(viewer, desk)
    return draft


@still.fragment()
def _edit(viewer: Viewer, desk: Desk) -> None:
    fault = cards.problem(desk.text, desk.card.id)
    draw_buttons(viewer, desk.draft, desk.text, fault)
    if fault:
        st.error(plain.label(fault), icon=":material/error:")
    else:
        show(Markup('<p class="sub" role="status">{}</p>').format(_("The draft can be published as it is.")))
    way = st.segmented_control(
        _("How to change it"),
        list(WAYS),
        format_func=lambda name: _(WAYS[name]),
        default="fields",
        key="cards_way",
        label_visibility="collapsed",
    )
    if way == "text":
        _draw_text(desk)
        return
    try:
        shown = read_outline(desk.text, desk.card.id)
    except InvalidScorecard:
        show(
            Markup('<p class="sub">{}</p>').format(_("Mend the text first; then the fields are here again."))
        )
        return
    _draw_fields(desk, shown)


def _draw_text(desk: Desk) -> None:
    def changed() -> None:
        st.session_state[desk.key] = st.session_state["cards_yaml"]

    with st.container(key="cards_yaml_box"):
        st.text_area(
            _("The whole scorecard as YAML; Ctrl and Enter check it"),
            key=follow("cards_yaml", desk.text),
            height=560,
            on_change=changed,
        )


def _draw_fields(desk: Desk, shown: Outline) -> None:
    _draw_bands(desk, shown)
    for place, section in enumerate(shown.sections):
        path = ("sections", place)
        title, worth, weight = st.columns([6, 1.2, 2], vertical_alignment="center")
        with title:
            show(Markup("<h3 class='cards-s'>{}</h3>").format(said(section.title)))
        with worth:
            show(_worth(section.share, section.key))
        _number(desk, weight, (*path, "weight"), (section.weight, said(section.title)))
        for index, one in enumerate(section.criteria):
            _draw_criterion(desk, one, (*path, "criteria", index))
    _draw_one(desk, shown)


def _worth(share: float, key: str) -> Markup:
    return Markup('<p class="cards-w num" data-share="{}">{}</p>').format(key, points(share))


def _draw_criterion(desk: Desk, one: CriterionLine, path: tuple[str | int, ...]) -> None:
    on, worth, weight = st.columns([6, 1.2, 2], vertical_alignment="center")
    key = follow(f"cards_on_{one.key}", one.enabled)

    def switched() -> None:
        desk.put((*path, "enabled"), None if st.session_state[key] else False)

    on.toggle(said(one.title), key=key, on_change=switched)
    with worth:
        show(_worth(one.share, one.key))
    _number(desk, weight, (*path, "weight"), (one.weight, said(one.title)))


def _number(desk: Desk, place: Any, path: tuple[str | int, ...], now: tuple[float, str]) -> None:
    value, title = now
    key = follow("cards_" + "_".join(str(part) for part in path), float(value))

    def changed() -> None:
        entered = st.session_state[key]
        desk.put(path, int(entered) if entered == int(entered) else entered)

    label = _("Weight of {title}", title=title)
    place.number_input(
        label, 0.0, 1e6, step=1.0, format="%g", key=key, on_change=changed, label_visibility="collapsed"
    )


def _draw_bands(desk: Desk, shown: Outline) -> None:
    first, second, third = st.columns([6, 2, 2], vertical_alignment="bottom")
    with first:
        show(Markup('<p class="sub">{}</p>').format(_("Beside each weight: what it is worth of 100 points.")))
    for place, name, label, value in (
        (second, "pass", _("Passes from"), shown.bands.pass_),
        (third, "coach", _("To coach from"), shown.bands.coach),
    ):
        key = follow(f"cards_band_{name}", float(value))
        place.number_input(
            label, 0.0, 100.0, step=1.0, format="%g", key=key, on_change=_band, args=(desk, name, key)
        )


def _band(desk: Desk, name: str, key: str) -> None:
    desk.put(("bands", name), st.session_state[key])


def _draw_one(desk: Desk, shown: Outline) -> None:
    """Titles and kind of one criterion."""
    paths = {
        one.key: ("sections", place, "criteria", index)
        for place, section in enumerate(shown.sections)
        for index, one in enumerate(section.criteria)
    }
    lines = {one.key: one for one in shown.criteria}
    picked = st.selectbox(
        _("Titles and kind of a criterion"), list(lines), format_func=lambda key: said(lines[key].title),
        key="cards_one",
    )  # fmt: skip
    one, path = lines[picked], paths[picked]
    english, persian, kind = st.columns(3)
    for place, language, label in (
        (english, "en", _("Title in English")),
        (persian, "fa", _("Title in Persian")),
    ):
        key = follow(f"cards_title_{language}_{picked}", getattr(one.title, language))
        place.text_input(
            label, key=key, max_chars=LONGEST, on_change=_titled, args=(desk, (*path, "title", language), key)
        )
    key = follow(f"cards_kind_{picked}", one.critical or "")
    kind.selectbox(
        _("A failure is critical"),
        ["", *CriticalKind],
        format_func=lambda value: critical_kind(CriticalKind(value)) if value else _("no"),
        key=key,
        on_change=lambda: desk.put((*path, "critical"), str(st.session_state[key]) or None),
    )


def _titled(desk: Desk, path: tuple[str | int, ...], key: str) -> None:
    desk.put(path, st.session_state[key])
