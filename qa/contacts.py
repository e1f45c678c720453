"""Telephone contacts: one row a contact, from call detail records and queue logs, and their cells."""

import polars as pl

WITHIN = 20.0
"""Seconds of the usual service level, 80/20. Kept cells count by it: whoever changes it counts up
``qa.store.rollups.packing.LAYOUT``."""

CONTACT = ("unique_id", "queue", "started_at", "outcome", "waited", "talked", "agent", "call_id")
OFFERED = ("answered", "abandoned")
"""Outcomes of contacts that came to people; those that were busy or failed never waited."""
_COMPLETE = ("COMPLETEAGENT", "COMPLETECALLER")
_TRANSFER = ("TRANSFER", "BLINDTRANSFER", "ATTENDEDTRANSFER")
_LEFT = ("ABANDON", "EXITWITHTIMEOUT", "EXITWITHKEY", "EXITEMPTY")


def from_queue_log(events: pl.LazyFrame) -> pl.LazyFrame:
    """One row a stay in a queue: ``unique_id, queue, started_at, outcome, waited, talked, agent, call_id``.

    ``events`` has ``at, unique_id, queue, member, event, first … fourth, call_id``. A call that comes to the
    same queue again after leaving it is a stay of its own. Parameters as Asterisk documents them: CONNECT
    (waited …), COMPLETE* (waited, talked …), *TRANSFER (…, …, waited, talked), ABANDON and EXITWITHTIMEOUT
    (…, …, waited), EXITWITHKEY (…, …, …, waited). Leaving without an answer counts as abandoned.
    """
    event = pl.col("event")
    entered = event == "ENTERQUEUE"
    stay = entered.cast(pl.Int64).cum_sum().over("unique_id", "queue", order_by="at").alias("stay")
    complete, moved = event.is_in(_COMPLETE), event.is_in(_TRANSFER)
    answered, left = (event == "CONNECT") | complete | moved, event.is_in(_LEFT)
    waited = (
        pl.when((event == "CONNECT") | complete)
        .then("first")
        .when(moved | event.is_in(["ABANDON", "EXITWITHTIMEOUT"]))
        .then("third")
        .when(event == "EXITWITHKEY")
        .then("fourth")
    )
    talked = pl.when(complete).then("second").when(moved).then("fourth")
    known = events.filter(entered | answered | left).with_columns(stay)
    outcome = pl.when(answered.any()).then(pl.lit("answered")).when(left.any()).then(pl.lit("abandoned"))
    elapsed = (pl.col("at").filter(left).min() - pl.col("at").filter(entered).min()).dt.total_seconds()
    return (
        known.group_by("unique_id", "queue", "stay")
        .agg(
            pl.col("at").min().alias("started_at"),
            outcome.alias("outcome"),
            pl.coalesce(waited.drop_nulls().first(), elapsed).cast(pl.Float64).alias("waited"),
            talked.drop_nulls().last().cast(pl.Float64).alias("talked"),
            pl.col("member").filter(answered).last().alias("agent"),
            pl.col("call_id").drop_nulls().first(),
        )
        .filter(pl.col("outcome").is_not_null())
        .sort("started_at", "unique_id", "queue", "stay")
        .select(CONTACT)
    )


def together(records: pl.LazyFrame, stays: pl.LazyFrame) -> pl.LazyFrame:
    """Contacts of both sources. A call that is in the queue log counts from there alone."""
    others = records.join(stays.select("unique_id").unique(), on="unique_id", how="anti").select(CONTACT)
    return pl.concat([others, stays.select(CONTACT)]).sort("started_at", "unique_id", "queue")


def cells_of(contacts: pl.LazyFrame, within: float = WITHIN) -> pl.LazyFrame:
    """Contacts with the columns that ``qa.cells.CONTACT_CELLS`` sums beside their own: cells of one. Cells
    stay as they are.
    """
    if "quick" in contacts.collect_schema():
        return contacts
    quick = (pl.col("outcome") == "answered") & (pl.col("waited") <= within)
    return contacts.with_columns(
        pl.lit(1, pl.Int64).alias("n"),
        quick.fill_null(value=False).cast(pl.Int64).alias("quick"),
        *(part for name in ("waited", "talked") for part in _sums(name)),
    )


def _sums(name: str) -> tuple[pl.Expr, ...]:
    known, value = pl.col(name).is_not_null(), pl.col(name).cast(pl.Float64).fill_null(0.0)
    return (
        known.cast(pl.Int64).alias(f"{name}_n"),
        value.alias(f"{name}_sum"),
        (value**2).alias(f"{name}_squares"),
    )
