"""What the experience page works on: pulse rows, answers with their verdicts, weights of the pulse."""

from collections.abc import Mapping

import polars as pl

from dashboard.data import frames, themes, voice
from dashboard.data.acting import Act, audited
from dashboard.data.comments import CommentFilter, Shown
from dashboard.data.frames import CallFilter
from dashboard.data.kinds import Role
from dashboard.data.site import Scope, database, settings
from dashboard.rights import allowed, ask
from qa.analytics.answered import with_verdicts
from qa.analytics.pulse import PARTS, WEIGHTS
from qa.analytics.surveys import DETRACTOR, PROMOTER, satisfied
from qa.analytics.themes import NONE
from qa.calendar import day_bounds
from qa.store.feedback_ledger import first_replies
from qa.store.site import get_setting, set_setting

__all__ = ["WEIGHERS", "answers", "comments", "save_weights", "seen", "weights"]

SETTING = "pulse_weights"
WEIGHERS = allowed("action", "experience.save_weights")


def comments(first: int, last: int) -> pl.DataFrame:
    """Comments of these days (``voice.comments``) with their ``first_reply``."""
    table = voice.comments(first, last)
    return table.join(first_replies(database()), on="id", how="left", maintain_order="left")


def seen(surveys: pl.DataFrame, said: pl.DataFrame, calls: pl.DataFrame) -> pl.DataFrame:
    """Rows of the pulse: ``part, local_day, value``."""
    score = pl.col("score")
    promoted = 100.0 * ((score >= PROMOTER).cast(pl.Float64) - (score <= DETRACTOR).cast(pl.Float64))
    answered = surveys.filter(score.is_not_null())
    parts = {
        "csat": (answered.filter(pl.col("kind") == "csat"), satisfied().cast(pl.Float64)),
        "nps": (answered.filter(pl.col("kind") == "nps"), promoted),
        "sentiment": (said, pl.col("sentiment_score")),
        "quality": (calls.filter(score.is_not_null() & pl.col("left_out").is_null()), score),
    }
    return pl.concat(
        frame.select(
            pl.lit(name).alias("part"),
            pl.col("local_day").cast(pl.Int32),
            value.cast(pl.Float64).alias("value"),
        )
        for name, (frame, value) in parts.items()
    )


def topics(scope: Scope, said: pl.DataFrame, span: tuple[int, int]) -> pl.DataFrame:
    """A row a topic of these comments: ``id, topic, sentiment, sentiment_score``."""
    zone = settings().zone
    since, until = day_bounds(span[0], zone)[0], day_bounds(span[1], zone)[1]
    named = themes.named(scope, CommentFilter(since=since, until=until, shown=Shown.ALL))
    topic = named.select("id", pl.col("aspect").fill_null(NONE).alias("topic"))
    return said.select("id", "sentiment", "sentiment_score").join(topic, on="id", maintain_order="left")


def answers(
    scope: Scope, surveys: pl.DataFrame, span: tuple[int, int]
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Answers to CSAT with the verdicts of their call, and the criteria (``qa.analytics.drivers``)."""
    filters = CallFilter(first_day=span[0] - voice.BACK, last_day=span[1])
    return with_verdicts(surveys, frames.criteria(scope, filters), frames.calls(scope, filters))


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
