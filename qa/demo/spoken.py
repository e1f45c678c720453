"""Generated calls with words, to measure scoring again at volume. Seeded: the same seed, the same calls.

Each has twenty turns out of the written dialogues of the demo centre, with a time for every word as a
recogniser gives it, the sixteen measures, and a score under the default scorecard.
"""

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from qa.calendar import local_day
from qa.demo.dialogues import Line, read_dialogues
from qa.demo.people import Language
from qa.measure import default_limits, measure
from qa.pipeline import Options, left_out, rescore
from qa.records import Call, Measurement, Scoring, Span, Speaker, Transcript, Utterance, Word
from qa.redact import redact
from qa.scorecard import Scorecard, default_scorecard
from qa.store.call.calls import NewCall
from qa.store.call.content import pack
from qa.store.database import Database, Transaction
from qa.store.kinds import CallSource, Direction
from qa.store.made.bulk import FinishedCall, Words, save_finished

TURNS = 20
SEED = 1405
POOL = 1000
"""Different conversations; more calls than that repeat them."""
BATCH = 500
WORD, PAUSE = 0.38, 0.9  # seconds
START = datetime(2026, 1, 3, 6, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One conversation, judged, and packed as the store keeps it."""

    call: Call
    measures: tuple[Measurement, ...]
    scoring: Scoring
    left_out: str | None
    words: Words


def write_spoken(database: Database, count: int, language: Language) -> Iterator[int]:
    """Write so many calls; yields how many are written so far."""
    card = default_scorecard(language)
    pool = [_spoken(one, card) for one in conversations(min(count, POOL), language)]
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        with database.write() as tx:
            _write(tx, [(number, pool[number % len(pool)]) for number in numbers], language)
        yield numbers.stop


def conversations(count: int, language: Language) -> Iterator[Call]:
    """Calls of ``TURNS`` turns, both sides in turn, each turn from the same place of some dialogue."""
    lines: dict[Speaker, list[list[Line]]] = {Speaker.AGENT: [], Speaker.CUSTOMER: []}
    for dialogue in read_dialogues():
        if dialogue.language == language:
            for side, said in lines.items():
                said.append([line for line in dialogue.lines if line.speaker is side])
    draw = random.Random(SEED)  # noqa: S311 (words of a benchmark)
    for _number in range(count):
        yield _conversation(lines, draw, language)


def _conversation(lines: dict[Speaker, list[list[Line]]], draw: random.Random, language: Language) -> Call:
    utterances, clock = [], 0.5
    for turn in range(TURNS):
        side = Speaker.AGENT if turn % 2 == 0 else Speaker.CUSTOMER
        said = draw.choice(lines[side])
        text = said[min(len(said) - 1, turn * len(said) // TURNS)].text
        words, begun = [], clock
        for word in text.split():
            words.append(Word(word, Span(clock, clock + WORD - 0.05), round(draw.uniform(0.6, 1), 4)))
            clock += WORD
        utterances.append(Utterance(turn, side, Span(begun, clock - 0.05), text, 0.9, tuple(words)))
        clock += draw.uniform(0.1, 2) * PAUSE
    transcript, redactions = redact(Transcript(language, "generated", "dialogues", tuple(utterances)))
    speech = {
        side: tuple(u.span for u in transcript.utterances if u.speaker is side and u.span is not None)
        for side in lines
    }
    return Call(transcript, speech, clock, True, redactions)


def _spoken(call: Call, card: Scorecard) -> Spoken:
    measures = measure(call, default_limits())
    scoring = rescore(call, measures, card)
    reason = left_out(call, scoring, card, Options(default_limits()))
    words = Words(call.transcript.language, "generated", "dialogues", pack(call.transcript, call.speech))
    return Spoken(call, measures, scoring, reason, words)


def _write(tx: Transaction, batch: list[tuple[int, Spoken]], language: Language) -> None:
    save_finished(
        tx,
        [
            FinishedCall(_new_call(number, one, language), one.measures, one.scoring, one.left_out, one.words)
            for number, one in batch
        ],
    )


def _new_call(number: int, one: Spoken, language: Language) -> NewCall:
    moment = START + timedelta(minutes=number)
    return NewCall(
        sha256=hashlib.sha256(f"spoken {language} {number}".encode()).hexdigest(),
        file_name=f"spoken-{language}-{number:06d}.wav",
        started_at=moment,
        local_day=local_day(moment, UTC),
        source=CallSource.DEMO,
        generated=True,
        direction=Direction.INBOUND,
        duration=one.call.duration,
        channels=2,
        language=language,
    )
