"""Writing a large made-up centre, some days at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from qa.demo.large.calls import call_rows, draw_calls, evaluation_rows
from qa.demo.large.lean import MEASURES, lean_cards
from qa.demo.large.patterns import Patterns, draw_patterns
from qa.demo.large.remarks import Texts, aspect_rows, comment_rows, reading_rows, reply_rows, written
from qa.demo.large.shape import Crew, Large, calls_by_day, crew, sizes
from qa.demo.large.voices import Sources, contact_rows, order_rows, promise_rows, survey_rows
from qa.scorecard import default_scorecards
from qa.settings import Settings
from qa.store import tables
from qa.store.card.scorecards import publish
from qa.store.database import Database, Transaction
from qa.store.kinds import ImportKind
from qa.store.made import mass
from qa.store.made.mass_loading import unchecked
from qa.store.people import agent_id, queue_id, team_id
from qa.store.voice.import_log import Source, keep_source

SEED = 20260322
BATCH = 50_000  # calls of one transaction
NAME = "Generated load"


@dataclass(frozen=True, slots=True)
class Kit:
    """What every batch is made of."""

    large: Large
    settings: Settings
    crew: Crew
    patterns: Patterns
    texts: Texts
    sources: Sources
    queues: pl.DataFrame


def write_large(database: Database, settings: Settings, large: Large) -> Iterator[int]:
    """Fill an empty database; yields how many calls are written. All rows are marked as generated.

    A million calls take about 3.7 GB on SQLite, ``lean`` ones half of it.
    """
    random = np.random.default_rng(SEED)
    patterns = _patterns(large, random)
    with database.write() as tx:
        kit = _open(tx, (large, settings, patterns), random)
    done = 0
    for days in _batches(calls_by_day(large, settings, random)):
        drawn = draw_calls(days, (large, settings, kit.crew, patterns), random)
        drawn = drawn.with_row_index("id", offset=done + 1).with_columns(pl.col("id").cast(pl.Int64))
        with database.write() as tx:
            unchecked(tx)
            _write(tx, drawn, kit, random)
        done += drawn.height
        yield done
    with database.write() as tx:
        mass.close_patterns(tx)


def _patterns(large: Large, random: np.random.Generator) -> Patterns:
    if not large.lean:
        return draw_patterns(default_scorecards(), random)
    return draw_patterns(lean_cards().values(), random, MEASURES)


def _open(tx: Transaction, made: tuple[Large, Settings, Patterns], random: np.random.Generator) -> Kit:
    large, settings, patterns = made
    agents, teams, queues = sizes(large)
    team = [team_id(tx, f"Team {n + 1:02d}", generated=True) for n in range(teams)]
    people = [
        (agent_id(tx, f"Agent {n + 1:03d}", team=team[n % teams], generated=True), team[n % teams])
        for n in range(agents)
    ]
    numbers = tuple(queue_id(tx, f"Queue {n + 1:02d}", generated=True) for n in range(queues))
    named = pl.DataFrame({"queue_id": numbers, "queue": [f"Queue {n + 1:02d}" for n in range(queues)]})
    texts = written(large.language)
    for text, card in lean_cards().items() if large.lean else ():
        publish(tx, card.id, card.version, text, language=card.language)
    mass.open_patterns(tx, patterns.every)
    stamp = pl.lit(large.now, pl.Datetime("us", "UTC")).alias("created_at")
    mass.write(tx, {tables.text_sentiments: texts.readings.with_columns(stamp)})
    kinds = (ImportKind.SURVEYS, ImportKind.COMMENTS, ImportKind.ORDERS, ImportKind.CDR)
    sources = Sources(*(keep_source(tx, kind, NAME, Source(None, {}, None, None)).id or 0 for kind in kinds))
    return Kit(large, settings, crew(people, numbers, random), patterns, texts, sources, named)


def _write(tx: Transaction, drawn: pl.DataFrame, kit: Kit, random: np.random.Generator) -> None:
    comments = comment_rows(drawn, kit.sources.comments, kit.texts, random)
    mass.write(tx, {tables.calls: call_rows(drawn), tables.evaluations: evaluation_rows(drawn)})
    mass.spread(tx, drawn.select("id", "pattern"))
    mass.write(
        tx,
        {
            tables.surveys: survey_rows(drawn, kit.sources.surveys, random),
            tables.orders: order_rows(drawn, kit.sources.orders, random),
            tables.contacts: contact_rows(drawn, kit.sources.records, kit.queues, random),
            tables.promises: promise_rows(drawn, kit.large, random),
            tables.comments: comments.drop("suggestion"),
            tables.comment_readings: reading_rows(comments, kit.texts),
            tables.comment_aspects: aspect_rows(comments, kit.texts),
            tables.comment_events: reply_rows(comments, random),
        },
    )


def _batches(by_day: dict[int, int]) -> Iterator[dict[int, int]]:
    batch: dict[int, int] = {}
    for day, count in by_day.items():
        batch[day] = count
        if sum(batch.values()) >= BATCH:
            yield batch
            batch = {}
    if batch:
        yield batch
