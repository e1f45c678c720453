"""A version, readable: sections and criteria with what they weigh, how each is decided, and its history."""

from datetime import UTC, datetime

import streamlit as st

from dashboard.address import number_of
from dashboard.calibration.trust import people_decide
from dashboard.choosing import follow
from dashboard.data import agreement
from dashboard.data.agreement import LeftToPeople
from dashboard.data.cards import Card, Outline
from dashboard.data.site import settings
from dashboard.i18n import _, moment, number, rtl
from dashboard.parts import Cell, Column, Markup, chip, panel, show, table
from dashboard.scorecards.decided import condition, in_words
from dashboard.words import critical_kind
from qa.records import CriticalKind
from qa.scorecard import CriterionLine, SectionLine, Title

Line = list[str | Markup | Cell]


def said(title: Title) -> str:
    """A title in the viewer's language."""
    return title.fa if rtl() else title.en


def points(value: float) -> str:
    """Points of 100; a criterion that is off or weighs nothing has a dash."""
    return number(value, 1) if value > 0 else "–"


def draw_outline(shown: Outline, version: str) -> None:
    """The whole scorecard as one table with a line for each section."""
    bands = _(
        "pass from {high}, to coach from {low}",
        high=number(shown.bands.pass_), low=number(shown.bands.coach),
    )  # fmt: skip
    with panel("version", f"{said(shown.title)} · {version}", bands, stretch=False):
        columns = (
            Column(_("Criterion")),
            Column(_("Decided by")),
            Column(_("Weight"), True),
            Column(_("Of 100"), True),
        )
        left = agreement.left()
        rows: list[Line] = []
        for section in shown.sections:
            rows.append(_section(section))
            rows += [_criterion(one, shown, left.get((shown.id, one.key))) for one in section.criteria]
        show(Markup('<div class="cards-t">{}</div>').format(table(columns, rows, said(shown.title))))
        note = _("Of 100: what a criterion is worth when every criterion of the call counts.")
        show(Markup('<p class="sub">{}</p>').format(note))


def _section(section: SectionLine) -> Line:
    return [
        Cell(Markup("<b>{}</b>").format(said(section.title)), span=2, strong=True),
        weighed(section.weight),
        Cell(points(section.share), strong=True),
    ]


def _criterion(one: CriterionLine, shown: Outline, left: LeftToPeople | None) -> Line:
    name = Markup("{} {}").format(said(one.title), marks(one))
    if left is not None:
        name = Markup("{}<br>{}").format(name, people_decide(left))
    decided = Markup("{}<br><span class='s'>{}</span>").format(
        in_words(one.rule, shown.lexicons), condition(one.applies_when, shown.lexicons)
    )
    return [
        Cell(name, pale=not one.enabled),
        Cell(decided),
        weighed(one.weight),
        points(one.share),
    ]


def marks(one: CriterionLine) -> Markup:
    """What kind of failure is critical, and whether the criterion is off."""
    out = Markup("")
    if one.critical:
        out += chip(critical_kind(CriticalKind(one.critical)), "line")
    if not one.enabled:
        out += chip(_("off"), "line")
    return out


def weighed(value: float) -> str:
    """A weight with as many places as it has, two at most."""
    return number(value, 0 if value == int(value) else 2)


def draw_history(card: Card) -> None:
    """The versions: when, by whom, why, how many calls show a score by each."""
    with panel("history", _("Versions"), stretch=False):
        columns = (Column(_("Version")), Column(_("Published")), Column(_("Why")), Column(_("Calls"), True))
        rows: list[Line] = []
        for one in card.versions:
            by = one.published_by or ""
            made = Markup("{}<br><span class='s'>{}</span>").format(when(one.published_at), by)
            rows.append([number(one.version), made, one.note or "–", number(card.calls.get(one.version, 0))])
        if rows:
            show(table(columns, rows, _("Versions")))
            _choose(card)
        else:
            show(Markup('<p class="sub">{}</p>').format(_("Never published. It judges no call yet.")))


def _choose(card: Card) -> None:
    """An older version is opened here; the choice stands in the address."""
    known = [one.version for one in card.versions]
    if len(known) < 2:
        return
    now = number_of(st.query_params.get("version", ""))

    def changed() -> None:
        st.query_params["version"] = str(st.session_state["cards_version"])

    st.selectbox(
        _("Version shown"),
        known,
        format_func=lambda value: _("Version {version}", version=number(value)),
        key=follow("cards_version", now if now in known else known[0]),
        on_change=changed,
    )


def when(value: datetime) -> str:
    """When something was done, at the site's clock."""
    return moment(value, settings().zone, datetime.now(UTC))
