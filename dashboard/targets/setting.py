"""Setting targets: for whom, one number for each KPI, and the way back."""

from collections.abc import Mapping

import streamlit as st

from dashboard.data import targets
from dashboard.data.targets import KPIS, Kpi, Targets
from dashboard.i18n import _
from dashboard.identity import Viewer
from dashboard.parts import Markup, panel, show
from dashboard.targets.wording import meaning, name, scale, written
from dashboard.weekly.lines import GROUPS
from dashboard.weekly.naming import NAMES


def draw_setting(viewer: Viewer, found: Targets, places: Mapping[int | None, str]) -> None:
    """The panel; an empty number means that the site's target, or the default, counts."""
    with panel("target_set", _("Set targets")):
        team = st.selectbox(_("For"), list(places), format_func=lambda place: places[place], key="target_for")
        groups = list(dict.fromkeys(kpi.group for kpi in KPIS))
        group = st.segmented_control(
            _("About"), groups, default=groups[0], format_func=lambda one: _(GROUPS[one]), key="target_group"
        )
        chosen = [kpi for kpi in KPIS if kpi.group is (group or groups[0])]
        values = {kpi.key: _field(found, kpi, team) for kpi in chosen}
        if st.button(_("Save targets"), type="primary", key="target_save", width="stretch"):
            _change(viewer, team, values)
        if any((kpi.key, team) in found.own for kpi in chosen):
            back = _("Back to the defaults") if team is None else _("Back to the site's targets")
            if st.button(back, key="target_reset", width="stretch"):
                _change(viewer, team, dict.fromkeys(values))
        show(
            Markup('<p class="sub">{}</p>').format(
                _("They count at once; a week that is over keeps the target of its end.")
            )
        )


def _field(found: Targets, kpi: Kpi, team: int | None) -> float | None:
    own = found.own.get((kpi.key, team))
    if team is None:
        without = _("default: {value}", value=written(kpi, kpi.default))
    else:
        without = _("as the site: {value}", value=written(kpi, found.value(kpi.key, None)))
    places = max(1, NAMES[kpi.key].places)
    shown = st.number_input(
        name(kpi),
        kpi.low * scale(kpi),
        kpi.high * scale(kpi),
        None if own is None else round(own * scale(kpi), places),
        step=1.0,
        format=f"%.{places}f",
        help=meaning(kpi),
        placeholder=without,
        key=f"target_{kpi.key}_{team}_{own}",  # the new number stands there after a change, whoever made it
    )
    return None if shown is None else round(shown / scale(kpi), 4)


def _change(viewer: Viewer, team: int | None, values: Mapping[str, float | None]) -> None:
    targets.change(viewer.role, viewer.user_id, team, values)
    st.toast(_("Targets saved"))
    st.rerun()
