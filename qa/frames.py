"""Columns and types of the tables that the store reads and the analytics work on.

A frame has the same columns whatever is in it, an empty one too. ``local_day`` counts days since
1970-01-01 at the site (qa.calendar); scores are points of 100; shares 0-1; seconds for times.
"""

import polars as pl

CRITICAL_KINDS = ("customer", "business", "compliance")
WIDE_MEASURES = (
    "talk_share_agent",
    "non_talk",
    "dead_air_seconds",
    "dead_air_count",
    "interruptions_agent",
    "response_latency_p90",
    "overlap",
    "speech_rate_agent",
)

_PEOPLE = {
    "agent": pl.String(),
    "agent_id": pl.Int64(),
    "team": pl.String(),
    "team_id": pl.Int64(),
    "queue": pl.String(),
    "queue_id": pl.Int64(),
}

CALLS_SCHEMA = pl.Schema({
    "call_key": pl.String(),
    "local_day": pl.Int32(),
    "started_at": pl.Datetime("us", "UTC"),
    **_PEOPLE,
    "language": pl.String(),
    "direction": pl.String(),
    "duration": pl.Float64(),
    "status": pl.String(),
    "scoring": pl.String(),
    "scorecard": pl.String(),
    "version": pl.Int32(),
    "score": pl.Float64(),
    "score_before_critical": pl.Float64(),
    "band": pl.String(),
    "failed_by": pl.List(pl.String()),
    **{f"failed_{kind}": pl.Boolean() for kind in CRITICAL_KINDS},
    "left_out": pl.String(),
    "generated": pl.Boolean(),
    "customer_hash": pl.String(),
    **dict.fromkeys(WIDE_MEASURES, pl.Float64()),
})  # fmt: skip
"""One row a call with its current automatic evaluation; a measure that is not measurable is null."""

CRITERIA_SCHEMA = pl.Schema({
    "call_key": pl.String(),
    "local_day": pl.Int32(),
    "agent_id": pl.Int64(),
    "team_id": pl.Int64(),
    "queue_id": pl.Int64(),
    "scorecard": pl.String(),
    "version": pl.Int32(),
    "key": pl.String(),
    "section": pl.String(),
    "verdict": pl.String(),
    "weight": pl.Float64(),
    "applied_weight": pl.Float64(),
    "critical": pl.String(),
    "confidence": pl.Float64(),
    "rule": pl.String(),
    "left_out": pl.String(),
    "generated": pl.Boolean(),
})  # fmt: skip
"""One row a criterion of a call's current automatic evaluation."""

_MOMENT = pl.Datetime("us", "UTC")

REVIEWS_SCHEMA = pl.Schema({
    "id": pl.Int64(),
    "call_key": pl.String(),
    "agent": pl.String(),
    "agent_id": pl.Int64(),
    "team_id": pl.Int64(),
    "generated": pl.Boolean(),
    "kind": pl.String(),
    "layer": pl.String(),
    "week": pl.Int32(),
    "reasons": pl.List(pl.String()),
    "scorecard": pl.String(),
    "version": pl.Int32(),
    "reviewer": pl.String(),
    "reviewer_id": pl.Int64(),
    "state": pl.String(),
    "assigned_at": _MOMENT,
    "due": _MOMENT,
    "finished_at": _MOMENT,
    "seconds": pl.Float64(),
    "auto_score": pl.Float64(),
    "auto_band": pl.String(),
    "human_status": pl.String(),
    "human_score": pl.Float64(),
    "human_band": pl.String(),
    "replaced_reason": pl.String(),
    "now": _MOMENT,
})  # fmt: skip
"""One row a review by a person; ``now`` is when the table was read. Averages start at
``qa.analytics.desk.programme``: only the random layer stands for the programme."""

DISPUTES_SCHEMA = pl.Schema({
    "id": pl.Int64(),
    "call_key": pl.String(),
    "agent": pl.String(),
    "agent_id": pl.Int64(),
    "team_id": pl.Int64(),
    "generated": pl.Boolean(),
    "key": pl.String(),
    "original": pl.String(),
    "source": pl.String(),
    "contested": pl.String(),
    "round": pl.Int32(),
    "state": pl.String(),
    "opened_at": _MOMENT,
    "due": _MOMENT,
    "answered_at": _MOMENT,
    "closed_at": _MOMENT,
    "outcome": pl.String(),
    "verdict": pl.String(),
})  # fmt: skip
"""One row a dispute: ``original`` is the verdict it is about, ``verdict`` the one it led to."""

CALIBRATIONS_SCHEMA = pl.Schema({
    "round": pl.Int64(),
    "name": pl.String(),
    "generated": pl.Boolean(),
    "scorecard": pl.String(),
    "version": pl.Int32(),
    "call": pl.String(),
    "reviewer": pl.String(),
    "criterion": pl.String(),
    "human": pl.String(),
    "automatic": pl.String(),
    "reference": pl.String(),
})  # fmt: skip
"""One row a criterion that a reviewer judged blind, the machine's verdict and the reference beside it."""

VERDICTS_SCHEMA = pl.Schema({
    "scorecard": pl.String(),
    "key": pl.String(),
    "call_id": pl.Int64(),
    "rater": pl.String(),
    "human": pl.String(),
    "automatic": pl.String(),
    "blind": pl.Boolean(),
    "generated": pl.Boolean(),
    "finished_at": _MOMENT,
})  # fmt: skip
"""One row a criterion that a person judged, beside the automatic verdict of that time. ``blind``: the person
did not see it."""

LOYAL, PERIODS = 3, 4
"""Orders of a loyal customer; periods of 28 days that ``BUYERS_SCHEMA`` looks at."""

BUYERS_SCHEMA = pl.Schema({
    "orders": pl.Int64(),
    "services": pl.Int64(),
    **{f"period_{place}": pl.Boolean() for place in range(PERIODS)},
    "promoter": pl.Boolean(),
    "n": pl.Int64(),
})  # fmt: skip
"""``n`` customers with orders who are alike. ``orders``: how many they have, three or more as 3; ``period_0``
to ``period_3``: whether they ordered in the newest period, the one before it and so on; ``services``: of how
many services they ordered in the newest, two or more as 2; ``promoter``: what their last NPS answer says,
null without one."""
