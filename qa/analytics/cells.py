"""Calls and verdicts as cells: sums over those that are alike. A call is a cell of one.

What means, shares and their intervals need is in the sums; where a group is made of cells of one, its values
themselves are known too. So one formula serves a table of calls and one of sums (``qa.cells``).
"""

from collections.abc import Iterable
from typing import Any

import polars as pl

from qa.analytics.samples import Sample
from qa.frames import CALLS_SCHEMA, CRITICAL_KINDS, WIDE_MEASURES

PASSED = "pass"
VALUES = {"met": 1.0, "partly": 0.5, "not met": 0.0}


def cells(calls: pl.LazyFrame) -> pl.LazyFrame:
    """Calls (``qa.frames.CALLS_SCHEMA``) with the columns of ``qa.cells.CALL_CELLS`` that figures are made of
    beside their own; cells stay as they are.

    A column that is not there is not known of any call.
    """
    there = calls.collect_schema()
    if "received" in there:
        return calls
    calls = calls.with_columns(
        pl.lit(None, kind).alias(n) for n, kind in CALLS_SCHEMA.items() if n not in there
    )
    counts, failed = counted_call(), {kind: pl.col(f"failed_{kind}") for kind in CRITICAL_KINDS}
    return calls.with_columns(
        pl.lit(1, pl.Int64).alias("received"),
        _count(pl.col("status") == "done").alias("done"),
        _count(counts).alias("counted"),
        _count(counts & pl.col("customer_hash").is_null()).alias("no_customer"),
        _count(counts & (pl.col("band") == PASSED)).alias("band_pass"),
        _count(counts & pl.any_horizontal(*failed.values())).alias("failed"),
        *(_count(counts & rule).alias(f"failed_{kind}") for kind, rule in failed.items()),
        *(part for name in ("score", *WIDE_MEASURES) for part in _sums(name, counts)),
    )


def verdict_cells(criteria: pl.LazyFrame) -> pl.LazyFrame:
    """Verdicts of calls (``qa.frames.CRITERIA_SCHEMA``) with the columns of ``qa.cells.CRITERION_CELLS``
    beside their own, without those of calls that are left out; cells stay as they are.
    """
    if "points" in criteria.collect_schema():
        return criteria
    verdict, weight = pl.col("verdict"), pl.col("applied_weight")
    value = verdict.replace_strict(VALUES, default=None, return_dtype=pl.Float64)
    points = pl.when(value.is_not_null()).then(weight * (1 - value)).otherwise(0.0)
    return criteria.filter(pl.col("left_out").is_null()).with_columns(
        *(_count(verdict == word).alias(word.replace(" ", "_")) for word in VALUES),
        pl.when(value.is_not_null()).then(weight).otherwise(0.0).alias("weight"),
        points.alias("points"),
        (points**2).alias("points_squares"),
        _count(points > 0).alias("costly"),
    )


def judged() -> dict[str, pl.Expr]:
    """Of cells of verdicts: how many were met, partly or not met, and the sums of values and of squares."""
    met, partly, missed = (pl.col(name).cast(pl.Int64) for name in ("met", "partly", "not_met"))
    return {"n": met + partly + missed, "total": met + 0.5 * partly, "squares": met + 0.25 * partly}


def counted_call() -> pl.Expr:
    """True for a call that goes into aggregates: scored, and left out for no reason."""
    return pl.col("score").is_not_null() & pl.col("left_out").is_null()


def number(column: str) -> pl.Expr:
    """How many values of a score or measure a cell has."""
    return pl.col("counted" if column == "score" else f"{column}_n").cast(pl.Int64)


def sums(column: str, *, positive: bool = False) -> tuple[pl.Expr, ...]:
    """Over a group of cells, one value's ``n, total, squares, single, values``.

    ``values`` are those of cells of one; they are all there are where ``single``. ``positive``: of the values
    above 0 alone; none is below.
    """
    every, total = number(column), pl.col(f"{column}_sum")
    n = pl.col(f"{column}_any").cast(pl.Int64) if positive else every
    return (
        n.sum().alias("n"),
        total.sum().alias("total"),
        pl.col(f"{column}_squares").sum().alias("squares"),
        (every <= 1).all().alias("single"),
        total.filter((n == 1) & (every == 1)).alias("values"),
    )


def sample(row: dict[str, Any]) -> Sample:
    """The sample of a row of ``sums``."""
    if row["single"]:
        return Sample.of(row["values"])
    return Sample.of_sums(row["n"], row["total"], row["squares"])


def _count(rule: pl.Expr) -> pl.Expr:
    return rule.fill_null(value=False).cast(pl.Int64)


def _sums(name: str, counts: pl.Expr) -> Iterable[pl.Expr]:
    value = pl.col(name).cast(pl.Float64)
    known = counts & value.is_not_null()
    filled = pl.when(known).then(value).otherwise(0.0)
    found = [filled.alias(f"{name}_sum"), (filled**2).alias(f"{name}_squares")]
    if name != "score":
        found += [_count(known).alias(f"{name}_n"), _count(known & (value > 0)).alias(f"{name}_any")]
    return found
