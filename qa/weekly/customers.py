"""KPIs from what customers say and do: surveys, calling again, telephone, comments."""

import polars as pl

from qa.analytics import answers
from qa.analytics.cells import sample, sums
from qa.analytics.comments import late, timely
from qa.analytics.headline import Figure
from qa.analytics.returning import WITHIN as SOON
from qa.analytics.surveys import numbered
from qa.analytics.weeks import week_of
from qa.contacts import OFFERED
from qa.weekly.records import Inputs
from qa.weekly.series import of_pairs, of_values

TELEPHONE = ("service_level", "abandoned", "waiting", "handling")
COMMENTS = ("replied_in_time", "recovered")


def surveyed(inputs: Inputs) -> dict[str, Figure]:
    """CSAT, NPS, CES and the response rate, by the day of the answer (of sending where there is none)."""
    ask, surveys = inputs.ask, numbered(inputs.surveys.lazy())
    found = {kind: answers.course(surveys, kind, ask.week, ask.calendar) for kind in answers.KINDS}
    n = pl.col("n")
    given = n.filter(pl.col("score").is_not_null())
    return found | {"response": _pairs(inputs, surveys.collect(), given, n)}


def first_contact(inputs: Inputs) -> dict[str, Figure]:
    """Share of calls after which the customer did not call again about the same; the younger ones wait."""
    n, old = pl.col("calls").cast(pl.Int64), pl.col("local_day") <= inputs.today - SOON
    solved = n - pl.col("again").cast(pl.Int64)
    young = int(inputs.again.filter(~old).select(n.sum()).item())
    return {"first_contact": _pairs(inputs, inputs.again.filter(old), solved, n, missing=young)}


def telephone(inputs: Inputs, contacts: pl.DataFrame) -> dict[str, Figure]:
    """As ``qa.analytics.contacts``, by week: those that were busy or failed never waited."""
    offered = contacts.filter(pl.col("outcome").is_in(OFFERED))
    n, gave_up = pl.col("n"), pl.col("outcome") == "abandoned"
    timed = pl.when(gave_up).then(n).otherwise("waited_n")
    return {
        "service_level": _pairs(inputs, offered.filter(timed > 0), pl.col("quick").filter(~gave_up), timed),
        "abandoned": _pairs(inputs, offered, n.filter(gave_up), n),
        "waiting": _means(inputs, offered, "waited"),
        "handling": _means(inputs, offered.filter(~gave_up), "talked"),
    }


def commented(inputs: Inputs, comments: pl.DataFrame) -> dict[str, Figure]:
    """As ``qa.analytics.comments``, by week of posting: first reply within the target, recovered."""
    n, wait, over = pl.col("n").cast(pl.Int64), pl.col("wait"), late(inputs.now, inputs.reply_within)
    told = comments.filter(~pl.col("aside") & (over | wait.is_not_null()))
    negative = comments.filter(pl.col("label") == "negative")
    waiting = comments.filter(~pl.col("aside") & ~over & wait.is_null() & ~pl.col("replied"))
    now = int(_week(inputs, waiting).filter(pl.col("week") == inputs.ask.week)["n"].sum())
    return {
        "replied_in_time": _pairs(inputs, told, n.filter(timely(inputs.reply_within)), n, missing=now),
        "recovered": _pairs(inputs, negative, n.filter(pl.col("recovered")), n),
    }


def _week(inputs: Inputs, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(week_of(inputs.ask.calendar).alias("week"))


def _pairs(inputs: Inputs, frame: pl.DataFrame, good: pl.Expr, n: pl.Expr, missing: int = 0) -> Figure:
    rows = (
        _week(inputs, frame)
        .group_by("week")
        .agg(good.sum().cast(pl.Int64).alias("good"), n.sum().alias("n"))
        .sort("week")
    )
    return of_pairs({week: (hits, n) for week, hits, n in rows.iter_rows()}, inputs.ask.week, missing)


def _means(inputs: Inputs, cells: pl.DataFrame, column: str) -> Figure:
    dated, known = _week(inputs, cells), pl.col(f"{column}_n")
    unknown = int(dated.filter(pl.col("week") == inputs.ask.week).select((pl.col("n") - known).sum()).item())
    rows = dated.filter(known > 0).group_by("week").agg(*sums(column)).to_dicts()
    return of_values({row["week"]: sample(row) for row in rows}, inputs.ask.week, missing=unknown)
