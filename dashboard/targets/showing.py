"""What counts where: a line for the site, one for each team, and who set what."""

from collections.abc import Mapping
from datetime import UTC, datetime

from dashboard.data.site import settings
from dashboard.data.targets import KPIS, Kpi, Targets
from dashboard.i18n import _, moment
from dashboard.parts import Cell, Column, Markup, panel, row, show, stack, table
from dashboard.parts.rows import Row
from dashboard.targets.wording import name, written

CHANGES_SHOWN = 8


def draw_targets(found: Targets, places: Mapping[int | None, str]) -> None:
    """The table: own targets strong, those that come from the site or the default pale."""
    with panel("targets", _("What counts"), _("bold is set here; pale comes from the site or the default")):
        columns = [Column(_("For"))] + [Column(name(kpi), numeric=True) for kpi in KPIS]
        rows = [[text, *(_cell(found, kpi, team) for kpi in KPIS)] for team, text in places.items()]
        show(table(columns, rows, _("Targets")))


def _cell(found: Targets, kpi: Kpi, team: int | None) -> Cell:
    own = (kpi.key, team) in found.own
    return Cell(written(kpi, found.value(kpi.key, team)), strong=own, pale=not own)


def draw_changes(found: Targets, places: Mapping[int | None, str]) -> None:
    """Who changed what, the newest first."""
    known = {where: one for where, one in found.changes.items() if where[1] in places}
    newest = sorted(known.items(), key=lambda each: each[1].at, reverse=True)[:CHANGES_SHOWN]
    with panel("target_changes", _("Who set them"), stretch=False, dense=True):
        if not newest:
            show(
                Markup('<p class="sub">{}</p>').format(_("Nobody has set a target yet; the defaults count."))
            )
            return
        kpis, now, zone = {kpi.key: kpi for kpi in KPIS}, datetime.now(UTC), settings().zone
        lines = [
            row(
                Row(
                    _("{kpi}: {value}", kpi=name(kpis[key]), value=written(kpis[key], one.value))
                    if one.value is not None
                    else _("{kpi}: set back", kpi=name(kpis[key])),
                    _("{place}, by {name}", place=places[team], name=one.by or _("the command line")),
                    moment(one.at, zone, now),
                    last=place == len(newest) - 1,
                )
            )
            for place, ((key, team), one) in enumerate(newest)
        ]
        show(stack(lines))
