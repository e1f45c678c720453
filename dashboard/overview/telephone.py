"""How quickly customers were answered: service level, abandonment, waiting and handling of the week."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from dashboard.data import contacts
from dashboard.data.choices import Queue
from dashboard.i18n import N_, _, interval, ngettext, number
from dashboard.identity import Viewer
from dashboard.overview.tiles import target_words
from dashboard.parts import Cell, Column, Markup, panel, show, table
from qa.analytics.contacts import WITHIN, ContactFigures, contact_figures
from qa.analytics.intervals import Estimate

Goals = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of ``ContactFigures``: its name, unit, factor, and the KPI of its target."""

    figure: str
    label: str
    unit: str
    scale: float = 1.0
    kpi: str = ""


LINES = (
    Line("service_level", N_("Service level"), N_("%"), 100.0, "service_level"),
    Line("abandoned", N_("Abandoned"), N_("%"), 100.0),
    Line("waiting", N_("Waiting time"), N_("s")),
    Line("handling", N_("Handling time"), N_("s")),
)


def draw_telephone(viewer: Viewer, first: int, queue: Queue | None, goals: Goals) -> None:
    """The panel; nothing where no telephone records of these weeks are here for this viewer."""
    both = contacts.weeks(viewer.scope, first, None if queue is None else queue.id)
    if both.is_empty():
        return
    now, before = (contact_figures(both.lazy().filter(pl.col("week") == week)) for week in (0, -1))
    note = _("answered within {count} s, of all calls that reached a queue", count=number(WITHIN, 0))
    with panel("telephone", _("Telephone"), note):
        columns = [
            Column(_("Figure")),
            Column(_("This week"), numeric=True),
            Column(_("Last week"), numeric=True),
            Column(_("Target")),
        ]
        rows = [_row(line, now, before, goals) for line in LINES]
        show(table(columns, rows, _("Telephone")))


def _row(line: Line, now: ContactFigures, before: ContactFigures, goals: Goals) -> list[str | Markup | Cell]:
    goal = goals.get(line.kpi)
    target = Cell("–", pale=True) if goal is None else Cell(target_words(goal * line.scale, at_most=False))
    title = _("{label} ({unit})", label=_(line.label), unit=_(line.unit))
    return [title, _cell(line, getattr(now, line.figure)), _cell(line, getattr(before, line.figure)), target]


def _cell(line: Line, found: Estimate) -> Cell:
    """Value, interval and n."""
    if found.value is None:
        return Cell("–", pale=True)
    sure = [ngettext("n {count}", "n {count}", found.n)]
    if found.low is not None and found.high is not None:
        sure.insert(0, interval(max(0.0, found.low) * line.scale, found.high * line.scale, 1))
    value = Markup("<b>{}</b>").format(number(found.value * line.scale, 1))
    return Cell(Markup(" · ").join((value, *sure)))
