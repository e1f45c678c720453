"""What the experience page works on: pulse rows, answers with their verdicts, weights of the pulse."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from dashboard.data import comments as desk
from dashboard.data import themes, voice
from dashboard.data.acting import Act, audited
from dashboard.data.comments import CommentFilter, CommentOrder, CommentRow, Shown
from dashboard.data.frames import CallFilter
from dashboard.data.kinds import Role
from dashboard.data.site import Scope, database, settings
from dashboard.rights import allowed, ask
from qa.analytics.answered import with_verdicts
from qa.analytics.loyalty import PERIOD
from qa.analytics.pulse import PARTS, WEIGHTS
from qa.analytics.replies import Counted
from qa.analytics.surveys import DETRACTOR, PROMOTER, satisfied
from qa.analytics.themes import combined
from qa.frames import PERIODS
from qa.store.keyset import Cut, Sheet
from qa.store.lists import called_again as stored
from qa.store.rollups.read import comment_cells, day_cells, return_cells
from qa.store.site import get_setting, set_setting
from qa.store.voice import outcomes
from qa.store.voice.answered import answered
from qa.store.voice.buyers import Narrow, buyers, has_orders
from qa.store.voice.feedback_ledger import first_replies
from qa.store.voice.outcomes import Followed, Looked

__all__ = ["WEIGHERS", "Days", "Narrow", "answers", "comments", "save_weights", "seen", "weights"]

SETTING = "pulse_weights"
WEIGHERS = allowed("action", "experience.save_weights")


@dataclass(frozen=True, slots=True)
class Days:
    """Days of orders: from the first that is looked at to ``last``, with which the newest period of 28 days
    ends; those until ``until`` may have followed a complaint.
    """

    first: int
    last: int
    until: int

    @property
    def edges(self) -> tuple[int, ...]:
        """The day after the last, the first days of the periods, the newest first, and the first of all."""
        return (*(self.last + 1 - PERIOD * back for back in range(PERIODS + 1)), self.first)


def said(scope: Scope, first: int, last: int) -> pl.DataFrame:
    """Cells of the comments of these days (``qa.cells.COMMENT_CELLS``)."""
    found = comment_cells(database(), scope, CallFilter(first_day=first, last_day=last), settings().zone)
    words = [pl.col(name).cast(pl.String) for name in ("service", "language", "label", "aspects")]
    return found.with_columns(*words, pl.col("n", "score_n").cast(pl.Int64))


def said_one_by_one(scope: Scope, first: int, last: int) -> pl.DataFrame:
    """The same, a row a comment, with the ``queue`` of the customer's call of the 72 hours before."""
    span, score = voice.span(first, last), pl.col("sentiment_score")
    wanted = CommentFilter(since=span.since, until=span.until, shown=Shown.ALL)
    named = combined(themes.named(scope, wanted).lazy(), "id").collect()
    found = voice.comments(first, last).join(named.select("id", "aspects"), on="id", how="left")
    return found.with_columns(
        pl.col("sentiment").alias("label"),
        pl.col("id").is_in(named["id"].implode()).alias("read"),
        pl.lit(value=False).alias("hidden"),
        pl.lit(1, pl.Int64).alias("n"),
        score.is_not_null().cast(pl.Int64).alias("score_n"),
        score.fill_null(0.0).alias("score_sum"),
        (score.fill_null(0.0) ** 2).alias("score_squares"),
    )


def returned(scope: Scope, first: int, last: int) -> pl.DataFrame:
    """Cells of customers who called again (``qa.cells.RETURN_CELLS``) with names of queue and service."""
    return voice.placed(return_cells(database(), scope, CallFilter(first_day=first, last_day=last)))


def called_again(
    scope: Scope, filters: CallFilter, limit: int, after: str | None
) -> tuple[pl.DataFrame, str | None]:
    """A page of the calls after which the customer called again (``qa.store.lists.called_again.SCHEMA``), and
    the place of the next.

    Raises:
        InvalidSetting: the place was not given by this list.
    """
    return stored.called_again(database(), scope, filters, Cut(limit, after))


def calls(scope: Scope, first: int, last: int) -> pl.DataFrame:
    """Cells of the calls of these days (``qa.cells.DAY_CELLS``) with names of queue and service."""
    return voice.placed(day_cells(database(), scope, CallFilter(first_day=first, last_day=last)))


def seen(surveys: pl.DataFrame, comments: pl.DataFrame, calls: pl.DataFrame) -> pl.DataFrame:
    """Sums of the pulse, ``part, local_day, n, total, squares``, of cells of surveys, comments, calls."""
    score, n = pl.col("score"), pl.col("n").cast(pl.Float64)
    promoted = 100.0 * ((score >= PROMOTER).cast(pl.Float64) - (score <= DETRACTOR).cast(pl.Float64))
    happy = satisfied().cast(pl.Float64)
    answered = surveys.filter(score.is_not_null())
    felt, good = ((pl.col(f"score_{part}") for part in ("sum", "squares")) for _side in range(2))
    parts = {
        "csat": (answered.filter(pl.col("kind") == "csat"), n, n * happy, n * happy),
        "nps": (answered.filter(pl.col("kind") == "nps"), n, n * promoted, n * promoted**2),
        "sentiment": (comments, pl.col("score_n"), *felt),
        "quality": (calls, pl.col("counted"), *good),
    }
    return pl.concat(
        frame.select(
            pl.lit(name).alias("part"),
            pl.col("local_day").cast(pl.Int32),
            count.cast(pl.Int64).alias("n"),
            total.cast(pl.Float64).alias("total"),
            squares.cast(pl.Float64).alias("squares"),
        )
        for name, (frame, count, total, squares) in parts.items()
    )


def comments(first: int, last: int) -> pl.DataFrame:
    """Comments of these days one by one, with their ``first_reply`` and the queue of a call before."""
    replies = first_replies(database(), voice.span(first, last))
    return voice.comments(first, last).join(replies, on="id", how="left", maintain_order="left")


def bought(scope: Scope, days: Days, asked: tuple[int, int], narrow: Narrow) -> pl.DataFrame | None:
    """Customers with orders (``qa.frames.BUYERS_SCHEMA``) in the days, in periods that end with the last of
    them, and what they answered in the days ``asked``; ``None`` without any order until ``days.until``.
    """
    start = [voice.span(day, day).since for day in days.edges]
    with database().read() as tx:
        if not has_orders(tx, voice.span(days.first, days.until), narrow.service):
            return None
        return buyers(tx, tuple(start), scope, voice.span(*asked), narrow)


def followed(complaints: tuple[int, int], last: int, days: Days, narrow: Narrow) -> tuple[Counted, Counted]:
    """After how many complaints of these days their customer ordered, and their author wrote something kind:
    comments until ``last``, orders until ``days.until``.
    """
    first, end = complaints
    looked = Looked(voice.span(first, end), voice.span(first, last), voice.span(days.first, days.until))
    with database().read() as tx:
        found = {one.answered: one for one in outcomes.followed(tx, looked, narrow)}
    sides = [found.get(answered, Followed(answered, 0, 0, 0, 0)) for answered in (True, False)]
    return (
        Counted(*((side.bought, side.customers) for side in sides)),
        Counted(*((side.kind, side.authors) for side in sides)),
    )


def page(scope: Scope, wanted: CommentFilter, limit: int, after: str | None) -> Sheet[CommentRow]:
    """A page of comments, the newest first.

    Raises:
        InvalidSetting: the place was not given by this list.
    """
    return desk.page(scope, wanted, CommentOrder.NEWEST, limit, after)


def answers(
    scope: Scope, filters: CallFilter, span: tuple[int, int]
) -> tuple[pl.DataFrame, tuple[str, ...], int]:
    """Answers to CSAT with the verdicts of their call, the criteria, and of how many they were drawn
    (``qa.analytics.drivers``).
    """
    found = answered(database(), scope, filters, voice.span(*span))
    return (*with_verdicts(found.answers, found.verdicts), found.given)


def weights() -> dict[str, float]:
    """The weights of the pulse as they stand, equal ones where nobody set any."""
    with database().read() as tx:
        kept = get_setting(tx, SETTING, {})
    return {part: float(kept.get(part, WEIGHTS[part])) for part in PARTS}


def save_weights(role: Role, chosen: Mapping[str, float]) -> None:
    """Set the weights, 0 to 10 each.

    Raises:
        PermissionError: this role may not.
        ValueError: a weight is outside 0 to 10, or all of them are 0.
    """
    ask("experience.save_weights", role)
    kept = {part: float(chosen[part]) for part in PARTS}
    if any(not 0 <= value <= 10 for value in kept.values()) or not any(kept.values()):
        raise ValueError("weights are 0 to 10, and one of them is more than 0")
    with database().write() as tx:
        set_setting(tx, SETTING, kept)
        audited(tx, Act.SETTING_CHANGED, f"setting:{SETTING}")
