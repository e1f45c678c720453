"""What answers to surveys say of agents, queues and calls, and whether those who answer are like the others.

``surveys`` are rows of ``qa.store.voice.feedback_frames.SURVEYS_SCHEMA`` with ``local_day`` and ``quality``,
the score of the survey's call (null where it has none or does not count).
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from qa.analytics.control import Chart, laney, xmr
from qa.analytics.headline import Figure
from qa.analytics.intervals import Estimate, difference, mean, net_promoter, share, share_difference
from qa.analytics.samples import Sample
from qa.analytics.surveys import DETRACTOR, PROMOTER, by_value, csat, numbered, repeated, satisfied
from qa.analytics.weeks import STEP, week_of

KINDS = ("csat", "nps", "ces")
PASS, COACH = 85.0, 70.0
"""Bands of a score (FIELD.md §2)."""

_GIVEN = pl.col("score").is_not_null()
_RANGE = {"nps": (-100.0, 100.0), "ces": (1.0, 7.0)}  # limits outside it could not be passed


@dataclass(frozen=True, slots=True)
class Group:
    """A kind's figure of one agent, team, queue or service, and its response rate."""

    name: str
    figure: Estimate
    response: Estimate


@dataclass(frozen=True, slots=True)
class Bias:
    """Mean quality score of calls whose survey was answered, of those whose survey was not, and the gap."""

    answered: Estimate
    unanswered: Estimate
    gap: Estimate

    @property
    def found(self) -> bool:
        """True when the interval of the gap leaves zero out."""
        low, high = self.gap.low, self.gap.high
        return low is not None and high is not None and (low > 0 or high < 0)


def by_group(surveys: pl.LazyFrame, kind: str, column: str) -> tuple[Group, ...]:
    """The kind's figure of every value of a column, lowest first; a group without answers last."""
    asked = numbered(surveys).filter((pl.col("kind") == kind) & pl.col(column).is_not_null())
    n = pl.col("n")
    counts = asked.group_by(column, "kind", "score", "scale").agg(n.sum()).collect()
    sent = counts.group_by(column).agg(n.filter(_GIVEN).sum().alias("given"), n.sum()).rows()
    found = by_value(counts.lazy(), kind, column)
    groups = [Group(str(name), found[name], share(given, every)) for name, given, every in sent]
    return tuple(sorted(groups, key=lambda g: (g.figure.value is None, g.figure.value or 0.0, g.name)))


def bias(surveys: pl.LazyFrame, kind: str) -> Bias:
    """Quality of calls whose survey of this kind was answered against the others (FIELD.md §4)."""
    found = quality_cells(surveys).filter((pl.col("kind") == kind) & (pl.col("quality_n") > 0))
    sides = [_quality(found.filter(rule).collect()) for rule in (_GIVEN, ~_GIVEN)]
    return Bias(mean(sides[0]), mean(sides[1]), difference(*sides))


def by_band(surveys: pl.LazyFrame) -> tuple[tuple[str, Estimate], ...]:
    """CSAT of calls that passed, of those to coach and of those flagged."""
    known = quality_cells(surveys)
    return tuple((name, csat(known.filter(pl.col("band") == name))) for name in ("pass", "coach", "flag"))


def quality_cells(surveys: pl.LazyFrame) -> pl.LazyFrame:
    """Surveys with ``quality`` as cells of one (``qa.cells.SURVEY_CELLS``); cells stay as they are."""
    if "quality_n" in surveys.collect_schema():
        return numbered(surveys)
    quality = pl.col("quality")
    filled, passed = quality.fill_null(0.0), pl.when(quality >= PASS).then(pl.lit("pass"))
    rest = pl.when(quality >= COACH).then(pl.lit("coach")).when(quality < COACH).then(pl.lit("flag"))
    band = passed.otherwise(rest)
    return numbered(surveys).with_columns(
        quality.is_not_null().cast(pl.Int64).alias("quality_n"),
        filled.alias("quality_sum"),
        (filled**2).alias("quality_squares"),
        band.alias("band"),
    )


def _quality(found: pl.DataFrame) -> Sample:
    n, total, squares = (found[f"quality_{part}"] for part in ("n", "sum", "squares"))
    if (n <= 1).all():
        return Sample.of(total.to_numpy())
    return Sample.of_sums(int(n.sum()), float(total.sum()), float(squares.sum()))


def contradictions(surveys: pl.LazyFrame) -> dict[str, int]:
    """How many answers to CSAT the score of their call contradicts: ``answer``, satisfied with a flagged
    call; ``score``, not satisfied with one that passed.
    """
    given = quality_cells(surveys).filter((pl.col("kind") == "csat") & _GIVEN)
    sides = {
        "answer": satisfied() & (pl.col("band") == "flag"),
        "score": ~satisfied() & (pl.col("band") == "pass"),
    }
    row = given.select(pl.col("n").filter(rule).sum().alias(name) for name, rule in sides.items())
    return {name: int(count) for name, count in row.collect().to_dicts()[0].items()}


def course(surveys: pl.LazyFrame, kind: str, week: int, language: str) -> Figure:
    """The kind's figure by week up to ``week``. The change of NPS is one of means of 100, 0, -100."""
    answered = numbered(surveys).filter((pl.col("kind") == kind) & pl.col("score").is_not_null())
    weekly = answered.with_columns(week_of(language).alias("week"), _points(kind).alias("points"))
    counts = weekly.filter(pl.col("week") <= week).group_by("week", "points").agg(pl.col("n").sum())
    parts = counts.sort("week", "points").collect().partition_by("week", as_dict=True)
    values = {int(first): repeated(part, "points") for (first,), part in parts.items()}
    line = list(range(min(values, default=week), week + STEP, STEP))
    points = [values.get(first, np.empty(0)) for first in line]
    return Figure(
        now=_estimate(kind, points[-1]),
        before=_estimate(kind, points[-2] if len(points) > 1 else np.empty(0)),
        change=_change(kind, points),
        weeks=np.array(line, dtype=np.int32),
        intervals=tuple(_estimate(kind, each) for each in points),
        chart=_chart(kind, points),
    )


def _points(kind: str) -> pl.Expr:
    score = pl.col("score")
    if kind == "csat":
        return satisfied().cast(pl.Float64)
    if kind == "nps":
        return 100.0 * ((score >= PROMOTER).cast(pl.Float64) - (score <= DETRACTOR).cast(pl.Float64))
    return score.cast(pl.Float64)


def _estimate(kind: str, points: np.ndarray) -> Estimate:
    if kind == "csat":
        return share(int(points.sum()), points.size)
    if kind == "nps":
        return net_promoter(int((points > 0).sum()), int((points < 0).sum()), points.size)
    return mean(points)


def _change(kind: str, points: list[np.ndarray]) -> Estimate:
    now, before = points[-1], points[-2] if len(points) > 1 else np.empty(0)
    if kind == "csat":
        return share_difference((int(now.sum()), now.size), (int(before.sum()), before.size))
    return difference(now, before)


def _chart(kind: str, points: list[np.ndarray]) -> Chart:
    if kind == "csat":
        return laney([int(each.sum()) for each in points], [each.size for each in points])
    chart = xmr([_estimate(kind, each).value or 0.0 if each.size else np.nan for each in points])
    return chart.within(*_RANGE[kind])
