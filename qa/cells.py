"""Columns and types of the sums that ``qa.store.rollups`` keeps: what figures over many calls are made of.

A cell sums calls, verdicts, answers, comments or promises that are alike in its first columns. ``local_day``
is the first of the days that it sums (``qa.calendar``): the days of a cell lie in one week, whichever weekday
weeks start on, so ``qa.analytics.weeks.week_of`` of it is exact. Words are categorical: compare them as text,
and cast the few that are left after grouping. Squares are sums of squares, so means have their intervals.
"""

import polars as pl

from qa.frames import CRITICAL_KINDS, WIDE_MEASURES

_WORD, _COUNT, _SUM, _ID = pl.Categorical(), pl.UInt32(), pl.Float64(), pl.Int64()
_CALL = {"local_day": pl.Int32(), "team_id": _ID, "agent_id": _ID, "queue_id": _ID, "direction": _WORD,
         "language": _WORD, "generated": pl.Boolean()}  # fmt: skip
_VALUES = {
    **dict.fromkeys(("received", "done", "counted", "evaluated"), _COUNT),
    **dict.fromkeys(("no_customer", "abusive", "reviewed"), _COUNT),
    **{f"band_{band}": _COUNT for band in ("pass", "coach", "flag")},
    **dict.fromkeys(("failed", *(f"failed_{kind}" for kind in CRITICAL_KINDS)), _COUNT),
    "score_sum": _SUM, "score_squares": _SUM,
    "before_n": _COUNT, "before_sum": _SUM, "before_squares": _SUM,
    "duration_n": _COUNT, "duration_sum": _SUM, "duration_squares": _SUM,
    **{f"{name}_{part}": _COUNT if part in ("n", "any") else _SUM
       for name in WIDE_MEASURES for part in ("n", "sum", "squares", "any")},
}  # fmt: skip

CALL_CELLS = pl.Schema({
    **_CALL, "left_out": _WORD, "scorecard": _WORD, "version": pl.Int32(), **_VALUES,
})  # fmt: skip
"""Calls. ``received`` and ``done`` count all of the cell; ``counted`` those that go into aggregates (scored,
and left out for no reason), and everything after it is of these alone: but for ``evaluated``, the calls
with an automatic evaluation that are not left out. The score's number is ``counted``; ``before`` is the
score before critical failures; ``duration`` in seconds. ``_any``: calls in which a measure is over 0.
``reviewed``: by a person, calibrations and disputes not counted. ``failed``: a criterion critical in any
of the kinds."""

DAY_CELLS = pl.Schema({name: kind for name, kind in CALL_CELLS.items()
                       if name not in ("agent_id", "scorecard", "version")})  # fmt: skip
"""Calls by single days, agents and scorecards taken together. ``local_day`` is the day."""

CRITERION_CELLS = pl.Schema({
    **_CALL, "scorecard": _WORD, "version": pl.Int32(), "section": _WORD, "key": _WORD, "critical": _WORD,
    **dict.fromkeys(("met", "partly", "not_met", "not_applicable", "cannot_tell", "costly"), _COUNT),
    "weight": _SUM, "points": _SUM, "points_squares": _SUM,
})  # fmt: skip
"""Verdicts of current automatic evaluations of calls that are not left out. ``weight`` sums the applied
weights of verdicts met, partly and not met; ``points`` what they lost of 100 (all of the weight where not
met, half where partly); ``costly`` counts those that lost any."""

RETURN_CELLS = pl.Schema({
    **_CALL, "first": pl.Boolean(), "calls": _COUNT, "again": _COUNT,
})  # fmt: skip
"""Incoming calls of known customers on a queue, and after how many of them the customer called that queue
again within seven days (``qa.analytics.returning``). ``first``: no such call of the customer, on any
queue, came before."""

SURVEY_CELLS = pl.Schema({
    **_CALL, "source_id": _ID, "kind": _WORD, "scale": pl.Int32(), "score": pl.Int32(),
    "linked": pl.Boolean(), "queue": _WORD, "service": _WORD, "band": _WORD,
    "n": _COUNT, "quality_n": _COUNT, "quality_sum": _SUM, "quality_squares": _SUM,
})  # fmt: skip
"""Surveys by the day of the answer (of sending where there is none; neither: in no cell). ``score`` is null
where nobody answered. Team, agent, queue and direction are those of the call, null without one
(``linked``); ``queue`` and ``service`` what the file said. ``quality`` sums scores of calls that are not
left out, ``band`` is theirs at 85 and 70. ``language`` is that of the text, else of the call."""

COMMENT_CELLS = pl.Schema({
    "local_day": pl.Int32(), "source_id": _ID, "channel": _WORD, "service": _WORD, "language": _WORD,
    "generated": pl.Boolean(), "label": _WORD, "read": pl.Boolean(), "suggestion": pl.Boolean(),
    "aspects": _WORD, "replied": pl.Boolean(), "recovered": pl.Boolean(), "aside": pl.Boolean(),
    "hidden": pl.Boolean(), "wait": pl.Int64(), "waiting_since": pl.Datetime("us", "UTC"),
    "n": _COUNT, "score_n": _COUNT, "score_sum": _SUM, "score_squares": _SUM,
})  # fmt: skip
"""Public comments by the day of posting. ``aspects`` of a comment stand together, sorted, with ``|`` between;
``read``: somebody looked for aspects. ``wait``: microseconds to the first reply, where both times are known;
``waiting_since``: when it was posted, of comments without a reply. The states are those of
``qa.store.voice.comment_desk.FIGURES_SCHEMA``; ``score`` is the sentiment, -1 to 1."""

CONTACT_CELLS = pl.Schema({
    "local_day": pl.Int32(), "queue": _WORD, "outcome": _WORD, "n": _COUNT, "quick": _COUNT,
    **{f"{name}_{part}": kind for name in ("waited", "talked")
       for part, kind in (("n", _COUNT), ("sum", _SUM), ("squares", _SUM))},
})  # fmt: skip
"""Telephone contacts (``qa.contacts``) by the day on which they began. ``queue`` is what the telephone system
calls it; ``quick`` counts those answered within 20 seconds; ``waited`` and ``talked`` are seconds."""

PROMISE_CELLS = pl.Schema({
    **_CALL, "state": _WORD, "forbidden": pl.Boolean(), "due_day": pl.Int32(),
    "changed_day": pl.Int32(), "n": _COUNT,
})  # fmt: skip
"""Promises by the day of their call; days at the site on which they were due and last changed, null where
unknown. Readers add ``overdue``: how many are open past their time at the moment of reading."""
