"""Reviews and disputes as tables for the figures of the desk."""

from dataclasses import asdict

import polars as pl

from qa.frames import DISPUTES_SCHEMA, REVIEWS_SCHEMA
from qa.store.database import Database
from qa.store.desk.contested import DisputeFilter, list_disputes
from qa.store.desk.reading import ReviewFilter, list_reviews
from qa.store.kinds import ReviewKind, ReviewState
from qa.store.scope import Scope
from qa.store.types import utc_now

EVERY = ReviewFilter(states=frozenset(ReviewState), kinds=frozenset(ReviewKind))


def reviews_frame(database: Database, scope: Scope, wanted: ReviewFilter = EVERY) -> pl.DataFrame:
    """One row a review (``qa.frames.REVIEWS_SCHEMA``); ``now`` is the moment of reading."""
    with database.read() as tx:
        rows = list_reviews(tx, scope, wanted)
    now = utc_now()
    return pl.DataFrame([asdict(row) | {"now": now} for row in rows], schema=REVIEWS_SCHEMA)


def disputes_frame(database: Database, scope: Scope) -> pl.DataFrame:
    """One row a dispute (``qa.frames.DISPUTES_SCHEMA``)."""
    with database.read() as tx:
        rows = list_disputes(tx, scope, DisputeFilter())
    return pl.DataFrame([asdict(row) for row in rows], schema=DISPUTES_SCHEMA)
