"""One file becomes a call with a job, or is refused with a reason.

The file is stored first, then its rows: a crash in between leaves a file that no call owns, which
``clean_orphans`` deletes.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from qa.audio import content_hash, decode
from qa.errors import BadRecording, BadTranscript, QAError, StoreUnavailable, shown_name
from qa.ingest.companions import as_recording, checked, is_transcript
from qa.ingest.desk import Desk
from qa.ingest.drafts import draft
from qa.ingest.facts import Facts
from qa.records import Recording
from qa.store.call.calls import NewCall, find_sha256, get_facts, give_transcript, register
from qa.store.call.links import join_rows
from qa.store.kinds import CallSource, CallStatus
from qa.store.shelf.quarantine import quarantine, refused_files
from qa.store.shelf.recordings import place_of
from qa.store.shelf.rejections import reject
from qa.store.work.jobs import enqueue, requeue

AGAIN = "it failed before and is tried again"
LATER = "its transcript came later and is used now"

Status = Literal["queued", "done", "already here", "rejected", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. ``call`` is the call's key, ``notes`` are sentences that stopped nothing."""

    path: Path
    call: str | None
    status: Status
    reason: str | None = None
    notes: tuple[str, ...] = ()


def register_file(desk: Desk, path: Path, facts: Facts, words: Path | None = None) -> Outcome:
    """Take in one recording, with the transcript that another recogniser made of it, or a transcript alone.

    Raises:
        StoreUnavailable: the database cannot be reached; nothing of this file was kept.
    """
    try:
        sha256 = content_hash(path)
        if words is not None:
            checked(words)
    except (BadRecording, BadTranscript) as error:
        return refuse(desk, path, error.message)
    try:
        return _known(desk, path, sha256, words) or _new(desk, path, sha256, facts, words)
    except StoreUnavailable:
        raise
    except (BadRecording, BadTranscript) as error:
        return _quarantined(desk, path, sha256, error.message)
    except QAError as error:
        return Outcome(path, None, "failed", error.message)


def refuse(
    desk: Desk, path: Path, reason: str, sha256: str | None = None, kept: str | None = None
) -> Outcome:
    """Remember a file that was not taken in. ``kept`` names its copy in quarantine, if there is one."""
    with desk.database.write() as tx:
        reject(tx, shown_name(path), reason, sha256=sha256, path=kept)
    return Outcome(path, None, "rejected", reason)


def _known(desk: Desk, path: Path, sha256: str, words: Path | None) -> Outcome | None:
    with desk.database.read() as tx:
        found = find_sha256(tx, sha256)
        media = None if found is None else get_facts(tx, found.call_id).media
    if found is None:
        return None
    if media == place_of(path, sha256):
        desk.recordings.keep(path, sha256)  # gives a recordings folder back what it lost
    if found.status is CallStatus.FAILED and desk.source is not CallSource.WATCH:
        with desk.database.write() as tx:
            again = requeue(tx, found.call_id)
        if again:
            return Outcome(path, found.key, "queued", notes=(f"{AGAIN}: {found.reason}",))
    if words is not None and _worded(desk, found.call_id, words):
        return Outcome(path, found.key, "queued", notes=(LATER,))
    return Outcome(path, found.key, "already here")


def _worded(desk: Desk, call_id: int, words: Path) -> bool:
    """Give a call that has been reviewed by its sound the words that came later."""
    place = desk.recordings.keep(words, content_hash(words))
    with desk.database.write() as tx:
        return give_transcript(tx, call_id, place) and requeue(tx, call_id, finished=True)


def _new(desk: Desk, path: Path, sha256: str, facts: Facts, words: Path | None) -> Outcome:
    recording = hear(desk, path)
    media = desk.recordings.keep(path, sha256)
    told = None if words is None else desk.recordings.keep(words, content_hash(words))
    with desk.database.write() as tx:
        new, notes = draft(tx, desk, recording, facts, media)
        new = replace(new, transcript_file=told) if not is_transcript(path) else words_alone(new)
        registered = register(tx, new)
        enqueue(tx, registered.call_id)
        if not registered.already:
            join_rows(tx, registered.call_id)
    status: Status = "already here" if registered.already else "queued"
    return Outcome(path, registered.key, status, notes=notes)


def words_alone(new: NewCall) -> NewCall:
    """A call of which there is a transcript and no sound."""
    return replace(
        new,
        media=None,
        transcript_file=new.media,
        duration=new.duration or None,
        channels=None,
        sample_rate=None,
        codec=None,
    )


def hear(desk: Desk, path: Path) -> Recording:
    """Decode one file, whatever it is, or read it when it holds words; its samples are thrown away.

    Raises:
        BadRecording, BadTranscript: it cannot be used; the sentence says why and what to do.
        QAError: it does not fit into memory.
    """
    if is_transcript(path):
        return as_recording(path, content_hash(path))[0]
    try:
        return decode(path, maximum=desk.settings.maximum_hours * 3600)[0]
    except QAError:
        raise
    except MemoryError as error:
        sentence = f"{shown_name(path)} does not fit into memory; free some, or split the recording."
        raise QAError(sentence, permanent=False) from error
    except Exception as error:
        # A file that finds a fault in a decoder must not cost the rest of the batch.
        kind = type(error).__name__
        raise BadRecording(f"{shown_name(path)} breaks the decoder ({kind}); convert it to WAV.") from error


def _quarantined(desk: Desk, path: Path, sha256: str, reason: str) -> Outcome:
    name = f"{sha256[:12]}-{shown_name(path)}"
    refused = refused_files(desk.recordings, desk.settings.quarantine_dir)
    return refuse(desk, path, reason, sha256, quarantine(path, refused, reason, name=name))
