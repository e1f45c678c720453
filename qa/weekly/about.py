"""What stands around the KPIs of a week: losses, reviews done, and how much of the data is in the figures."""

import polars as pl

from qa.analytics.cells import cells
from qa.analytics.surveys import numbered, orphans
from qa.analytics.weeks import STEP, heard_by_week, left_out_counts, points_lost_change
from qa.weekly.records import DataQuality, Inputs, Layered, Loss

LAYERS = ("random", "risk", "targeted", None)


def lost(inputs: Inputs) -> tuple[Loss, ...]:
    """Criteria that cost points, the most costly first."""
    ask = inputs.ask
    days = cells(inputs.calls.lazy()).filter(pl.col("local_day") >= ask.week - STEP)
    counted = heard_by_week(days, ask.calendar).select("week", "counted").collect()
    table = points_lost_change(inputs.criteria.lazy(), dict(counted.iter_rows()), ask.week, ask.calendar)
    return tuple(
        Loss(row["key"], row["lost"], row["change"], row["calls"], row["n"])
        for row in table.collect().to_dicts()
        if row["lost"] > 0
    )


def coverage(inputs: Inputs) -> tuple[Layered, ...]:
    """Reviews of the week's calls by layer; a layer without any is left out."""
    reviews = inputs.reviews.filter((pl.col("kind") == "review") & (pl.col("state") != "replaced"))
    theirs = reviews.filter(pl.col("local_day").is_between(inputs.ask.week, inputs.ask.last))
    done = pl.col("state") == "finished"
    late = ~done & (pl.col("due") < pl.lit(inputs.now, pl.Datetime("us", "UTC")))
    found = []
    for layer in LAYERS:
        part = theirs.filter(pl.col("layer").eq_missing(layer))
        if part.height:
            counts = part.select(done.sum().alias("done"), late.sum().alias("late")).row(0)
            found.append(Layered(layer, part.height, int(counts[0]), int(counts[1])))
    return tuple(found)


def data_quality(inputs: Inputs) -> DataQuality:
    """Calls, surveys and comments of the week: how many are in the figures, and why the others are not."""
    inside, ask = _inside(inputs), inputs.ask
    scored = inside.filter(pl.col("counted") > 0)
    given = pl.col("local_day").is_between(ask.week, ask.last) & pl.col("score").is_not_null()
    surveys = numbered(inputs.surveys.lazy()).filter(given).collect()
    return DataQuality(
        received=int(inside["received"].sum()),
        done=int(inside["done"].sum()),
        counted=int(inside["counted"].sum()),
        left_out=tuple(left_out_counts(inside.lazy()).collect().iter_rows()),
        languages=_languages(inside),
        no_agent=int(scored.filter(pl.col("agent_id").is_null())["counted"].sum()),
        no_queue=int(scored.filter(pl.col("queue_id").is_null())["counted"].sum()),
        no_customer=int(inside["no_customer"].sum()),
        answered=int(surveys["n"].sum()),
        orphans=orphans(surveys),
        unread=_unread(inputs),
    )


def _inside(inputs: Inputs) -> pl.DataFrame:
    ask = inputs.ask
    return cells(inputs.calls.lazy()).filter(pl.col("local_day").is_between(ask.week, ask.last)).collect()


def _languages(calls: pl.DataFrame) -> tuple[tuple[str, int, int], ...]:
    table = calls.filter(pl.col("done") > 0).group_by(pl.col("language").fill_null(""))
    rows = table.agg(pl.col("done").sum().alias("n"), pl.col("counted").sum().alias("scored"))
    return tuple(rows.sort(["n", "language"], descending=[True, False]).iter_rows())


def _unread(inputs: Inputs) -> int | None:
    if not isinstance(inputs.comments, pl.DataFrame):
        return None
    days = pl.col("local_day").is_between(inputs.ask.week, inputs.ask.last)
    return int(inputs.comments.filter(days & pl.col("label").is_null())["n"].sum())
