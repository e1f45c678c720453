"""The figures of a week for the pages, kept for a moment."""

from datetime import UTC, datetime

import streamlit as st

from dashboard.data import frames
from dashboard.data.frames import HASHES
from dashboard.data.site import Scope, database, settings
from qa.gather.week import House, read_week
from qa.weekly.records import Ask, Week


@st.cache_resource(ttl=frames.KEPT, max_entries=16, show_spinner=False, hash_funcs=HASHES | {Ask: repr})
def week(scope: Scope, ask: Ask) -> Week:
    """Every KPI of a week as this viewer may see it. Never change it."""
    return read_week(House(database(), settings(), scope), ask, datetime.now(UTC))
