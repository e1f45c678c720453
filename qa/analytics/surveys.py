"""Satisfaction, recommendation and effort from answered surveys, each with its interval (FIELD.md §3, §4)."""

from dataclasses import dataclass

import polars as pl

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
    row = (
        _answers(surveys, "csat")
        .select(satisfied().sum().alias("good"), pl.len().alias("n"))
        .collect()
        .row(0)
    )
    return share(int(row[0] or 0), int(row[1]))


def nps(surveys: pl.LazyFrame) -> Estimate:
    """Promoters (9-10) less detractors (0-6) in points, of answered surveys."""
    score = pl.col("score")
    row = (
        _answers(surveys, "nps")
        .select((score >= PROMOTER).sum(), (score <= DETRACTOR).sum().alias("d"), pl.len().alias("n"))
        .collect()
        .row(0)
    )
    return net_promoter(int(row[0] or 0), int(row[1] or 0), int(row[2]))


def ces(surveys: pl.LazyFrame) -> Estimate:
    """Mean effort answer on 1-7 with its t-interval; higher is easier."""
    return mean(_answers(surveys, "ces").collect()["score"].to_numpy())


def figures(surveys: pl.LazyFrame, kind: str) -> SurveyFigures:
    """All figures of a kind. ``surveys`` has ``kind, score, scale, call_id``."""
    asked = surveys.filter(pl.col("kind") == kind).collect()
    answered = asked.filter(pl.col("score").is_not_null())
    one_scale = answered["scale"].n_unique() == 1
    counts = answered.group_by("scale", "score").len().sort("scale", "score")
    return SurveyFigures(
        kind=kind,
        figure={"csat": csat, "nps": nps, "ces": ces}[kind](answered.lazy()),
        mean=mean(answered["score"].to_numpy()) if one_scale else None,
        response=share(answered.height, asked.height),
        distribution=tuple(counts.iter_rows()),
        orphans=answered["call_id"].null_count(),
    )


def _answers(surveys: pl.LazyFrame, kind: str) -> pl.LazyFrame:
    return surveys.filter((pl.col("kind") == kind) & pl.col("score").is_not_null())
