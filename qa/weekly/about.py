"""What stands around the KPIs of a week: losses, reviews done, and how much of the data is in the figures."""

import polars as pl

from qa.analytics.weeks import counted, left_out_counts, points_lost_change
from qa.weekly.records import DataQuality, Inputs, Layered, Loss

LAYERS = ("random", "risk", "targeted", None)


def lost(inputs: Inputs) -> tuple[Loss, ...]:
    """Criteria that cost points, the most costly first."""
    ask = inputs.ask
    table = points_lost_change(inputs.criteria.lazy(), ask.week, ask.calendar).collect()
    return tuple(
        Loss(row["key"], row["lost"], row["change"], row["calls"], row["n"])
        for row in table.to_dicts()
        if row["lost"] > 0
    )


def coverage(inputs: Inputs) -> tuple[Layered, ...]:
    """Reviews of the week's calls by layer; a layer without any is left out."""
    inside = _inside(inputs).select("call_key")
    reviews = inputs.reviews.filter((pl.col("kind") == "review") & (pl.col("state") != "replaced"))
    theirs = reviews.join(inside, on="call_key", how="semi")
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
    scored = counted(inside.lazy()).collect()
    surveys = inputs.surveys.filter(
        pl.col("local_day").is_between(ask.week, ask.last) & pl.col("score").is_not_null()
    )
    return DataQuality(
        received=inside.height,
        done=int((inside["status"] == "done").sum()),
        counted=scored.height,
        left_out=tuple(left_out_counts(inside.lazy()).collect().iter_rows()),
        languages=_languages(inside),
        no_agent=scored["agent_id"].null_count(),
        no_queue=scored["queue_id"].null_count(),
        no_customer=scored["customer_hash"].null_count(),
        answered=surveys.height,
        orphans=surveys["call_id"].null_count(),
        unread=_unread(inputs),
    )


def _inside(inputs: Inputs) -> pl.DataFrame:
    ask = inputs.ask
    return inputs.calls.filter(pl.col("local_day").is_between(ask.week, ask.last))


def _languages(calls: pl.DataFrame) -> tuple[tuple[str, int, int], ...]:
    scored = (pl.col("score").is_not_null() & pl.col("left_out").is_null()).sum().cast(pl.Int64)
    table = calls.filter(pl.col("status") == "done").group_by(pl.col("language").fill_null(""))
    rows = table.agg(pl.len().alias("n"), scored.alias("scored"))
    return tuple(rows.sort(["n", "language"], descending=[True, False]).iter_rows())


def _unread(inputs: Inputs) -> int | None:
    if not isinstance(inputs.comments, pl.DataFrame):
        return None
    days = pl.col("local_day").is_between(inputs.ask.week, inputs.ask.last)
    return inputs.comments.filter(days)["label"].null_count()
