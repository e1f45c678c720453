"""Reviews and disputes as tables for the figures of the desk."""

from dataclasses import asdict

import polars as pl
from sqlalchemy import and_, select

from qa.frames import CALIBRATIONS_SCHEMA, DISPUTES_SCHEMA, REVIEWS_SCHEMA
from qa.store.database import Database
from qa.store.desk.contested import DisputeFilter, list_disputes
from qa.store.desk.reading import ReviewFilter, list_reviews
from qa.store.kinds import ReviewKind, ReviewState, RoundState
from qa.store.scope import Scope
from qa.store.tables import calibration_rounds, calls, reference_verdicts, review_verdicts, reviews, users
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


def calibrations_frame(database: Database) -> pl.DataFrame:
    """One row a verdict of a calibration whose blind part is over (``qa.frames.CALIBRATIONS_SCHEMA``)."""
    c, r, v, f = calibration_rounds.c, reviews.c, review_verdicts.c, reference_verdicts.c
    same = and_(f.round_id == c.id, f.call_id == r.call_id, f.key == v.key)
    query = (
        select(
            c.id.label("round"), c.name, c.generated, c.scorecard, c.version, calls.c.key.label("call"),
            users.c.display_name.label("reviewer"), v.key.label("criterion"), v.human, v.automatic,
            f.verdict.label("reference"),
        )
        .select_from(
            review_verdicts.join(reviews, r.id == v.review_id)
            .join(calibration_rounds, c.id == r.round_id)
            .join(calls, calls.c.id == r.call_id)
            .join(users, users.c.id == r.reviewer_id)
            .outerjoin(reference_verdicts, same)
        )
        .where(r.state == ReviewState.FINISHED, c.state != RoundState.OPEN)
        .order_by(c.id, calls.c.key, users.c.name, v.position)
    )  # fmt: skip
    with database.read() as tx:
        rows = [dict(row) for row in tx.execute(query).mappings()]
    return pl.DataFrame(rows, schema=CALIBRATIONS_SCHEMA)
