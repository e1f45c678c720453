"""What the address of the agents page asks for, and the controls that change it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.address import number_of
from dashboard.choosing import pick
from dashboard.data import choices
from dashboard.data.agents import CallFilter, Scope
from dashboard.data.site import settings
from dashboard.i18n import N_, _, language, ngettext
from qa.calendar import local_day, week_start

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

WEEKS = {"four": 4, "eight": 8, "twelve": 12, "half": 26}
PERIODS = {
    "week": N_("This week"),
    "four": N_("Last 4 weeks"),
    "eight": N_("Last 8 weeks"),
    "twelve": N_("Last 12 weeks"),
    "half": N_("Last 26 weeks"),
}
USUAL = "eight"
LANGUAGES = {"": N_("All languages"), "fa": N_("Persian"), "en": N_("English")}
EVERY = {"": N_("Where agents differ most"), "all": N_("All criteria")}
NARROWING = ("queue", "team", "language")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Days, and what else narrows; ``every``: all criteria in the heat map. ``week``: first day of the last
    week that is over.
    """

    period: str
    first: int
    last: int
    week: int
    queue: int | None = None
    team: int | None = None
    language: str = ""
    every: bool = False

    def filters(self, first: int, last: int) -> CallFilter:
        """The calls of these days that fit."""
        return CallFilter(
            first_day=first,
            last_day=last,
            queues=frozenset() if self.queue is None else frozenset({self.queue}),
            teams=frozenset() if self.team is None else frozenset({self.team}),
            languages=frozenset({self.language}) if self.language else frozenset(),
        )

    def params(self) -> dict[str, str]:
        """The same calls as parts of the address of the page Calls."""
        found = {"from": str(self.first), "to": str(self.last)}
        parts = {"queue": self.queue, "team": self.team, "language": self.language or None}
        return found | {name: str(value) for name, value in parts.items() if value is not None}


def read_wanted(params: Mapping[str, str], scope: Scope) -> Wanted:
    """What an address asks for. What cannot be read, or is not the viewer's, narrows nothing."""
    running = week_start(local_day(datetime.now(UTC), settings().zone), language())
    period = params.get("period", USUAL)
    period = period if period in PERIODS else USUAL
    first, last = running, running + 6
    if period in WEEKS:
        first, last = running - 7 * WEEKS[period], running - 1
    queue, team = (number_of(params.get(name, "")) for name in ("queue", "team"))
    spoken = params.get("language", "")
    return Wanted(
        period,
        first,
        last,
        running - 7,
        queue if queue in {one.id for one in choices.queues()} else None,
        team if team in {one.id for one in choices.teams(scope)} else None,
        spoken if spoken in LANGUAGES else "",
        params.get("criteria") == "all",
    )


def draw_controls(places: "list[DeltaGenerator]", wanted: Wanted, scope: Scope) -> None:
    """Period, queue, and the rest behind one button."""
    with places[0]:
        pick(("agents", "period"), _("Days"), {k: _(v) for k, v in PERIODS.items()}, wanted.period)
    with places[1]:
        queues = {"": _("All queues")} | {str(one.id): one.name for one in choices.queues()}
        pick(("agents", "queue"), _("Queue"), queues, _text(wanted.queue))
    count = (wanted.team is not None) + bool(wanted.language) + wanted.every
    label = ngettext("{count} filter", "{count} filters", count) if count else _("Filters")
    with places[2], st.popover(label, icon=":material/tune:", width="stretch"):
        teams = {"": _("All teams")} | {str(one.id): one.name for one in choices.teams(scope)}
        pick(("agents", "team"), _("Team"), teams, _text(wanted.team), named=True)
        pick(
            ("agents", "language"),
            _("Language"),
            {k: _(v) for k, v in LANGUAGES.items()},
            wanted.language,
            named=True,
        )
        every = "all" if wanted.every else ""
        pick(("agents", "criteria"), _("Criteria"), {k: _(v) for k, v in EVERY.items()}, every, named=True)


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
