"""What is kept and how long, and who looked: for everybody."""

from collections.abc import Iterator
from datetime import UTC, datetime

import streamlit as st

from dashboard import still
from dashboard.data import privacy
from dashboard.data.privacy import LOOKS, Kept, Overview
from dashboard.data.site import settings
from dashboard.i18n import _, day_month_year, moment, ngettext, number
from dashboard.parts import Cell, Column, Markup, may_open, panel, show, table
from dashboard.privacy.words import ACTS, purpose, size, title
from dashboard.registry import streamlit_page
from dashboard.roles import Role, role_label
from qa.calendar import local_day

POLL = 2.0
"""Seconds between two looks at what is being counted."""


def draw_kept(found: Overview) -> None:
    """The table: kinds that hold nothing are pale. While it is counted it is looked at now and then."""
    going = found.kept.working
    still.fragment(run_every=POLL if going else None)(_draw_kept)(found, going=going)


def _draw_kept(found: Overview, *, going: bool) -> None:
    if going and not privacy.kept(found.mark).working:
        st.rerun(scope="app")
    kept = found.kept
    with panel("kept", _("What is kept"), _("by kind, with the reason and the rule")):
        columns = [
            Column(_("Kind of data")),
            Column(_("How many"), numeric=True),
            Column(_("Size"), numeric=True),
            Column(_("Since")),
            Column(_("Why")),
            Column(_("How long")),
            Column(_("Over its time"), numeric=True),
        ]
        if kept.value is not None:
            show(table(columns, [_line(one) for one in kept.value], _("What is kept")))
        for text in (*_counted(kept.at, going=going), _schedule(found)):
            show(Markup('<p class="sub">{}</p>').format(text))


def _counted(at: datetime | None, *, going: bool) -> Iterator[str]:
    """When it was counted."""
    if at is None:
        yield _("What is kept is being counted; over very many calls that takes half a minute.")
        return
    when = moment(at, settings().zone, datetime.now(UTC))
    yield _("Counted {at}; it is being counted anew.", at=when) if going else _("Counted {at}.", at=when)


def _line(one: Kept) -> list[str | Markup | Cell]:
    held = one.holding
    since = "–" if held.oldest is None else _date(local_day(held.oldest, settings().zone))
    rule = _("for ever") if one.days is None else _days(one.days)
    return [
        Cell(title(one.name), pale=not held.count, strong=bool(held.count)),
        Cell(number(held.count), pale=not held.count),
        Cell(size(held.size), pale=not held.size),
        Cell(since, pale=held.oldest is None),
        purpose(one.name),
        Cell(rule, pale=one.days is None),
        Cell(number(held.due) if one.days is not None else "–", pale=not held.due, strong=bool(held.due)),
    ]


def _date(value: int) -> str:
    """A date that is not broken over two lines."""
    return day_month_year(value).replace(" ", "\u00a0")


def _days(count: int) -> str:
    return ngettext("{count} day", "{count} days", count)


def _schedule(found: Overview) -> str:
    if not found.schedule.on:
        return _("Nothing is removed by itself: removal is switched off.")
    if found.schedule.last is None:
        return _("What is over its time is removed daily by the worker; it has not done so yet.")
    at = moment(found.schedule.last, settings().zone, datetime.now(UTC))
    return _("What is over its time is removed daily by the worker; the last time: {at}.", at=at)


def draw_looks(found: Overview, role: Role) -> None:
    """Acts by role over 28 days."""
    roles = [one for one in Role if any(who == one.value for _act, who in found.looks)]
    with panel("looks", _("Who looked"), _("in 28 days, from the audit log")):
        if not roles:
            show(Markup('<p class="sub">{}</p>').format(_("Nobody has opened a call in these days.")))
            return
        columns = [Column(_("What"))] + [Column(role_label(one), numeric=True) for one in roles]
        lines = [
            [_(ACTS[act.value]), *(number(found.looks.get((act.value, one.value), 0)) for one in roles)]
            for act in LOOKS
        ]
        show(table(columns, lines, _("Who looked")))
        if may_open(role, "audit"):
            st.page_link(streamlit_page("audit"), label=_("To the audit log"))


def draw_promise(found: Overview) -> None:
    """For who may change nothing: what a customer can ask, and how often it was done."""
    with panel("asking", _("When a customer asks to be forgotten"), stretch=False):
        text = _(
            "An administrator removes sound, words and traces of the customer; figures that name nobody stay."
            " A certificate says what went and what stays."
        )
        show(Markup('<p class="sub">{}</p>').format(text))
        done = ngettext(
            "{count} customer was forgotten so far.",
            "{count} customers were forgotten so far.",
            found.forgotten,
        )
        show(Markup('<p class="sub">{}</p>').format(done))
        kept = sum(one.holds(found.today) for one in found.holds)
        held = ngettext("{count} legal hold is in force.", "{count} legal holds are in force.", kept)
        show(Markup('<p class="sub">{}</p>').format(held))
