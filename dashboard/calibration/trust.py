"""The agreement page: each criterion with its figures and with who decides it."""

from collections.abc import Iterable

import streamlit as st

from dashboard.calibration.figures import alpha_mark
from dashboard.data import agreement
from dashboard.data.agreement import Changed, Criterion, LeftToPeople, Table
from dashboard.data.site import settings
from dashboard.i18n import _, interval, ngettext, number, percent
from dashboard.i18n.dates import day_month_year
from dashboard.identity import Viewer
from dashboard.parts import Cell, Column, Figure, Markup, chip, show, strip, table
from qa.analytics.agreement import LEAST_CALLS, PEOPLE_DECIDE
from qa.calendar import local_day

Line = list[str | Markup | Cell]


def head_line(found: Table) -> Markup:
    """How many criteria are decided by whom, and from how many verdicts."""
    people = sum(one.left is not None for one in found.criteria)
    few = sum(one.left is None and not one.found.enough for one in found.criteria)
    blind, seen = (sum(getattr(one, name) for one in found.criteria) for name in ("blind", "seen"))
    rest = len(found.criteria) - people - few
    return strip((
        Figure(_("Machine decides"), _count(rest), "", _of(found)),
        Figure(_("People decide"), _count(people), "", _of(found)),
        Figure(_("Not enough calls"), _count(few), "", _of(found)),
        Figure(_("Verdicts by people"), _count(blind + seen), "",
               ngettext("{count} person", "{count} people", found.raters)),
        Figure(_("Given blind"), _count(blind), "", _("{count} beside the machine's", count=_count(seen))),
    ))  # fmt: skip


def criteria(found: Table, titles: dict[str, str]) -> Markup:
    """A row a criterion: the least agreed first, those with too few calls last."""
    columns = (
        Column(_("Criterion")),
        Column(_("Who decides")),
        Column(_("Alpha, 95 %")),
        Column(_("Same verdict")),
        Column(_("Calls"), numeric=True),
        Column(_("Blind"), numeric=True),
        Column(_("Seen"), numeric=True),
    )
    rows = [_line(one, titles) for one in sorted(found.criteria, key=_rank)]
    return table(columns, rows, _("Agreement of the machine with people by criterion"))


def decides(one: Criterion) -> Markup:
    """Who decides a criterion, as a chip."""
    if one.left is not None:
        return people_decide(one.left)
    if not one.found.enough:
        return chip(_("not enough calls"), "line")
    if one.found.people_decide:
        return chip(
            _("below {limit}: left to people at the next look", limit=number(PEOPLE_DECIDE, 1)), "now"
        )
    return chip(_("machine decides"), "accent")


def people_decide(left: LeftToPeople) -> Markup:
    """That people decide, since when, and what follows."""
    day = day_month_year(local_day(left.since, settings().zone))
    text = _("left out of automatic scores since {day}", day=day)
    return Markup('{} <span class="s">{}</span>').format(chip(_("people decide"), "now"), text)


def look_again(viewer: Viewer) -> None:
    """The button that decides anew."""
    if st.button(_("Look again"), key="agreement_look", width="stretch"):
        st.toast(said(agreement.look(viewer.role)))
        st.rerun()


def said(changed: Changed) -> str:
    """What a new look changed."""
    if not changed.left and not changed.back:
        return _("Looked again: nothing changed")
    parts = []
    if changed.left:
        text = ngettext(
            "{count} criterion left to people", "{count} criteria left to people", len(changed.left)
        )
        parts.append(text)
    if changed.back:
        back = ngettext("{count} back with the machine", "{count} back with the machine", len(changed.back))
        parts.append(back)
    return _(", ").join(parts)


def notes(lines: Iterable[str]) -> None:
    """What must be known before these figures are believed."""
    show(Markup("").join(Markup('<p class="sub">{}</p>').format(line) for line in lines))


def _line(one: Criterion, titles: dict[str, str]) -> Line:
    key, counts = one.found.key, [_count(one.found.alpha.n), _count(one.blind), _count(one.seen)]
    title = titles.get(key, key)
    if not one.found.enough:
        seen = _("{count} of {least} calls", count=_count(one.found.alpha.n), least=number(LEAST_CALLS))
        return [title, decides(one), Cell(seen, pale=True), Cell("–", pale=True), *counts]
    exact = one.found.exact
    low, high = 100 * (exact.low or 0.0), 100 * (exact.high or 0.0)
    share = _("{share} ({span})", share=percent(exact.value or 0.0), span=interval(low, high, 0))
    same = Markup('<span class="one-line">{}</span>').format(share)
    return [title, decides(one), alpha_mark(one.found.alpha), same, *counts]


def _rank(one: Criterion) -> tuple[bool, bool, float]:
    value = one.found.alpha.value
    return not one.found.enough, value is None, 0.0 if value is None else value


def _count(value: int) -> str:
    return number(value) if value else _("0")


def _of(found: Table) -> str:
    return ngettext("of {count} criterion", "of {count} criteria", len(found.criteria))
