"""Tables for the analytics, read once and kept for a moment: every figure of a page comes from one reading."""

from dataclasses import replace

import polars as pl
import streamlit as st

from dashboard.data.site import Scope, database
from qa.store import read
from qa.store.filters import CallFilter

__all__ = ["CallFilter", "calls", "criteria"]

KEPT = 20
"""Seconds that a table is kept; a call that is done now is on the pages after so long at most."""

_HASHES = {Scope: repr, CallFilter: repr}


@st.cache_resource(ttl=KEPT, max_entries=64, show_spinner=False, hash_funcs=_HASHES)
def calls(scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """One row a call (``qa.frames.CALLS_SCHEMA``). Never change it: others read the same table."""
    return read.calls_frame(database(), scope, filters)


@st.cache_resource(ttl=KEPT, max_entries=64, show_spinner=False, hash_funcs=_HASHES)
def criteria(scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """One row a criterion of a call (``qa.frames.CRITERIA_SCHEMA``). Never change it."""
    return read.criteria_frame(database(), scope, filters)


def within(filters: CallFilter, first: int, last: int) -> CallFilter:
    """The same filter between two days, both included."""
    return replace(filters, first_day=first, last_day=last)
