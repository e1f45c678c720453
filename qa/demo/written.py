"""Calls of the demo centre that are words alone: written dialogues, judged by the real scorecard.

They give the coaching sessions moments to read; each is an existing dialogue under another agent's name.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from qa.calendar import as_date, local_day
from qa.demo.dialogues import Dialogue, read_dialogues
from qa.demo.history import History, Staff
from qa.demo.people import AGENTS, Language
from qa.measure import default_limits, measure
from qa.pipeline import Options, left_out, rescore
from qa.records import Call, LeftOut, Measurement, Scoring, Span, Speaker, Transcript, Utterance, Word
from qa.redact import redact
from qa.scorecard import Scorecard, default_scorecard
from qa.settings import Settings
from qa.store.call.calls import NewCall
from qa.store.call.content import pack
from qa.store.database import Transaction
from qa.store.kinds import CallSource, Direction
from qa.store.made.bulk import FinishedCall, Words, save_finished

WORD = 0.38  # seconds
SURE = 0.93
FIRST = time(15, 5)


@dataclass(frozen=True, slots=True)
class Written:
    """A dialogue (by the end of its name) that an agent (by place) has again, so many days ago."""

    agent: int
    dialogue: str
    days_ago: int


def write_calls(tx: Transaction, asked: tuple[Written, ...], by: tuple[Settings, History, Staff]) -> int:
    """Write the calls that the language of the centre has; gives how many."""
    settings, history, staff = by
    known = {one.name: one for one in read_dialogues()}
    card = default_scorecard(history.language)
    found = []
    for number, one in enumerate(asked):
        dialogue = known[f"{history.language}-{one.dialogue}"]
        call = spoken(dialogue, one.agent, history.language)
        measures = measure(call, default_limits())
        scoring = rescore(call, measures, card)
        new = _new_call(number, one, dialogue, (settings, history, staff), call)
        found.append(_finished(new, call, (measures, scoring), _left_out(call, scoring, card)))
    return save_finished(tx, found)


def spoken(dialogue: Dialogue, agent: int, language: Language) -> Call:
    """The dialogue at an even pace, its agent's name exchanged."""
    names = AGENTS[dialogue.agent].name(language), AGENTS[agent].name(language)
    utterances, clock = [], 0.5
    for number, line in enumerate(dialogue.lines):
        clock += max(0.2, line.pause)
        begun, words = clock, []
        text = line.text.replace(*names)
        for word in text.split():
            words.append(Word(word, Span(clock, clock + WORD - 0.05), SURE))
            clock += WORD
        span = Span(begun, clock - 0.05)
        utterances.append(Utterance(number, line.speaker, span, text, SURE, tuple(words)))
    transcript, redactions = redact(Transcript(language, "generated", "dialogues", tuple(utterances)))
    speech = {
        side: tuple(u.span for u in transcript.utterances if u.speaker is side and u.span is not None)
        for side in (Speaker.AGENT, Speaker.CUSTOMER)
    }
    return Call(transcript, speech, clock, True, redactions)


def _finished(
    call: NewCall, spoken_call: Call, found: tuple[tuple[Measurement, ...], Scoring], reason: LeftOut | None
) -> FinishedCall:
    words = Words(
        spoken_call.transcript.language,
        "generated",
        "dialogues",
        pack(spoken_call.transcript, spoken_call.speech),
    )
    return FinishedCall(call, *found, reason, words)


def _left_out(call: Call, scoring: Scoring, card: Scorecard) -> LeftOut | None:
    return left_out(call, scoring, card, Options(default_limits()))


def _new_call(
    number: int, one: Written, dialogue: Dialogue, by: tuple[Settings, History, Staff], call: Call
) -> NewCall:
    settings, history, staff = by
    day = as_date(local_day(history.now, settings.zone) - one.days_ago)
    moment = (datetime.combine(day, FIRST, settings.zone) + number * timedelta(minutes=3)).astimezone(UTC)
    name = f"written-{history.language}-{number:02d}"
    return NewCall(
        sha256=hashlib.sha256(f"{name} {moment.isoformat()}".encode()).hexdigest(),
        file_name=f"{name}.wav",
        started_at=moment,
        local_day=local_day(moment, settings.zone),
        source=CallSource.DEMO,
        generated=True,
        direction=Direction.INBOUND,
        agent_id=staff.agents[one.agent],
        team_id=staff.teams[AGENTS[one.agent].team],
        queue_id=staff.queues[dialogue.queue],
        duration=call.duration,
        channels=2,
        language=history.language,
    )
