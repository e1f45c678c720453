"""Everything the surveys page shows, read and worked out once."""

from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl
import streamlit as st

from dashboard.data import voice
from dashboard.data.frames import HASHES, KEPT
from dashboard.data.site import Scope, settings
from dashboard.voice.filters import Wanted
from qa.analytics import answers
from qa.analytics.headline import Figure
from qa.analytics.surveys import SurveyFigures, figures
from qa.calendar import local_day, week_start

BACK = 16 * 7  # days of the course before the period


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind over the period, and its weeks up to the last one that is over."""

    kind: str
    figures: SurveyFigures
    course: Figure


@dataclass(frozen=True, slots=True)
class Read:
    """Cells of the surveys of the period and filters (``voice.answers``), and the figures of every kind that
    was asked; ``scope`` and ``wanted`` are what was read.
    """

    scope: Scope
    wanted: Wanted
    surveys: pl.DataFrame
    kinds: tuple[Kind, ...]


@st.cache_resource(ttl=KEPT, max_entries=16, show_spinner=False, hash_funcs=HASHES | {Wanted: repr})
def read(scope: Scope, wanted: Wanted, language: str) -> Read:
    """From the tables that are kept for a moment, and kept as long as they are."""
    today = local_day(datetime.now(UTC), settings().zone)
    week = min(week_start(wanted.last, language), week_start(today, language) - 7)
    first = min(wanted.first, week - BACK)
    every = wanted.of(voice.answers(scope, first, wanted.last))
    inside = every.filter(pl.col("local_day") >= wanted.first)
    asked = [kind for kind in answers.KINDS if kind in inside["kind"]]
    kinds = tuple(
        Kind(kind, figures(inside.lazy(), kind), answers.course(every.lazy(), kind, week, language))
        for kind in asked
    )
    return Read(scope, wanted, inside, kinds)
