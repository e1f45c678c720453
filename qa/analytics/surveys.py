"""Satisfaction, recommendation and effort from answered surveys, each with its interval (FIELD.md §3, §4).

``surveys`` has a row a survey, or cells of surveys that are alike with their number ``n``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qa.analytics.intervals import Estimate, mean, net_promoter, share

PROMOTER, DETRACTOR = 9, 6


@dataclass(frozen=True, slots=True)
class SurveyFigures:
    """What surveys of a kind say.

    Attributes:
        kind: ``csat``, ``nps`` or ``ces``.
        figure: CSAT a share 0-1, NPS points -100 to 100, CES a mean 1-7 (higher is easier).
        mean: the mean answer, only where all answers are on one scale.
        response: answered of sent.
        distribution: scale, answer, count; sorted.
        orphans: answers that belong to no call.
    """

    kind: str
    figure: Estimate
    mean: Estimate | None
    response: Estimate
    distribution: tuple[tuple[int, int, int], ...]
    orphans: int


def top_boxes() -> pl.Expr:
    """How many of the highest answers count as satisfied: 1 of 2-3, 2 of 4-7, 3 of 8-10."""
    scale = pl.col("scale")
    return pl.when(scale <= 3).then(1).when(scale <= 7).then(2).otherwise(3)


def satisfied() -> pl.Expr:
    """True for an answer in the top boxes of its own scale."""
    return pl.col("score") > pl.col("scale") - top_boxes()


def csat(surveys: pl.LazyFrame) -> Estimate:
    """Share of satisfied answers with Wilson's interval; each answer by the boxes of its own scale."""
    n = pl.col("n")
    row = (
        _answers(surveys, "csat").select(n.filter(satisfied()).sum().alias("good"), n.sum()).collect().row(0)
    )
    return share(int(row[0]), int(row[1]))


def nps(surveys: pl.LazyFrame) -> Estimate:
    """Promoters (9-10) less detractors (0-6) in points, of answered surveys."""
    score, n = pl.col("score"), pl.col("n")
    sides = n.filter(score >= PROMOTER).sum(), n.filter(score <= DETRACTOR).sum().alias("d")
    row = _answers(surveys, "nps").select(sides[0].alias("p"), sides[1], n.sum()).collect().row(0)
    return net_promoter(int(row[0]), int(row[1]), int(row[2]))


def ces(surveys: pl.LazyFrame) -> Estimate:
    """Mean effort answer on 1-7 with its t-interval; higher is easier."""
    return mean(repeated(_answers(surveys, "ces").collect(), "score"))


def by_value(surveys: pl.LazyFrame, kind: str, column: str) -> dict[Any, Estimate]:
    """The figure of a kind for every value of a column, in the order in which they come: in one reading, for
    there may be hundreds of agents.

    Raises:
        KeyError: another kind.
    """
    asked = numbered(surveys).filter((pl.col("kind") == kind) & pl.col(column).is_not_null())
    n, score = pl.col("n"), pl.col("score")
    if kind == "ces":
        parts = asked.collect().partition_by(column, as_dict=True)
        answered = {value: part.drop_nulls("score") for (value,), part in parts.items()}
        return {value: mean(repeated(part, "score")) for value, part in answered.items()}
    sides = {
        "csat": [n.filter(satisfied())],
        "nps": [n.filter(score >= PROMOTER), n.filter(score <= DETRACTOR)],
    }[kind]
    counts = (
        side.sum().alias(str(place)) for place, side in enumerate((*sides, n.filter(score.is_not_null())))
    )
    rows = asked.group_by(column, maintain_order=True).agg(counts).collect().iter_rows()
    figure: Callable[..., Estimate] = share if kind == "csat" else net_promoter
    return {value: figure(*found) for value, *found in rows}


def figures(surveys: pl.LazyFrame, kind: str) -> SurveyFigures:
    """All figures of a kind. ``surveys`` has ``kind, score, scale``, and ``call_id`` or ``linked``."""
    asked = numbered(surveys).filter(pl.col("kind") == kind).collect()
    answered = asked.filter(pl.col("score").is_not_null())
    one_scale = answered["scale"].n_unique() == 1
    counts = answered.group_by("scale", "score").agg(pl.col("n").sum()).sort("scale", "score")
    return SurveyFigures(
        kind=kind,
        figure={"csat": csat, "nps": nps, "ces": ces}[kind](answered.lazy()),
        mean=mean(repeated(counts, "score")) if one_scale else None,
        response=share(int(answered["n"].sum()), int(asked["n"].sum())),
        distribution=tuple(counts.iter_rows()),
        orphans=orphans(answered),
    )


def numbered(surveys: pl.LazyFrame) -> pl.LazyFrame:
    """With ``n``, how many surveys each row stands for."""
    one = pl.col("n").cast(pl.Int64) if "n" in surveys.collect_schema() else pl.lit(1, pl.Int64).alias("n")
    return surveys.with_columns(one)


def repeated(counts: pl.DataFrame, column: str) -> NDArray[np.float64]:
    """The values of a column as often as ``n`` says."""
    return np.repeat(counts[column].cast(pl.Float64).to_numpy(), counts["n"].to_numpy())


def orphans(answered: pl.DataFrame) -> int:
    """How many of these surveys belong to no call."""
    alone = ~pl.col("linked") if "linked" in answered.columns else pl.col("call_id").is_null()
    return int(answered.select(pl.col("n").filter(alone).sum()).item())


def _answers(surveys: pl.LazyFrame, kind: str) -> pl.LazyFrame:
    return numbered(surveys).filter((pl.col("kind") == kind) & pl.col("score").is_not_null())
