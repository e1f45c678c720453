"""What narrows the list now, in words, with a way to take each part off."""

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from dashboard.calls.controls import CRITICAL, clear
from dashboard.data import choices
from dashboard.data.site import Scope
from dashboard.i18n import _, day_month_year, quoted
from dashboard.parts import chip, show, stack
from dashboard.words import word


def words_of(params: Mapping[str, str], scope: Scope, criteria: dict[str, str]) -> list[str]:
    """Each active filter in words."""
    names = {
        "agent": {str(a.id): a.name for a in choices.agents(scope)},
        "team": {str(t.id): t.name for t in choices.teams(scope)},
        "queue": {str(q.id): q.name for q in choices.queues()},
    }
    found: list[str] = []
    if text := params.get("q", ""):
        found.append(quoted(text))
    first, last = (params.get(part, "") for part in ("from", "to"))
    if first.lstrip("-").isdigit() and last.lstrip("-").isdigit():
        found.append(_("{low} to {high}", low=day_month_year(int(first)), high=day_month_year(int(last))))
    for part, known in names.items():
        found += [known[value] for value in params.get(part, "").split(",") if value in known]
    for part in ("band", "status", "direction", "language"):
        found += [word(value) for value in params.get(part, "").split(",") if value]
    if params.get("critical") in ("yes", "no"):
        found.append(_(CRITICAL[params["critical"]]))
    if key := params.get("lost", ""):
        found.append(_("lost points at: {criterion}", criterion=criteria.get(key, key)))
    return found


def draw_summary(scope: Scope, criteria: dict[str, str]) -> None:
    """The active filters and one way back to all calls."""
    found = words_of(st.query_params, scope, criteria)
    if not found:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        show(Markup('<div class="filters-on">{}</div>').format(stack(chip(text, "line") for text in found)))
        st.button(_("Show all calls"), key="calls_clear", type="tertiary", on_click=clear)


def file_links(params: Mapping[str, str], language: str) -> Markup:
    """Links to the same calls as files."""
    query = urlencode([(k, v) for k, v in params.items() if k not in ("after", "lang")] + [("lang", language)])
    link = Markup('<a class="button" href="/qa/export/calls.{}?{}" download>{}</a>')
    return Markup('<div class="files">{}{}</div>').format(
        link.format("xlsx", query, _("Excel")), link.format("csv", query, _("CSV"))
    )
