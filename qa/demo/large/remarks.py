"""Public comments of the large centre: written texts, read by the shipped model and dictionary."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import polars as pl

from qa.aspects import Reader, is_suggestion, shipped_dictionary
from qa.demo.feedback.words import kept_readings, read_words
from qa.demo.large.calls import customer_hash
from qa.demo.large.voices import keyed, some
from qa.demo.people import Language
from qa.feedback.aspects import reading_version
from qa.store.voice.sentiments import text_key

COMMENTED, REPLIED, LATER = 0.27, 0.6, timedelta(hours=7)
TONES = {"negative": 0.36, "neutral": 0.14, "positive": 0.42, "suggestion": 0.08}


@dataclass(frozen=True, slots=True)
class Texts:
    """``lines``: ``text, text_key, suggestion, stars`` and how often a line is written (``share``);
    ``aspects``: ``text_key, aspect``; ``readings``: rows of ``text_sentiments``.
    """

    lines: pl.DataFrame
    aspects: pl.DataFrame
    readings: pl.DataFrame
    version: str


def written(language: Language) -> Texts:
    """The comments of the demo centre in a language."""
    lines = [one for one in read_words().lines if one.language == language and one.use == "comment"]
    dictionary = shipped_dictionary()
    reader = Reader(dictionary)
    tones = [one.tone for one in lines]
    rows = pl.DataFrame(
        {
            "text": [one.text for one in lines],
            "text_key": [text_key(one.text) for one in lines],
            "suggestion": [is_suggestion(one.text) for one in lines],
            "share": [TONES[tone] / tones.count(tone) for tone in tones],
        }
    ).unique("text_key", keep="first", maintain_order=True)
    named = [
        (key, one)
        for text, key in rows.select("text", "text_key").iter_rows()
        for one in reader.aspects(text)
    ]
    aspects = pl.DataFrame(named, schema={"text_key": pl.String, "aspect": pl.String}, orient="row")
    return Texts(rows, aspects, _readings(set(rows["text_key"])), reading_version(dictionary))


def _readings(keys: set[str]) -> pl.DataFrame:
    model, kept = kept_readings()
    rows = [
        {
            "text_key": one.text_key,
            "model": model,
            "label": one.label.value,
            "score": one.score,
            "confidence": one.confidence,
            "language": one.language,
        }
        for one in kept
        if one.text_key in keys
    ]
    return pl.DataFrame(rows)


def comment_rows(drawn: pl.DataFrame, source: int, texts: Texts, random: np.random.Generator) -> pl.DataFrame:
    """Comments, numbered by the call that they came after; with what the other tables need of them."""
    made = some(drawn, COMMENTED, random)
    share = texts.lines["share"].to_numpy()
    which = random.choice(share.size, size=made.height, p=share / share.sum())
    said = texts.lines[which].select("text", "text_key", "suggestion")
    return made.select(
        "id",
        pl.lit(source).alias("source_id"),
        keyed("c"),
        (pl.col("started_at") + timedelta(hours=3)).alias("posted_at"),
        pl.lit("web form").alias("channel"),
        customer_hash(pl.col("customer")),
        pl.col("started_at").alias("created_at"),
    ).hstack(said)


def reading_rows(comments: pl.DataFrame, texts: Texts) -> pl.DataFrame:
    """Rows of ``comment_readings``."""
    return comments.select(
        pl.col("id").alias("comment_id"), "suggestion", pl.lit(texts.version).alias("version"), "created_at"
    )


def aspect_rows(comments: pl.DataFrame, texts: Texts) -> pl.DataFrame:
    """Rows of ``comment_aspects``."""
    found = comments.select(pl.col("id").alias("comment_id"), "text_key").join(texts.aspects, on="text_key")
    return found.drop("text_key").unique(maintain_order=True)


def reply_rows(comments: pl.DataFrame, random: np.random.Generator) -> pl.DataFrame:
    """Rows of ``comment_events``: answers in public."""
    answered = comments.filter(pl.Series(random.random(comments.height) < REPLIED))
    return answered.select(
        pl.col("id").alias("comment_id"),
        pl.lit("replied").alias("step"),
        (pl.col("posted_at") + LATER).alias("at"),
        pl.lit("…").alias("text"),
        "created_at",
    )
