"""What became of customers who complained in public: those who were answered beside those who were not.

A comparison, not a trial: who is answered is not drawn by lot.
"""

from dataclasses import dataclass

import polars as pl

from qa.analytics.intervals import Estimate, share, share_difference

ANSWERED_WITHIN, FOLLOWED = 72, 30
"""Hours within which a reply counts as an answer, and days that customers are followed."""
FEWEST = 10  # complaints on each side


@dataclass(frozen=True, slots=True)
class Outcome:
    """Share of complaints after which something happened within 30 days, answered and not, and the gap."""

    answered: Estimate
    silent: Estimate
    gap: Estimate

    @property
    def enough(self) -> bool:
        """True with ten complaints on each side."""
        return min(self.answered.n, self.silent.n) >= FEWEST


@dataclass(frozen=True, slots=True)
class Effect:
    """``bought``: the customer ordered again; ``kind_word``: the author wrote something positive."""

    bought: Outcome
    kind_word: Outcome


@dataclass(frozen=True, slots=True)
class Counted:
    """Of the complaints of people who are known, those that were answered and those that were not: after how
    many of them it happened, and how many there are.
    """

    answered: tuple[int, int] = (0, 0)
    silent: tuple[int, int] = (0, 0)


def effect_of(bought: Counted, kind_word: Counted) -> Effect:
    """Of complaints that were counted already."""
    return Effect(_gap(bought), _gap(kind_word))


def effect(comments: pl.LazyFrame, orders: pl.LazyFrame, today: int) -> Effect:
    """``comments`` has ``id, local_day, posted_at, sentiment, author_hash, customer_hash, first_reply``;
    ``orders`` has ``customer_hash, ordered_at``. Complaints younger than 30 days are left out.
    """
    complaints = comments.filter(
        (pl.col("sentiment") == "negative") & (pl.col("local_day") <= today - FOLLOWED)
    ).with_columns(
        (pl.col("first_reply") - pl.col("posted_at") <= pl.duration(hours=ANSWERED_WITHIN))
        .fill_null(value=False)
        .alias("answered")
    )
    kind = comments.filter(pl.col("sentiment") == "positive")
    return Effect(
        bought=_outcome(complaints, orders.select("customer_hash", pl.col("ordered_at").alias("at"))),
        kind_word=_outcome(complaints, kind.select("author_hash", pl.col("posted_at").alias("at"))),
    )


def _outcome(complaints: pl.LazyFrame, events: pl.LazyFrame) -> Outcome:
    who = "customer_hash" if "customer_hash" in events.collect_schema() else "author_hash"
    theirs = complaints.filter(pl.col(who).is_not_null()).select("id", who, "posted_at", "answered")
    soon = (pl.col("at") > pl.col("posted_at")) & (
        pl.col("at") <= pl.col("posted_at") + pl.duration(days=FOLLOWED)
    )
    after = theirs.join(events, on=who, how="inner").filter(soon).select("id").unique()
    table = theirs.join(after.with_columns(pl.lit(1).alias("happened")), on="id", how="left").collect()
    sides = (table.filter("answered"), table.filter(~pl.col("answered")))
    answered, silent = ((int(side["happened"].sum()), side.height) for side in sides)
    return _gap(Counted(answered, silent))


def _gap(found: Counted) -> Outcome:
    sides = found.answered, found.silent
    return Outcome(share(*found.answered), share(*found.silent), share_difference(*sides))
