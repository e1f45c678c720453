"""What narrows the list now, in words, with a way to take each part off."""

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from dashboard.calls.controls import ABUSE, COMPLAINT, CRITICAL, SAID, SOUND, clear
from dashboard.calls.query import Query
from dashboard.data import choices
from dashboard.data.listing import COMMON, CallPage
from dashboard.data.site import Scope
from dashboard.i18n import _, day_month_year, from_to, ngettext, number, quoted
from dashboard.parts import chip, show, stack
from dashboard.registry import streamlit_page
from dashboard.words import word


def words_of(query: Query, scope: Scope, criteria: dict[str, str]) -> list[str]:
    """Each active filter in words; people that this viewer may not see have no name here."""
    filters = query.filters
    found = [quoted(query.text)] if query.text else []
    if query.text and filters.said:
        found.append(_("words said by: {who}", who=_(SAID[filters.said.value])))
    found += _days(filters.first_day, filters.last_day)
    found += [agent.name for agent in choices.agents(scope) if agent.id in filters.agents]
    found += [team.name for team in choices.teams(scope) if team.id in filters.teams]
    found += [queue.name for queue in choices.queues() if queue.id in filters.queues]
    closed = (filters.bands, filters.statuses, filters.directions, filters.languages)
    found += [word(value) for values in closed for value in sorted(values)]
    either = (
        (CRITICAL, filters.critical), (ABUSE, filters.abusive), (COMPLAINT, filters.complained),
        (SOUND, filters.recorded),
    )  # fmt: skip
    for said, wanted in either:
        if wanted is not None:
            text = said["yes" if wanted else "no"]
            found.append(_(text))
    if key := filters.lost_at:
        found.append(_("lost points at: {criterion}", criterion=criteria.get(key, key)))
    return found


def _days(first: int | None, last: int | None) -> list[str]:
    if first is not None and last is not None:
        return [from_to(first, last)]
    found = [] if first is None else [_("from {day}", day=day_month_year(first))]
    return found if last is None else [_("until {day}", day=day_month_year(last))]


def how_many(page: CallPage) -> str:
    """How many calls the list has; of very common words it is only said that they are many."""
    if page.total is None:
        return _("More than {count} calls hold these words", count=number(COMMON))
    return ngettext("{count} call", "{count} calls", page.total)


def draw_summary(query: Query, scope: Scope, criteria: dict[str, str]) -> None:
    """The active filters and one way back to all calls."""
    found = words_of(query, scope, criteria)
    if not found:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        show(Markup('<div class="filters-on">{}</div>').format(stack(chip(text, "line") for text in found)))
        st.button(_("Show all calls"), key="calls_clear", type="tertiary", on_click=clear)


def left_out_blind(scope: Scope) -> None:
    """Say that calls are missing here because the viewer has to judge them blind first."""
    if not scope.blind:
        return
    text = ngettext(
        "{count} call that you have to judge blind is not shown here before you have done so.",
        "{count} calls that you have to judge blind are not shown here before you have done so.",
        len(scope.blind),
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        show(Markup('<p class="sub" role="note">{}</p>').format(text))
        st.page_link(streamlit_page("calibration"), label=_("To the calibrations"))


def file_links(params: Mapping[str, str], language: str) -> Markup:
    """Links to the same calls as files."""
    query = urlencode(
        [(k, v) for k, v in params.items() if k not in ("after", "lang")] + [("lang", language)]
    )
    link = Markup('<a class="button" href="/qa/export/calls.{}?{}" download>{}</a>')
    return Markup('<div class="files">{}{}</div>').format(
        link.format("xlsx", query, _("Excel")), link.format("csv", query, _("CSV"))
    )
