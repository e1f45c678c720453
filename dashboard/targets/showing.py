"""What counts where: a line for the site, one for each team, and who set what."""

from collections.abc import Mapping
from datetime import UTC, datetime

import streamlit as st

from dashboard.data.site import settings
from dashboard.data.targets import BY_KEY, KPIS, Kpi, Targets
from dashboard.i18n import _, moment
from dashboard.parts import Cell, Column, Markup, panel, row, show, stack, table
from dashboard.parts.rows import Row
from dashboard.targets.wording import name, written

CHANGES_SHOWN = 8


def draw_targets(found: Targets, places: Mapping[int | None, str]) -> None:
    """The table: own targets strong, those that come from the site or the default pale."""
    with panel("targets", _("What counts"), _("bold is set here; pale comes from the site or the default")):
        columns = [Column(_("Target"))] + [Column(text, numeric=True) for text in places.values()]
        rows = [[name(kpi), *(_cell(found, kpi, team) for team in places)] for kpi in KPIS]
        show(table(columns, rows, _("Targets")))


def _cell(found: Targets, kpi: Kpi, team: int | None) -> Cell:
    own = (kpi.key, team) in found.own
    return Cell(written(kpi, found.value(kpi.key, team)), strong=own, pale=not own)


def draw_changes(found: Targets, places: Mapping[int | None, str]) -> None:
    """Who changed what, the newest first."""
    newest = [each for each in found.history if each[1] in places and each[0] in BY_KEY]
    shown = newest if st.session_state.get("target_every") else newest[:CHANGES_SHOWN]
    with panel("target_changes", _("Who set them"), stretch=False, dense=True):
        if not newest:
            show(
                Markup('<p class="sub">{}</p>').format(_("Nobody has set a target yet; the defaults count."))
            )
            return
        now, zone = datetime.now(UTC), settings().zone
        lines = [
            row(
                Row(
                    _("{kpi}: {value}", kpi=name(BY_KEY[key]), value=written(BY_KEY[key], one.value))
                    if one.value is not None
                    else _("{kpi}: set back", kpi=name(BY_KEY[key])),
                    _("{place}, by {name}", place=places[team], name=one.by or _("the command line")),
                    moment(one.at, zone, now),
                    last=place == len(shown) - 1,
                )
            )
            for place, (key, team, one) in enumerate(shown)
        ]
        show(stack(lines))
        if len(newest) > CHANGES_SHOWN:
            st.toggle(_("All changes"), key="target_every")
