"""The calls of some days as frames of the store's tables."""

from datetime import UTC, datetime, time

import numpy as np
import polars as pl

from qa.calendar import as_date
from qa.demo.history import BUSY_HOURS, SHORT
from qa.demo.large.patterns import EACH, LANGUAGES, Patterns, number
from qa.demo.large.shape import Crew, Large, queue_of
from qa.records import LeftOut
from qa.settings import Settings

OUTBOUND, OTHER_LANGUAGE, TROUBLED = 0.2, 0.1, 0.06
FIRST_HOUR, HOUR = 8, 3600
BY_CUSTOMER = 6  # calls
AGAIN, LATELY = 0.12, 0.3
"""Calls of somebody who called before, and how far back that was at most, as a share of the batch's calls."""
SCORED = ("scoring", "score", "band", "failed_customer", "failed_business", "failed_compliance")
JUDGED = ("scorecard", "version", "status", "score", "score_before_critical", "failed_by", "band")


def draw_calls(
    days: dict[int, int], made: tuple[Large, Settings, Crew, Patterns], random: np.random.Generator
) -> pl.DataFrame:
    """One row a call in order of time, without its number: people, moment, pattern and what it says."""
    large, settings, crew, patterns = made
    size = sum(days.values())
    who = random.choice(crew.agents.height, size=size, p=crew.agents["share"].to_numpy())
    agents = crew.agents[who]
    queue = queue_of(agents["queue"].to_numpy(), len(crew.queues), random)
    home = LANGUAGES.index(large.language)
    other = random.random(size) < OTHER_LANGUAGE
    frame = agents.select("agent_id", "team_id", "kind").with_columns(
        pl.Series("local_day", np.repeat(np.array(list(days), dtype=np.int32), list(days.values()))),
        pl.Series("started_at", _moments(days, settings, random), dtype=pl.Datetime("us", "UTC")),
        pl.Series("queue_id", np.array(crew.queues)[queue]),
        pl.Series("outbound", random.random(size) < OUTBOUND),
        pl.Series("tongue", np.where(other, 1 - home, home)),
        pl.Series("troubled", (random.random(size) < TROUBLED).astype(np.int64)),
        pl.Series("which", random.integers(EACH, size=size)),
        pl.Series("short", random.random(size) < SHORT),
        pl.Series("length", random.gamma(3.0, 70.0, size) + 30.0),
        pl.Series("customer", random.integers(max(1, large.calls // BY_CUSTOMER), size=size)),
    )
    drawn = number(pl.col("tongue"), pl.col("kind"), pl.col("troubled"), pl.col("which")).alias("pattern")
    known = frame.with_columns(drawn).join(patterns.rows, on="pattern", how="left", maintain_order="left")
    return _again(known.sort("started_at", maintain_order=True), random)


def _again(drawn: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    """Some customers call again within days."""
    place = np.arange(drawn.height)
    back = random.integers(1, max(2, round(drawn.height * LATELY)), size=drawn.height)
    before = np.where(random.random(drawn.height) < AGAIN, np.maximum(place - back, 0), place)
    return drawn.with_columns(pl.col("customer").gather(pl.lit(pl.Series(before))))


def call_rows(drawn: pl.DataFrame) -> pl.DataFrame:
    """Rows of ``calls`` (``drawn`` has its ``id`` by now)."""
    text = pl.col("id").cast(pl.String)
    missing = pl.when("short").then(pl.lit(LeftOut.TOO_SHORT.value))
    return drawn.select(
        "id",
        text.str.zfill(12).alias("key"),
        text.str.zfill(64).alias("sha256"),
        pl.format("generated-{}.wav", "id").alias("file_name"),
        *(pl.lit(value).alias(name) for name, value in FIXED.items()),
        pl.when("outbound").then(pl.lit("outbound")).otherwise(pl.lit("inbound")).alias("direction"),
        "agent_id",
        "team_id",
        "queue_id",
        customer_hash(pl.col("customer")),
        "started_at",
        "local_day",
        pl.when("short").then(9.0).otherwise(pl.col("length").round(1)).alias("duration"),
        pl.col("tongue").replace_strict(dict(enumerate(LANGUAGES))).alias("language"),
        missing.when(pl.col("score").is_null())
        .then(pl.lit(LeftOut.INSUFFICIENT.value))
        .otherwise(None)
        .alias("left_out"),
        *SCORED,
        pl.col("started_at").alias("created_at"),
    )


FIXED = {
    "generated": True,
    "source": "demo",
    "status": "done",
    "flags": "[]",
    "abusive": False,
    "channels": 2,
}


def evaluation_rows(drawn: pl.DataFrame) -> pl.DataFrame:
    """Rows of ``evaluations``; each has the number of its call."""
    return drawn.select(
        "id",
        pl.col("id").alias("call_id"),
        *JUDGED,
        pl.lit("auto").alias("source"),
        pl.lit(value=True).alias("current"),
        pl.col("started_at").alias("created_at"),
    )


def customer_hash(number: pl.Expr) -> pl.Expr:
    """What stands for a customer where real ones have a keyed hash."""
    return number.cast(pl.String).str.zfill(64).alias("customer_hash")


def _moments(days: dict[int, int], settings: Settings, random: np.random.Generator) -> list[datetime]:
    hours = BUSY_HOURS / BUSY_HOURS.sum()
    found: list[float] = []
    for day, count in days.items():
        start = datetime.combine(as_date(day), time(FIRST_HOUR), settings.zone).timestamp()
        into = random.choice(hours.size, size=count, p=hours) * HOUR + random.random(count) * HOUR
        found += (start + into).tolist()
    return [datetime.fromtimestamp(one, UTC) for one in found]
