"""What customers of the large centre do beside calling: surveys, orders, telephone records, promises."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import polars as pl

from qa.demo.feedback.answers import CUTS, KINDS
from qa.demo.large.calls import customer_hash
from qa.demo.large.shape import Large
from qa.demo.promises import LINES
from qa.store.kinds import LinkedBy, PromiseState, SurveyKind

ANSWERED, ORDERED, PROMISED, LOST = 0.18, 0.4, 0.12, 0.15
"""Shares of the calls; of ``LOST`` the caller hangs up before anybody answers."""
KEPT, OPEN = 0.86, 0.4  # of the promises; of the newest, the others stay open
NEWEST = timedelta(days=20)
MATTER, CENTRE = 0.07, 88.0
"""How much a point of the score moves an answer, and the points at which it is a matter of chance."""
SCALES = {SurveyKind.CSAT: 5, SurveyKind.NPS: 10, SurveyKind.CES: 7}


@dataclass(frozen=True, slots=True)
class Sources:
    """Numbers of the sources that the rows belong to."""

    surveys: int
    comments: int
    orders: int
    records: int


def keyed(letter: str) -> pl.Expr:
    """The key of a row, by the number of its call."""
    return pl.format("{}{}", pl.lit(letter), pl.col("id").cast(pl.String).str.zfill(31)).alias("key")


def some(drawn: pl.DataFrame, share: float, random: np.random.Generator) -> pl.DataFrame:
    """A share of the calls, by chance."""
    return drawn.filter(pl.Series(random.random(drawn.height) < share))


def survey_rows(drawn: pl.DataFrame, source: int, random: np.random.Generator) -> pl.DataFrame:
    """Answered surveys: one who was served well answers better."""
    asked = some(drawn, ANSWERED, random)
    latent = (asked["score"].fill_null(CENTRE).to_numpy() - CENTRE) * MATTER + random.logistic(
        size=asked.height
    )
    kinds = random.choice(len(KINDS), size=asked.height, p=list(KINDS.values()))
    names = list(KINDS)
    score = np.zeros(asked.height, dtype=np.int64)
    for place, kind in enumerate(names):
        lowest, cuts = CUTS[kind]
        score = np.where(kinds == place, lowest + np.searchsorted(cuts, latent), score)
    asked_for = pl.Series([names[place].value for place in kinds], dtype=pl.String)
    scale = pl.Series([SCALES[names[place]] for place in kinds], dtype=pl.Int64)
    later = pl.Series(random.integers(60, 86_400, asked.height)) * 1_000_000
    return asked.select(
        pl.lit(source).alias("source_id"),
        keyed("s"),
        asked_for.alias("kind"),
        pl.Series("score", score),
        scale.alias("scale"),
        pl.col("started_at").alias("sent_at"),
        (pl.col("started_at") + later.cast(pl.Duration("us"))).alias("answered_at"),
        customer_hash(pl.col("customer")),
        pl.col("id").alias("call_id"),
        pl.lit(LinkedBy.CALL.value).alias("linked_by"),
        pl.col("started_at").alias("created_at"),
    )


def order_rows(drawn: pl.DataFrame, source: int, random: np.random.Generator) -> pl.DataFrame:
    """Orders, of which the number by customer tells over-contacting apart."""
    ordered = some(drawn, ORDERED, random)
    return ordered.select(
        pl.lit(source).alias("source_id"),
        keyed("o"),
        customer_hash(pl.col("customer")),
        (pl.col("started_at") - timedelta(days=2)).alias("ordered_at"),
        pl.Series("amount", random.gamma(2.0, 40.0, ordered.height)),
        pl.col("started_at").alias("created_at"),
    )


def contact_rows(
    drawn: pl.DataFrame, source: int, queues: pl.DataFrame, random: np.random.Generator
) -> pl.DataFrame:
    """Telephone records of the incoming calls, and of callers whom nobody answered."""
    inbound = drawn.filter(~pl.col("outbound")).join(queues, on="queue_id", maintain_order="left")
    lost = pl.Series(random.random(inbound.height) < LOST)
    rows = inbound.select(
        pl.lit(source).alias("source_id"),
        keyed("r"),
        pl.format("generated-{}", "id").alias("unique_id"),
        "started_at",
        pl.lit("answered").alias("outcome"),
        pl.Series("waited", random.lognormal(2.6, 0.9, inbound.height).round(0)),
        pl.col("length").round(0).alias("talked"),
        "queue",
        customer_hash(pl.col("customer")),
        pl.col("id").alias("call_id"),
        pl.col("started_at").alias("created_at"),
    )
    missed = rows.filter(lost).with_columns(
        pl.lit("abandoned").alias("outcome"),
        pl.lit(None, pl.Float64).alias("talked"),
        pl.lit(None, pl.Int64).alias("call_id"),
        ("a" + pl.col("key").str.slice(1)).alias("key"),
        (pl.col("unique_id") + "-lost").alias("unique_id"),
    )
    return pl.concat([rows, missed])


def promise_rows(drawn: pl.DataFrame, large: Large, random: np.random.Generator) -> pl.DataFrame:
    """Promises with a day, kept or not; some of the newest have no answer yet."""
    made = some(drawn, PROMISED, random)
    lines = LINES[large.language]
    kept = np.where(random.random(made.height) < KEPT, PromiseState.KEPT, PromiseState.BROKEN)
    fresh = (made["started_at"] > large.now - NEWEST).to_numpy() & (random.random(made.height) < OPEN)
    closed = pl.when(pl.col("state") != PromiseState.OPEN.value).then(pl.col("due_at"))
    return made.select(
        pl.col("id").alias("call_id"),
        pl.lit(3).alias("utterance"),
        pl.Series("quote", [lines[place] for place in random.integers(len(lines), size=made.height)]),
        pl.lit("").alias("when"),
        (pl.col("started_at") + timedelta(days=2)).alias("due_at"),
        pl.lit(value=False).alias("forbidden"),
        pl.lit(0.9).alias("confidence"),
        pl.Series("state", [str(one) for one in np.where(fresh, PromiseState.OPEN, kept)]),
        pl.col("started_at").alias("created_at"),
    ).with_columns(closed.alias("changed_at"))
