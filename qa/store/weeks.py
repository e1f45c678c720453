"""Rows behind the figures of a week that no page lists: promises, reviews, abuse, verdicts of answers."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import tzinfo

import polars as pl
from sqlalchemy import FromClause, select

from qa.store.database import Database
from qa.store.filters import CallFilter
from qa.store.framing import MOMENT, framed, selected
from qa.store.kinds import EvaluationSource, SurveyKind
from qa.store.scope import Scope
from qa.store.tables import calls, criterion_results, evaluations, promises, reviews, surveys

KEYS_SCHEMA = pl.Schema({"call_key": pl.String()})
REVIEWED_SCHEMA = pl.Schema(
    {
        "call_key": pl.String(),
        "kind": pl.String(),
        "layer": pl.String(),
        "state": pl.String(),
        "due": MOMENT,
    }
)
PROMISED_SCHEMA = pl.Schema(
    {
        "id": pl.Int64(),
        "call_key": pl.String(),
        "made": pl.Int32(),
        "due_at": MOMENT,
        "state": pl.String(),
        "changed_at": MOMENT,
        "forbidden": pl.Boolean(),
    }
)
CRITERION_SCHEMA = pl.Schema(
    {
        "key": pl.String(),
        "verdict": pl.String(),
        "agent_id": pl.Int64(),
        "queue_id": pl.Int64(),
        "local_day": pl.Int32(),
        "left_out": pl.String(),
    }
)
VERDICTS_SCHEMA = pl.Schema({"call_key": pl.String(), "key": pl.String(), "verdict": pl.String()})


def promised_frame(database: Database, scope: Scope, filters: CallFilter, zone: tzinfo) -> pl.DataFrame:
    """Promises made in the calls, of any day up to the last: ``PROMISED_SCHEMA`` and ``due``, the day they
    are due at the site.
    """
    until = replace(filters, first_day=None)
    named = {"call_key": calls.c.key, "made": calls.c.local_day}
    joined = promises.join(calls, calls.c.id == promises.c.call_id)
    with database.read() as tx:
        query = selected(tx, PROMISED_SCHEMA, promises, named).select_from(joined)
        query = query.where(*until.clauses(scope, database.dialect)).order_by(promises.c.id)
        frame = framed(tx, query, PROMISED_SCHEMA)
    day = pl.col("due_at").dt.convert_time_zone(str(zone)).dt.date().cast(pl.Int32)
    return frame.with_columns(day.alias("due"))


def reviewed_frame(database: Database, scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Reviews of the calls (``REVIEWED_SCHEMA``)."""
    joined = reviews.join(calls, calls.c.id == reviews.c.call_id)
    with database.read() as tx:
        query = selected(tx, REVIEWED_SCHEMA, reviews, {"call_key": calls.c.key}).select_from(joined)
        query = query.where(*filters.clauses(scope, database.dialect)).order_by(reviews.c.id)
        return framed(tx, query, REVIEWED_SCHEMA)


def abusive_frame(database: Database, scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Keys of the calls with an abusive customer."""
    hurt = replace(filters, abusive=True)
    query = select(calls.c.key).where(*hurt.clauses(scope, database.dialect)).order_by(calls.c.id)
    with database.read() as tx:
        return pl.DataFrame({"call_key": list(tx.scalars(query))}, schema=KEYS_SCHEMA)


def answered_verdicts(database: Database, scope: Scope, filters: CallFilter) -> pl.DataFrame:
    """Verdicts of the current automatic evaluation of calls with an answer to CSAT (``VERDICTS_SCHEMA``)."""
    s = surveys.c
    answered = select(s.call_id).where(
        s.kind == SurveyKind.CSAT, s.score.is_not(None), s.call_id.is_not(None)
    )
    named = {"call_key": calls.c.key}
    with database.read() as tx:
        query = selected(tx, VERDICTS_SCHEMA, criterion_results, named).select_from(_judged())
        query = query.where(*filters.clauses(scope, database.dialect), calls.c.id.in_(answered))
        query = query.order_by(calls.c.id, criterion_results.c.position)
        return framed(tx, query, VERDICTS_SCHEMA)


def verdicts_on(database: Database, filters: CallFilter, keys: Iterable[str]) -> pl.DataFrame:
    """Verdicts of everybody's calls on some criteria, without saying which call (``CRITERION_SCHEMA``)."""
    named = {name: calls.c[name] for name in ("agent_id", "queue_id", "local_day", "left_out")}
    with database.read() as tx:
        query = selected(tx, CRITERION_SCHEMA, criterion_results, named).select_from(_judged())
        query = query.where(
            *filters.clauses(Scope.all(), database.dialect), criterion_results.c.key.in_(sorted(keys))
        )
        return framed(tx, query.order_by(calls.c.id), CRITERION_SCHEMA)


def _judged() -> FromClause:
    """Calls with the results of their current automatic evaluation."""
    made = evaluations.c
    current = (made.call_id == calls.c.id) & made.current & (made.source == EvaluationSource.AUTO)
    return calls.join(evaluations, current).join(
        criterion_results, criterion_results.c.evaluation_id == made.id
    )
