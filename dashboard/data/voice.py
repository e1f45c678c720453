"""What customers said, between two days, for the viewer: surveys with the score of their call, and comments.

Surveys follow the viewer's scope through their call; comments belong to no team and are for those who lead.
"""

from datetime import UTC, datetime, time
from typing import Any

import polars as pl
import streamlit as st

from dashboard.data import frames
from dashboard.data.frames import KEPT, CallFilter
from dashboard.data.site import Scope, database, settings
from qa.analytics.attribution import attribute
from qa.calendar import as_date
from qa.store.keyset import Cut
from qa.store.people import list_agents, list_queues, list_teams
from qa.store.rollups.read import survey_cells
from qa.store.voice.answer_list import AnswerFilter, Listed, list_answers
from qa.store.voice.feedback_frames import (
    COMMENTS_SCHEMA,
    ORDERS_SCHEMA,
    Span,
    comments_frame,
    orders_frame,
    surveys_frame,
)

__all__ = [
    "BACK",
    "AnswerFilter",
    "CallFilter",
    "Listed",
    "Scope",
    "Span",
    "answers",
    "calls",
    "comments",
    "listed",
    "orders",
    "placed",
    "span",
    "surveys",
]

HASHES: dict[str | type[Any], Any] = {Scope: repr}
BACK = 91
"""Days before its first day that a call may lie which an answer or a comment belongs to."""


@st.cache_resource(ttl=KEPT, max_entries=32, show_spinner=False, hash_funcs=HASHES)
def surveys(scope: Scope, first: int, last: int) -> pl.DataFrame:
    """Surveys of these days, with ``local_day``, ``quality`` and the ``language`` of text or call."""
    frame = _with_day(surveys_frame(database(), scope, span(first, last)), "answered_at", "sent_at")
    score = pl.when(pl.col("left_out").is_null()).then(pl.col("score"))
    known = calls(scope, first - BACK, last).select(
        pl.col("call_key").alias("call"), score.alias("quality"), pl.col("language").alias("spoken")
    )
    joined = frame.join(known, on="call", how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("language", "spoken").alias("language")).drop("spoken")


@st.cache_resource(ttl=KEPT, max_entries=16, show_spinner=False, hash_funcs=HASHES)
def asked(scope: Scope, first: int, last: int) -> pl.DataFrame:
    """Surveys of these days one by one, with ``local_day``, without what is known of their calls."""
    return _with_day(surveys_frame(database(), scope, span(first, last)), "answered_at", "sent_at")


@st.cache_resource(ttl=KEPT, max_entries=16, show_spinner=False, hash_funcs=HASHES)
def answers(scope: Scope, first: int, last: int) -> pl.DataFrame:
    """Cells of the surveys of these days (``qa.cells.SURVEY_CELLS``) with the names of ``agent``, ``team``,
    ``queue`` and ``service``: of the call, else what the file said.
    """
    filters = CallFilter(first_day=first, last_day=last)
    found = survey_cells(database(), scope, filters, settings().zone)
    with database().read() as tx:
        agents = {one.id: one.name for one in list_agents(tx)}
        teams = {one.id: one.name for one in list_teams(tx)}
    return placed(found).with_columns(
        *(pl.col(name).cast(pl.Int64) for name in ("n", "quality_n")),
        *(pl.col(name).cast(pl.String) for name in ("kind", "band")),
        _named("agent_id", agents).alias("agent"),
        _named("team_id", teams).alias("team"),
    )


def placed(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells with the names of ``queue`` and ``service``: of the call's queue, else what a file said."""
    with database().read() as tx:
        queues = list_queues(tx)
    known = {
        "queue": {queue.id: queue.name for queue in queues},
        "service": {queue.id: queue.service for queue in queues if queue.service},
    }
    named = {what: _named("queue_id", names) for what, names in known.items()}
    for what in set(named) & set(cells.columns):
        named[what] = pl.coalesce(named[what], pl.col(what).cast(pl.String))
    return cells.with_columns(pl.col("language").cast(pl.String), **named)


@st.cache_resource(ttl=KEPT, max_entries=64, show_spinner=False, hash_funcs=HASHES | {AnswerFilter: repr})
def listed(
    scope: Scope, wanted: AnswerFilter, limit: int, after: str | None = None
) -> tuple[pl.DataFrame, str | None]:
    """A page of answers (``qa.store.voice.answer_list.ANSWERS_SCHEMA``) and the place of the next, kept for a
    moment as the figures beside it are: all answers of the days have to be sorted for it.

    Raises:
        InvalidSetting: the place was not given by this list.
    """
    return list_answers(database(), scope, wanted, Cut(limit, after))


def span(first: int, last: int) -> Span:
    """These days of the site."""
    zone = settings().zone
    since, until = (datetime.combine(as_date(day), time(), zone).astimezone(UTC) for day in (first, last + 1))
    return Span(since, until)


def _named(column: str, names: dict[int, str]) -> pl.Expr:
    return pl.col(column).replace_strict(names, default=None, return_dtype=pl.String)


def posted(first: int, last: int, schema: pl.Schema = COMMENTS_SCHEMA) -> pl.DataFrame:
    """Comments of these days one by one, with ``local_day``, without what is known of calls; ``schema`` has
    ``posted_at`` and may have fewer columns.
    """
    return _with_day(comments_frame(database(), span(first, last), schema), "posted_at")


@st.cache_resource(ttl=KEPT, max_entries=32, show_spinner=False)
def comments(first: int, last: int) -> pl.DataFrame:
    """Comments of these days, with ``local_day``; ``call`` and ``queue`` of the 72 hours before, if any."""
    frame = posted(first, last)
    theirs = calls(Scope.all(), first - 4, last)
    numbered = theirs.with_row_index("call_id").with_columns(pl.col("call_id").cast(pl.Int64))
    known = numbered.select(
        "call_id",
        pl.col("call_key").alias("key"),
        pl.lit("").alias("file_name"),
        "customer_hash",
        "started_at",
    )
    asked = frame.select(
        pl.col("id").alias("row"), pl.lit(None, pl.String).alias("call_ref"), "customer_hash",
        pl.col("posted_at").alias("answered_at"),
    )  # fmt: skip
    linked = attribute(asked.lazy(), known.lazy()).collect()
    named = numbered.select("call_id", pl.col("call_key").alias("call"), "queue")
    found = linked.join(named, on="call_id", how="left").select(pl.col("row").alias("id"), "call", "queue")
    return frame.join(found, on="id", how="left", maintain_order="left")


@st.cache_resource(ttl=KEPT, max_entries=2, show_spinner=False)
def orders(first: int, last: int) -> pl.DataFrame:
    """Orders of these days one by one: ``customer_hash, ordered_at, service, local_day``."""
    schema = pl.Schema({name: ORDERS_SCHEMA[name] for name in ("customer_hash", "ordered_at", "service")})
    return _with_day(orders_frame(database(), span(first, last), schema), "ordered_at")


def calls(scope: Scope, first: int, last: int) -> pl.DataFrame:
    """Calls of these days (``qa.frames.CALLS_SCHEMA``) with their queue's ``service``."""
    with database().read() as tx:
        services = {queue.id: queue.service for queue in list_queues(tx) if queue.service}
    table = frames.calls(scope, CallFilter(first_day=first, last_day=last))
    service = pl.col("queue_id").replace_strict(services, default=None, return_dtype=pl.String)
    return table.with_columns(service.alias("service"))


def _with_day(frame: pl.DataFrame, *moments: str) -> pl.DataFrame:
    """``local_day``: days since 1970-01-01 at the site, of the first of these moments that is known."""
    local = pl.coalesce(moments).dt.convert_time_zone(str(settings().zone)).dt.date()
    return frame.with_columns(local.cast(pl.Int32).alias("local_day"))
