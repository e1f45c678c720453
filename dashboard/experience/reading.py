"""Everything the experience page shows, read and worked out once."""

from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl
import streamlit as st

from dashboard.data import experience, voice
from dashboard.data.site import Scope, settings
from dashboard.voice.filters import Wanted
from qa.analytics.drivers import Drivers, drivers
from qa.analytics.loyalty import PERIOD, Loyalty, loyalty, stages
from qa.analytics.pulse import BASELINE, DAYS, Pulse, pulse
from qa.analytics.replies import Effect, effect
from qa.analytics.returning import FirstContact, first_contact
from qa.calendar import local_day

HALF_A_YEAR = 182
LONG = 600
"""Seconds that the drivers are kept: three hundred fits take a second."""


@dataclass(frozen=True, slots=True)
class Read:
    """The tables of the period and filters, and the figures made of them."""

    comments: pl.DataFrame
    calls: pl.DataFrame
    pulse: Pulse
    first_contact: FirstContact
    loyalty: Loyalty | None
    effect: Effect


def last_day(wanted: Wanted) -> int:
    """The last day that can have anything: today at the latest."""
    return min(wanted.last, local_day(datetime.now(UTC), settings().zone))


def read(scope: Scope, wanted: Wanted) -> Read:
    """From the tables that are kept for a moment."""
    last, today = last_day(wanted), local_day(datetime.now(UTC), settings().zone)
    early = min(wanted.first, last - DAYS - BASELINE)
    surveys = wanted.of(voice.surveys(scope, early, last))
    comments = wanted.of(experience.comments(early, last))
    calls = wanted.of(voice.calls(scope, min(early, wanted.first - HALF_A_YEAR), last))
    inside = comments.filter(pl.col("local_day") >= wanted.first)
    orders = voice.orders(last - 4 * PERIOD - HALF_A_YEAR, today)
    if wanted.service:
        orders = orders.filter(pl.col("service") == wanted.service)
    return Read(
        comments=inside,
        calls=calls,
        pulse=pulse(experience.seen(surveys, comments, calls).lazy(), last, experience.weights()),
        first_contact=first_contact(calls.lazy(), wanted.first, last, today),
        loyalty=None if orders.is_empty() else loyalty(orders.lazy(), surveys.lazy(), last),
        effect=effect(comments.lazy(), orders.lazy(), today),
    )


@st.cache_resource(ttl=LONG, max_entries=32, show_spinner=False, hash_funcs={Scope: repr, Wanted: repr})
def read_drivers(scope: Scope, wanted: Wanted) -> Drivers:
    """The drivers of the period, kept for ten minutes."""
    last = last_day(wanted)
    surveys = wanted.of(voice.surveys(scope, wanted.first, last))
    table, criteria = experience.answers(scope, surveys, (wanted.first, last))
    return drivers(table, criteria)


def staged(wanted: Wanted) -> pl.DataFrame:
    """How far each customer has come (``qa.analytics.loyalty.stages``)."""
    last = last_day(wanted)
    orders = voice.orders(last - 4 * PERIOD - HALF_A_YEAR, last)
    if wanted.service:
        orders = orders.filter(pl.col("service") == wanted.service)
    bought = orders.filter(pl.col("customer_hash").is_not_null())
    return stages(bought, voice.surveys(Scope.all(), last - HALF_A_YEAR, last).lazy(), last)
