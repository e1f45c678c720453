"""Week, queue, team and language of the page; all of it stands in the address."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.address import number_of
from dashboard.choosing import pick
from dashboard.data import choices
from dashboard.data.site import Scope
from dashboard.data.weekly import Ask
from dashboard.i18n import N_, _, from_to, language, ngettext
from dashboard.overview.controls import LISTED
from dashboard.overview.reading import this_week
from qa.analytics.weeks import STEP

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

LANGUAGES = {"": N_("All languages"), "fa": N_("Persian"), "en": N_("English")}


def read_ask(params: Mapping[str, str], scope: Scope, week: int) -> Ask:
    """What an address asks for. What cannot be read, or is not the viewer's, narrows nothing."""
    queue, team = (number_of(params.get(name, "")) for name in ("queue", "team"))
    spoken = params.get("language", "")
    return Ask(
        week,
        language(),
        team if team in {one.id for one in choices.teams(scope)} else None,
        queue if queue in {one.id for one in choices.queues()} else None,
        spoken if spoken in LANGUAGES else "",
    )


def narrowing(ask: Ask) -> dict[str, str]:
    """Queue, team and language as parts of an address."""
    parts = {"queue": ask.queue, "team": ask.team, "language": ask.language or None}
    return {name: str(value) for name, value in parts.items() if value is not None}


def days(ask: Ask) -> dict[str, str]:
    """The same calls as parts of the address of a list."""
    return {"from": str(ask.week), "to": str(ask.last)} | narrowing(ask)


def draw_controls(places: "list[DeltaGenerator]", ask: Ask, scope: Scope) -> None:
    """Week, queue, and the rest behind one button."""
    newest = this_week(language())
    weeks = sorted({ask.week, *(newest - STEP * back for back in range(LISTED))}, reverse=True)
    with places[0]:
        names = {str(first): from_to(first, first + STEP - 1) for first in weeks}
        pick(("weekly", "week"), _("Week"), names, str(ask.week))
    with places[1]:
        queues = {"": _("All queues")} | {str(one.id): one.name for one in choices.queues()}
        pick(("weekly", "queue"), _("Queue"), queues, _text(ask.queue))
    count = (ask.team is not None) + bool(ask.language)
    title = ngettext("{count} filter", "{count} filters", count) if count else _("Filters")
    with places[2], st.popover(title, icon=":material/tune:", width="stretch"):
        teams = {"": _("All teams")} | {str(one.id): one.name for one in choices.teams(scope)}
        pick(("weekly", "team"), _("Team"), teams, _text(ask.team), named=True)
        spoken = {key: _(name) for key, name in LANGUAGES.items()}
        pick(("weekly", "language"), _("Language"), spoken, ask.language, named=True)


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
