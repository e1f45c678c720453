"""Waiting, service level, abandonment and handling time of telephone contacts.

Contacts come from call detail records, or are put together from the events of a queue log.
"""

from dataclasses import dataclass

import polars as pl

from qa.analytics.intervals import Estimate, mean, share

WITHIN = 20.0
"""Seconds of the usual service level, 80/20."""

CONTACT = ("unique_id", "queue", "started_at", "outcome", "waited", "talked", "agent", "call_id")
_COMPLETE = ("COMPLETEAGENT", "COMPLETECALLER")
_TRANSFER = ("TRANSFER", "BLINDTRANSFER", "ATTENDEDTRANSFER")
_LEFT = ("ABANDON", "EXITWITHTIMEOUT", "EXITWITHKEY", "EXITEMPTY")


@dataclass(frozen=True, slots=True)
class ContactFigures:
    """What contacts say; those that were busy or failed never waited and are in none of the figures.

    Attributes:
        offered: answered and abandoned.
        answered, abandoned: shares of offered.
        service_level: share of offered that was answered within ``within`` seconds.
        waiting: mean seconds of every offered contact; ``speed``: of answered ones (speed of answer).
        handling: mean seconds of talk of answered ones.
    """

    offered: int
    answered: Estimate
    abandoned: Estimate
    service_level: Estimate
    within: float
    waiting: Estimate
    speed: Estimate
    handling: Estimate


def contact_figures(contacts: pl.LazyFrame, within: float = WITHIN) -> ContactFigures:
    """The figures of contacts with ``outcome, waited, talked``.

    The service level leaves out answered contacts whose waiting time is not known.
    """
    offered = contacts.filter(pl.col("outcome").is_in(["answered", "abandoned"])).collect()
    answered = offered.filter(pl.col("outcome") == "answered")
    timed = answered.filter(pl.col("waited").is_not_null())
    abandoned = offered.height - answered.height
    return ContactFigures(
        offered=offered.height,
        answered=share(answered.height, offered.height),
        abandoned=share(abandoned, offered.height),
        service_level=share(int((timed["waited"] <= within).sum()), timed.height + abandoned),
        within=within,
        waiting=mean(offered["waited"].drop_nulls().to_numpy()),
        speed=mean(timed["waited"].to_numpy()),
        handling=mean(answered["talked"].drop_nulls().to_numpy()),
    )


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
