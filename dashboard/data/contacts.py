"""Telephone contacts of a week and the week before, for those who see everything: most belong to no call."""

import polars as pl
import streamlit as st

from dashboard.data import frames
from dashboard.data.site import Scope, database, settings
from qa.analytics.weeks import STEP
from qa.gather import telephone
from qa.store.rollups.halves import Part


@st.cache_resource(ttl=frames.KEPT, max_entries=16, show_spinner=False, hash_funcs=frames.HASHES)
def weeks(scope: Scope, first: int, queue: int | None = None) -> pl.DataFrame:
    """Cells (``qa.gather.telephone``) of the week that begins at ``first`` and of the one before, with
    ``week`` (0 and -1), of a queue or of all.

    Empty for a viewer who does not see everything.
    """
    both = Part(first - STEP, first + STEP - 1)
    found = telephone.contacts(database(), scope, both, settings().zone, queue)
    return found.with_columns(pl.when(pl.col("local_day") < first).then(-1).otherwise(0).alias("week"))
