"""Telephone contacts of a week and the week before, for those who see everything: most belong to no call."""

from datetime import UTC, datetime, time, timedelta

import polars as pl
import streamlit as st

from dashboard.data import frames
from dashboard.data.site import Scope, database, settings
from qa.analytics.contacts import from_queue_log, together
from qa.calendar import as_date
from qa.store.feedback_frames import Span, contacts_frame, queue_events_frame

LONGEST = timedelta(hours=6)
"""Events of a call that entered its queue before a midnight may come so much after it."""


@st.cache_resource(ttl=frames.KEPT, max_entries=16, show_spinner=False, hash_funcs=frames.HASHES)
def weeks(scope: Scope, first: int) -> pl.DataFrame:
    """Contacts of the week that begins at ``first`` and of the one before, with ``week`` (0 and -1).

    Empty for a viewer who does not see everything.
    """
    days = (first - 7, first, first + 7)
    before, begin, end = (
        datetime.combine(as_date(day), time(), settings().zone).astimezone(UTC) for day in days
    )
    if not scope.everything:
        return contacts_frame(database(), Span(end, end)).with_columns(week=pl.lit(0))
    span = Span(before - LONGEST, end + LONGEST)
    stays = from_queue_log(queue_events_frame(database(), span).lazy())
    both = together(contacts_frame(database(), span).lazy(), stays)
    inside = both.filter(pl.col("started_at").is_between(before, end, closed="left"))
    week = pl.when(pl.col("started_at") < begin).then(-1).otherwise(0)
    return inside.with_columns(week.alias("week")).collect()
