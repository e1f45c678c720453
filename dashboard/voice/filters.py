"""Days, queue, service and language of the customers' pages; all of it stands in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from dashboard.address import day_of, number_of
from dashboard.calls.controls import PERIODS, period_bounds, period_of
from dashboard.calls.days import pick_days
from dashboard.choosing import follow, pick, put
from dashboard.data import choices
from dashboard.i18n import N_, _

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

USUAL = "twelve"
NAMED = [name for name in PERIODS if name]
LANGUAGES = {"": N_("All languages"), "fa": N_("Persian"), "en": N_("English"), "finglish": N_("Finglish")}
PICKING = "voice_picking"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for. ``queue``, ``service``, ``language``: empty for all."""

    first: int
    last: int
    queue: str = ""
    queue_id: int | None = None
    service: str = ""
    language: str = ""

    @property
    def narrowed(self) -> bool:
        """True when a queue, service or language was chosen."""
        return bool(self.queue or self.service or self.language)

    def of(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows that fit, of a table with ``queue``, ``service`` and ``language``."""
        for name in ("queue", "service", "language"):
            if (value := getattr(self, name)) and name in frame.columns:
                frame = frame.filter(pl.col(name) == value)
        return frame

    def params(self) -> dict[str, str]:
        """The same as parts of an address, for links to lists."""
        found = {"from": str(self.first), "to": str(self.last)}
        if self.queue_id is not None:
            found["queue"] = str(self.queue_id)
        return found | {n: v for n in ("service", "language") if (v := getattr(self, n))}


def read_wanted(params: Mapping[str, str]) -> Wanted:
    """What an address asks for; the last twelve weeks and the running one where it names no days."""
    bounds = period_bounds(USUAL) or (0, 0)
    first, last = day_of(params.get("from", "")), day_of(params.get("to", ""))
    if first is None or last is None or first > last:
        first, last = bounds[0], bounds[1] + 7
    queue = next((q for q in choices.queues() if q.id == number_of(params.get("queue", ""))), None)
    language = params.get("language", "")
    return Wanted(
        first,
        last,
        queue.name if queue else "",
        queue.id if queue else None,
        params.get("service", "") if params.get("service", "") in services() else "",
        language if language in LANGUAGES else "",
    )


def services() -> Sequence[str]:
    """The services of the site's queues, by name."""
    return sorted({queue.service for queue in choices.queues() if queue.service})


def draw_filters(places: "Sequence[DeltaGenerator]", wanted: Wanted) -> None:
    """Days, queue, service and language, at the end of the head."""
    with places[0]:
        _days()
    queues = {"": _("All queues")} | {str(queue.id): queue.name for queue in choices.queues()}
    named = {"": _("All services")} | {name: name for name in services()}
    with places[1]:
        chosen = "" if wanted.queue_id is None else str(wanted.queue_id)
        pick(("voice", "queue"), _("Queue"), queues, chosen if chosen in queues else "")
    with places[2]:
        pick(("voice", "service"), _("Service"), named, wanted.service)
    with places[3]:
        pick(("voice", "language"), _("Language"), {k: _(v) for k, v in LANGUAGES.items()}, wanted.language)


def _days() -> None:
    now = period_of(st.query_params) or USUAL

    def changed() -> None:
        picking = st.session_state.voice_period == "days"
        bounds = period_bounds("week" if picking else st.session_state.voice_period)
        put("from", str(bounds[0]) if bounds else "")
        put("to", str(bounds[1]) if bounds else "")
        st.session_state[PICKING] = picking

    shown = "days" if st.session_state.get(PICKING) else now
    st.selectbox(
        _("Days"),
        NAMED,
        format_func=lambda name: _(PERIODS[name]),
        key=follow("voice_period", shown),
        label_visibility="collapsed",
        on_change=changed,
    )
    if shown == "days":
        pick_days(put)
