"""Everything the experience page shows, read and worked out once."""

from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl
import streamlit as st

from dashboard.data import choices, experience, voice
from dashboard.data.experience import Days, Narrow
from dashboard.data.frames import KEPT, CallFilter
from dashboard.data.site import Scope, settings
from dashboard.voice.filters import Wanted
from qa.analytics.drivers import Drivers, drivers
from qa.analytics.loyalty import PERIOD, Loyalty, loyalty, stages
from qa.analytics.pulse import BASELINE, DAYS, Pulse, pulse
from qa.analytics.replies import FOLLOWED, Effect, effect, effect_of
from qa.analytics.returning import FirstContact, first_contact
from qa.calendar import local_day
from qa.frames import PERIODS

HALF_A_YEAR = 182
NO_QUEUE = -1
"""No queue's number: of a queue and a service that do not go together."""
LONG = 600
"""Seconds that drivers, orders and what followed complaints are kept: three hundred fits take a second, and
the database counts the orders of ten million calls for three.
"""


@dataclass(frozen=True, slots=True)
class Read:
    """Cells of the period and filters (``comments``: ``qa.cells.COMMENT_CELLS``), and the figures made of
    cells; ``calls`` is how many there were, ``again`` after how many of them the customer called again.
    """

    scope: Scope
    wanted: Wanted
    comments: pl.DataFrame
    calls: int
    again: int
    pulse: Pulse
    first_contact: FirstContact
    loyalty: Loyalty | None
    effect: Effect


def last_day(wanted: Wanted) -> int:
    """The last day that can have anything: today at the latest."""
    return min(wanted.last, local_day(datetime.now(UTC), settings().zone))


@st.cache_resource(ttl=KEPT, max_entries=16, show_spinner=False, hash_funcs={Scope: repr, Wanted: repr})
def read(scope: Scope, wanted: Wanted) -> Read:
    """From sums of surveys, comments and calls."""
    last, today = last_day(wanted), local_day(datetime.now(UTC), settings().zone)
    early = min(wanted.first, last - DAYS - BASELINE)
    said = experience.said_one_by_one if wanted.queue else experience.said
    comments = wanted.of(said(scope, early, last))
    calls = wanted.of(experience.calls(scope, early, last))
    returned = wanted.of(experience.returned(scope, wanted.first, last))
    seen = experience.seen(wanted.of(voice.answers(scope, early, last)), comments, calls)
    return Read(
        scope=scope,
        wanted=wanted,
        comments=comments.filter(pl.col("local_day") >= wanted.first),
        calls=int(calls["received"].sum()),
        again=int(returned["again"].sum()),
        pulse=pulse(seen.lazy(), last, experience.weights()),
        first_contact=first_contact(returned.lazy(), wanted.first, last, today),
        loyalty=_loyalty(scope, wanted, early, today),
        effect=_effect(wanted, early, today),
    )


def _days(wanted: Wanted, until: int) -> Days:
    last = last_day(wanted)
    return Days(last - PERIODS * PERIOD - HALF_A_YEAR, last, until)


def _orders(wanted: Wanted, until: int) -> pl.DataFrame:
    """Orders one by one."""
    orders = voice.orders(_days(wanted, until).first, until)
    return orders.filter(pl.col("service") == wanted.service) if wanted.service else orders


def _narrow(wanted: Wanted) -> Narrow:
    return Narrow(wanted.queue, wanted.service, wanted.language)


@st.cache_resource(ttl=LONG, max_entries=16, show_spinner=False, hash_funcs={Scope: repr, Wanted: repr})
def _loyalty(scope: Scope, wanted: Wanted, early: int, today: int) -> Loyalty | None:
    """Of a site whose orders are imported; kept for ten minutes."""
    last = last_day(wanted)
    buyers = experience.bought(scope, _days(wanted, today), (early, last), _narrow(wanted))
    return None if buyers is None else loyalty(buyers, last)


@st.cache_resource(ttl=LONG, max_entries=16, show_spinner=False, hash_funcs={Wanted: repr})
def _effect(wanted: Wanted, early: int, today: int) -> Effect:
    """What became of those who complained; kept for ten minutes. Of a queue comment by comment."""
    last = last_day(wanted)
    if wanted.queue:
        comments = wanted.of(experience.comments(early, last))
        return effect(comments.lazy(), _orders(wanted, today).lazy(), today)
    complaints = (early, min(last, today - FOLLOWED))
    return effect_of(*experience.followed(complaints, last, _days(wanted, today), _narrow(wanted)))


def filters_of(wanted: Wanted, first: int, last: int) -> CallFilter:
    """The calls of these days that fit."""
    queues = {one.id for one in choices.queues() if not wanted.service or one.service == wanted.service}
    if wanted.queue_id is not None:
        queues &= {wanted.queue_id}
    asked = wanted.service or wanted.queue_id is not None
    narrowed = frozenset(queues or {NO_QUEUE}) if asked else frozenset()
    languages = frozenset({wanted.language}) if wanted.language else frozenset()
    return CallFilter(first_day=first, last_day=last, queues=narrowed, languages=languages)


@st.cache_resource(ttl=LONG, max_entries=32, show_spinner=False, hash_funcs={Scope: repr, Wanted: repr})
def read_drivers(scope: Scope, wanted: Wanted) -> Drivers:
    """The drivers of the period, kept for ten minutes."""
    last = last_day(wanted)
    theirs = filters_of(wanted, wanted.first - voice.BACK, last)
    return drivers(*experience.answers(scope, theirs, (wanted.first, last)))


def staged(wanted: Wanted) -> pl.DataFrame:
    """How far each customer has come (``qa.analytics.loyalty.stages``)."""
    last = last_day(wanted)
    bought = _orders(wanted, last).filter(pl.col("customer_hash").is_not_null())
    return stages(bought, voice.asked(Scope.all(), last - HALF_A_YEAR, last).lazy(), last)
