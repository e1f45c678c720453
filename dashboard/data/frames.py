"""Tables for the analytics, kept for a moment: every figure of a page comes from one reading."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import polars as pl
import streamlit as st

from dashboard.data.site import Scope, database
from qa.gather import sums
from qa.store.lists import read
from qa.store.lists.filters import CallFilter

__all__ = ["HASHES", "KEPT", "CallFilter", "calls", "criteria", "days", "figures", "verdicts"]

KEPT = 20
"""Seconds that a table is kept; a call that is done now is on the pages after so long at most."""

HASHES: dict[str | type[Any], Callable[[Any], Any]] = {Scope: repr, CallFilter: repr}


@st.cache_resource(ttl=KEPT, max_entries=64, show_spinner=False, hash_funcs=HASHES)
def calls(scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """One row a call (``qa.frames.CALLS_SCHEMA``). Never change it: others read the same table."""
    return read.calls_frame(database(), scope, filters)


@st.cache_resource(ttl=KEPT, max_entries=16, show_spinner=False, hash_funcs=HASHES)
def figures(scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Calls for figures (``qa.gather.sums.calls``): cells of them, or rows where they are few."""
    return sums.calls(database(), scope, filters)


@st.cache_resource(ttl=KEPT, max_entries=16, show_spinner=False, hash_funcs=HASHES)
def days(scope: Scope, filters: CallFilter) -> frozenset[int]:
    """A day of each part of a week with calls (``qa.gather.sums.days``)."""
    return sums.days(database(), scope, filters)


@st.cache_resource(ttl=KEPT, max_entries=16, show_spinner=False, hash_funcs=HASHES)
def verdicts(scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Cells of verdicts (``qa.gather.sums.verdicts``). Never change it."""
    return sums.verdicts(database(), scope, filters)


@st.cache_resource(ttl=KEPT, max_entries=64, show_spinner=False, hash_funcs=HASHES)
def criteria(scope: Scope, filters: CallFilter, key: str = "") -> pl.DataFrame:
    """One row a criterion (or this one alone) of a call (``qa.frames.CRITERIA_SCHEMA``). Never change it."""
    return read.criteria_frame(database(), scope, filters, key)


def within(filters: CallFilter, first: int, last: int) -> CallFilter:
    """The same filter between two days, both included."""
    return replace(filters, first_day=first, last_day=last)
