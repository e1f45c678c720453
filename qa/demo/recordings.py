"""The twelve synthesised calls: Persian ones are reviewed at once, English ones are left to the worker."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from qa.audio import content_hash, decode, peaks
from qa.calendar import as_date, local_day
from qa.demo.dialogues import Dialogue, read_dialogues
from qa.demo.history import History, Staff, hire
from qa.demo.people import AGENTS
from qa.ingest import Desk, open_desk
from qa.pipeline import Sound, Tools, review_transcript
from qa.records import Share
from qa.settings import Settings
from qa.store.call.calls import NewCall, register
from qa.store.call.reviews import save_review
from qa.store.database import Database
from qa.store.kinds import CallSource, Direction
from qa.store.work.jobs import enqueue
from qa.transcribe import read_transcript
from qa.worker.reviewing import PEAKS, default_scorecard, site_options

FIRST = time(9, 20)
APART = timedelta(minutes=37)


@dataclass(frozen=True, slots=True)
class _Heard:
    sound: Sound
    sha256: str
    media: str


def take_in_recordings(database: Database, settings: Settings, history: History) -> Iterator[Share]:
    """Take the recordings in as calls of the last days; yields the share done.

    One that is in the store already, as a call of the site's own, is left as it is.

    Raises:
        BadRecording: a file of the demo is missing or damaged.
        WriteFailed: the recordings folder cannot be written.
    """
    dialogues = read_dialogues()
    with database.write() as tx:
        staff = hire(tx, history.language)
    with open_desk(database, settings, CallSource.DEMO) as desk:
        for number, dialogue in enumerate(dialogues):
            recording, audio = decode(dialogue.audio, maximum=settings.maximum_hours * 3600)
            sha256 = content_hash(dialogue.audio)
            heard = _Heard(Sound(recording, audio), sha256, desk.recordings.keep(dialogue.audio, sha256))
            moment = _moment(number, dialogue, settings, history)
            new = _call(dialogue, heard, staff, moment, settings)
            if dialogue.language == "en":
                _queue(database, new)
            else:
                _review(desk, dialogue, heard, new)
            yield (number + 1) / len(dialogues)


def _moment(number: int, dialogue: Dialogue, settings: Settings, history: History) -> datetime:
    day = as_date(local_day(history.now, settings.zone) - dialogue.days_ago)
    return (datetime.combine(day, FIRST, settings.zone) + number * APART).astimezone(UTC)


def _call(dialogue: Dialogue, heard: _Heard, staff: Staff, moment: datetime, settings: Settings) -> NewCall:
    recording = heard.sound.recording
    return NewCall(
        sha256=heard.sha256,
        file_name=dialogue.audio.name,
        started_at=moment,
        local_day=local_day(moment, settings.zone),
        source=CallSource.DEMO,
        media=heard.media,
        generated=True,
        direction=Direction.INBOUND,
        agent_id=staff.agents[dialogue.agent],
        team_id=staff.teams[AGENTS[dialogue.agent].team],
        queue_id=staff.queues[dialogue.queue],
        customer_hash=hashlib.sha256(f"customer of {dialogue.name}".encode()).hexdigest(),
        duration=recording.duration,
        channels=recording.channels,
        sample_rate=recording.sample_rate,
        codec=recording.codec,
        size=recording.size,
        language=dialogue.language,
        flags=recording.flags,
    )


def _queue(database: Database, new: NewCall) -> None:
    with database.write() as tx:
        made = register(tx, new)
        if not made.already:
            enqueue(tx, made.call_id)


def _review(desk: Desk, dialogue: Dialogue, heard: _Heard, new: NewCall) -> None:
    tools = Tools(engine=None, scorecard_for=default_scorecard)
    # The agent of the demo is always left, whatever the site's own side.
    options = replace(
        site_options(desk.settings.model_copy(update={"agent_channel": "left"})), made=new.started_at
    )
    found = review_transcript(
        read_transcript(dialogue.transcript), heard.sound, tools, options, lambda _stage, _share: None
    )
    with desk.database.write() as tx:
        made = register(tx, new)
        if not made.already:
            save_review(tx, made.call_id, found, peaks(heard.sound.audio, PEAKS))
