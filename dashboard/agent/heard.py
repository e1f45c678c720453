"""Calls worth hearing: the best ones first, then those to learn from, each with the second that proves it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from dashboard.data.person import Proof
from qa.records import Points, Seconds, Verdict

SHOWN = 4


@dataclass(frozen=True, slots=True)
class Heard:
    """A call of a list: ``over`` is its score less what the queue usually gives. ``proof`` is the verdict
    that tells most about it, ``sounds`` whether there is a recording, ``seen`` whether the agent has
    acknowledged that verdict.
    """

    call_key: str
    started_at: datetime
    queue: str
    score: Points
    over: Points
    proof: Proof | None
    sounds: bool
    seen: bool = False

    @property
    def at(self) -> Seconds | None:
        """The second to begin at."""
        return None if self.proof is None or self.proof.span is None else self.proof.span.start

    @classmethod
    def of(
        cls,
        rows: pl.DataFrame,
        proofs: Mapping[str, tuple[Proof, ...]],
        met: Mapping[str, float],
        sounds: Collection[str],
        *,
        good: bool,
    ) -> "tuple[Heard, ...]":
        """The calls of ``rows``; ``met`` says how far each criterion is met otherwise."""
        return tuple(
            cls(
                row["call_key"],
                row["started_at"],
                row["queue"] or "",
                row["score"],
                row["over"],
                telling(proofs.get(row["call_key"], ()), met, good=good),
                row["call_key"] in sounds,
            )
            for row in rows.to_dicts()
        )


def best(ranked: pl.DataFrame, sounds: Collection[str], most: int = SHOWN) -> pl.DataFrame:
    """The calls farthest over what is usual, those that can be heard first."""
    above = ranked.filter(pl.col("over") > 0)
    return _heard_first(above, sounds).head(most)


def instructive(ranked: pl.DataFrame, sounds: Collection[str], most: int = SHOWN) -> pl.DataFrame:
    """The calls farthest under what is usual, those that can be heard first."""
    below = ranked.filter(pl.col("over") < 0).reverse()
    return _heard_first(below, sounds).head(most)


def telling(proofs: Collection[Proof], met: Mapping[str, float], *, good: bool) -> Proof | None:
    """The verdict to show: of a good call what was met though it is met rarely, of another what cost most;
    one that can be heard before one that cannot.
    """
    wanted = [one for one in proofs if (one.verdict is Verdict.MET) == good]
    if good:
        wanted = [one for one in wanted if one.span is not None]
        return min(wanted, key=lambda one: (met.get(one.criterion, 1.0), one.criterion), default=None)
    return max(wanted, key=lambda one: (one.span is not None, one.weight, one.criterion), default=None)


def _heard_first(ranked: pl.DataFrame, sounds: Collection[str]) -> pl.DataFrame:
    sound = pl.col("call_key").is_in(sorted(sounds))
    return pl.concat([ranked.filter(sound), ranked.filter(~sound)])
